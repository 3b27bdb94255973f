"""Files of messages, and the e-mails that told a manager, as they were sent."""

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from frontdesk.access.scope import Scope
from frontdesk.desk import Desk
from frontdesk.errors import NotFound
from frontdesk.tickets import attachments, escalation
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems, raw

router = APIRouter(tags=["conversation"])

_MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " frame-ancestors 'self'"
)


@router.get(
    "/attachments/{attachment_id}",
    response_class=Response,
    responses={**problems(), **raw("application/octet-stream")},
)
async def download_attachment(attachment_id: str, desk: DeskDep, caller: Staff) -> Response:
    """The file, always to be saved and never to be shown: what a customer sent may be anything."""
    return await file_answer(desk, attachment_id, caller.scope)


@router.get(
    "/mails/{escalation_id}.html",
    response_class=Response,
    responses={**problems(), **raw("text/html")},
)
async def show_escalation_mail(escalation_id: str, desk: DeskDep, caller: Staff) -> Response:
    """The escalation's e-mail as the manager sees it; nothing in it can run."""
    mail = None
    if escalation_id.isprintable():
        async with desk.db.connection() as conn:
            mail = await escalation.get(conn, escalation_id, caller.scope)
    if mail is None or mail.mail_html is None:
        raise NotFound("there is no such e-mail")
    # Shown in a frame, where a link must open a tab of its own; the e-mail that is sent needs none of it.
    page = mail.mail_html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(page, headers={"Content-Security-Policy": _MAIL_POLICY})


async def file_answer(desk: Desk, attachment_id: str, scope: Scope) -> Response:
    """Raises `NotFound` for a file outside the scope, or one that is not here."""
    if not attachment_id.isprintable():
        raise NotFound("there is no such attachment")
    async with desk.db.connection() as conn:
        file = await attachments.get(conn, attachment_id, scope)
    if file is None:
        raise NotFound("there is no such attachment")
    if file.blob_key is None:
        raise NotFound(file.failure or "the file has not come yet")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.filename, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(
        await desk.blobs.get(file.blob_key), media_type="application/octet-stream", headers=headers
    )
