"""Into the portal and out of it: a link by e-mail, a session by the link."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from frontdesk.access.actor import CUSTOMER
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.audit.door import record
from frontdesk.kit.times import stamp
from frontdesk.phrases import supported_language
from frontdesk.portal import session as sessions
from frontdesk.portal.session import PortalSession
from frontdesk.web.caller import DeskDep, Visitor
from frontdesk.web.errors import problems
from frontdesk.web.fields import Locale, MailAddress
from frontdesk.web.portal.caller import OfPortal, clear_cookie, csrf_of, set_cookie
from frontdesk.web.rates import LINKS_OF_ADDRESS, LINKS_OF_MAILBOX, take, take_of_address
from frontdesk.web.reply import Json

router = APIRouter(prefix="/portal", tags=["portal"])


class WantedLink(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"email": "dana@mail.example", "locale": "kk"}]}
    )

    email: MailAddress
    locale: Locale | None = Field(None, description="In which the e-mail is written, and answers are.")


class LinkAsked(BaseModel):
    message: str


class PortalLink(BaseModel):
    model_config = ConfigDict(extra="forbid")

    token: Annotated[
        str, Field(min_length=1, max_length=1000, description="What stands behind `#` in the link.")
    ]


class PortalSessionView(BaseModel):
    email: str
    identity_proof: str = Field(description="Always `verified`: the link came to this address.")
    expires_at: str
    csrf_token: str = Field(description="For the header `X-CSRF-Token` of writes.")


@router.post("/links", status_code=202, response_model=LinkAsked, responses=problems(413, 415))
async def ask_for_portal_link(body: WantedLink, desk: DeskDep, caller: Visitor) -> Json:
    """A link goes to that address, whoever has it: the answer, its time and the e-mail tell nothing of customers."""
    take_of_address(desk.rates, caller.came_from, "portal-links", LINKS_OF_ADDRESS)
    take(desk.rates, f"portal-links:{body.email.lower()}", LINKS_OF_MAILBOX)
    locale = supported_language(body.locale, desk.settings.default_language)
    async with desk.db.transaction() as conn:
        await desk.portal_mail.request(conn, body.email, locale)
    return Json({"message": "a link is on its way to this address"}, 202)


@router.post("/session", response_model=PortalSessionView, responses=problems(413, 415))
async def enter_portal(body: PortalLink, request: Request, desk: DeskDep) -> Json:
    """Opens the session that the link is for, once; 401 for a link that was used or has ended."""
    session_id = desk.portal_mail.links.session_of(body.token)
    async with desk.db.transaction() as conn:
        session, token = await sessions.open_by_link(conn, session_id)
        await record(conn, CUSTOMER, AuditAction.CUSTOMER_SIGNED_IN, ObjectKind.SESSION, session_id)
    answer = Json(_view(request, session))
    set_cookie(answer, token, secure=request.url.scheme == "https")
    return answer


@router.get("/session", response_model=PortalSessionView, responses=problems())
async def show_portal_session(request: Request, session: OfPortal) -> Json:
    return Json(_view(request, session))


@router.delete("/session", status_code=204, response_class=Response, responses=problems())
async def leave_portal(desk: DeskDep, session: OfPortal) -> Response:
    async with desk.db.transaction() as conn:
        await sessions.end(conn, session.session_id)
    answer = Response(status_code=204)
    clear_cookie(answer)
    return answer


def _view(request: Request, session: PortalSession) -> dict[str, str]:
    return {
        "email": session.email,
        "identity_proof": "verified",
        "expires_at": stamp(session.expires_at),
        "csrf_token": csrf_of(request, session),
    }
