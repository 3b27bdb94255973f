"""The signed links of a manager's e-mail: a page that asks, then does. Following a link alone changes nothing."""

from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from frontdesk.access.actor import MANAGER_BY_MAIL
from frontdesk.access.scope import scope_of
from frontdesk.db.pool import Connection
from frontdesk.desk import Desk
from frontdesk.errors import Conflict, FrontdeskError, Unauthorized
from frontdesk.escalation.links import LinkedAction, TicketLinks, read_action, use_once
from frontdesk.phrases import say
from frontdesk.terms import TicketId, TicketStatus
from frontdesk.tickets import ticket
from frontdesk.tickets.ticket import Ticket, ticket_number
from frontdesk.web.caller import DeskDep

router = APIRouter(include_in_schema=False)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>
:root{{color-scheme:dark light}}body{{margin:0;min-height:100vh;display:grid;place-items:center;background:#000;
color:#eceef0;font:16px/1.5 system-ui,sans-serif}}main{{max-width:420px;margin:16px;padding:32px;border-radius:12px;
background:rgba(255,255,255,.05);border:1px solid rgba(255,255,255,.08)}}h1{{font-size:20px;margin:0 0 8px}}
p{{margin:0 0 24px;color:#a3a9af}}button,a.go{{display:inline-block;font:inherit;font-weight:600;padding:10px 20px;
border:0;border-radius:8px;background:#00ff41;color:#000;cursor:pointer;text-decoration:none}}
a{{color:#a3a9af;margin-left:16px}}:focus-visible{{outline:2px solid #00ff41;outline-offset:2px}}</style></head>
<body><main><h1>{title}</h1><p>{text}</p>{controls}</main></body></html>"""


@router.get("/act/{token}")
async def ask(token: str, desk: DeskDep) -> Response:
    """Asks before it acts."""
    language = desk.settings.default_language
    try:
        asked = read_action(desk.keys.links, token)
        now = await _ticket(desk, asked.ticket_id)
    except FrontdeskError:
        return _page(language, say("act.invalid", language), say("act.invalid_why", language), "", 401)
    if not asked.is_for(now):
        return _page(language, say("act.late", language), say("act.late_why", language), "", 409)
    link = escape(TicketLinks(desk.settings.base_url, desk.keys.links).ticket(asked.ticket_id))
    controls = (
        f'<form method="post"><button>{escape(say(f"act.{asked.action}", language))}</button>'
        f'<a href="{link}">{escape(say("act.look", language))}</a></form>'
    )
    title = say(f"act.{asked.action}_title", language, number=ticket_number(now.number))
    return _page(language, title, now.subject, controls)


@router.post("/act/{token}")
async def act(token: str, desk: DeskDep) -> Response:
    """Does what the link says, once, and leads to the ticket; a link that was used only leads there."""
    language = desk.settings.default_language
    try:
        asked = read_action(desk.keys.links, token)
        async with desk.db.transaction() as conn:
            await _do(desk, conn, asked)
    except Unauthorized:
        return _page(language, say("act.invalid", language), say("act.invalid_why", language), "", 401)
    except Conflict:
        return _page(language, say("act.late", language), say("act.late_why", language), "", 409)
    return RedirectResponse(TicketLinks(desk.settings.base_url, desk.keys.links).ticket(asked.ticket_id), 303)


async def _do(desk: Desk, conn: Connection, asked: LinkedAction) -> None:
    """Raises `Conflict` where the ticket has moved on since the link was made."""
    if not await use_once(conn, asked):
        return
    if not asked.is_for(await ticket.lock(conn, asked.ticket_id, scope_of(MANAGER_BY_MAIL))):
        raise Conflict("the ticket has been handed over again since this link was made")
    if asked.action == "hand_back":
        await desk.ticket_actions.hand_back(conn, MANAGER_BY_MAIL, asked.ticket_id)
    else:
        await desk.ticket_actions.set_status(conn, MANAGER_BY_MAIL, asked.ticket_id, TicketStatus.RESOLVED)


async def _ticket(desk: Desk, ticket_id: TicketId) -> Ticket:
    async with desk.db.connection() as conn:
        return await ticket.get(conn, ticket_id, scope_of(MANAGER_BY_MAIL))


def _page(language: str, title: str, text: str, controls: str, status: int = 200) -> Response:
    page = _PAGE.format(lang=escape(language), title=escape(title), text=escape(text), controls=controls)
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(page, status, headers)
