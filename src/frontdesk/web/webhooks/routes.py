"""`/webhooks/{provider}/{account}`: verified over the raw bytes, kept, and answered before anything is thought."""

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from prometheus_client import Counter
from starlette.responses import Response

from frontdesk.channels.channel import Acknowledging, Challenged
from frontdesk.channels.request import Reply, Request
from frontdesk.desk import Desk
from frontdesk.errors import BadRequest, MethodNotAllowed, Unauthorized
from frontdesk.intake.webhook import take_delivery
from frontdesk.web.caller import DeskDep
from frontdesk.web.errors import problems
from frontdesk.web.paths import WEBHOOKS

router = APIRouter(prefix=WEBHOOKS, tags=["webhooks"])

_requests = Counter("support_webhook_requests_total", "Deliveries by providers", ["webhook", "result"])


@router.post("/{provider}/{account}", response_class=Response, responses=problems(413))
async def take_webhook(provider: str, account: str, request: HttpRequest, desk: DeskDep) -> Response:
    """Take a provider's delivery; a repetition and a kind that the desk does not know are taken too."""
    hook = desk.channels.webhook(f"{provider}/{account}")
    raw = await _raw(desk, request)
    try:
        outcome = await take_delivery(desk.db, desk.lanes, hook, raw)
    except (Unauthorized, BadRequest) as error:
        _requests.labels(hook.webhook, error.code).inc()
        raise
    _requests.labels(hook.webhook, outcome).inc()
    return _response(hook.acknowledge(raw) if isinstance(hook, Acknowledging) else Reply())


@router.get("/{provider}/{account}", response_class=Response, responses=problems())
async def answer_challenge(provider: str, account: str, request: HttpRequest, desk: DeskDep) -> Response:
    """Answer a provider that makes sure whom it is going to call."""
    hook = desk.channels.webhook(f"{provider}/{account}")
    if not isinstance(hook, Challenged):
        raise MethodNotAllowed("this webhook is called by POST")
    return _response(hook.challenge(await _raw(desk, request)))


async def _raw(desk: Desk, request: HttpRequest) -> Request:
    """The request under its public address: a proxy may have called us by another name."""
    path = request.scope["raw_path"].decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    url = desk.settings.base_url + path + ("?" + query if query else "")
    return Request(request.method, url, dict(request.headers), await request.body())


def _response(reply: Reply) -> Response:
    return Response(reply.body, reply.status, media_type=reply.content_type)
