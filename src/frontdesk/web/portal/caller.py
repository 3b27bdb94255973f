"""Who is calling in the portal: the cookie of a session that a mailed link has opened."""

import hmac
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.responses import Response

from frontdesk.access.actor import CUSTOMER
from frontdesk.errors import Forbidden, Unauthorized
from frontdesk.portal import session as sessions
from frontdesk.portal.session import LIFETIME, PortalSession
from frontdesk.web.caller import Caller, desk_of
from frontdesk.web.credentials import CSRF_HEADER

COOKIE: Final = "frontdesk_portal"
PATH: Final = "/api/v1/portal"
_READS: Final = ("GET", "HEAD")


async def in_portal(request: Request) -> Caller:
    """Raises `Unauthorized`, or `Forbidden` for a write without the header that only the portal's pages can send."""
    desk, token = desk_of(request), request.cookies.get(COOKIE, "")
    if not token:
        raise Unauthorized("ask for a link by e-mail first")
    async with desk.db.connection() as conn:
        session = await sessions.of_token(conn, token)
    if session is None:
        raise Unauthorized("the session has ended: ask for a new link")
    given = request.headers.get(CSRF_HEADER, "")
    if request.method not in _READS and not hmac.compare_digest(
        csrf_of(request, session).encode(), given.encode()
    ):
        raise Forbidden(f"send the header {CSRF_HEADER}, as GET {PATH}/session says it")
    return Caller(CUSTOMER, portal=session)


async def portal_session(caller: Annotated[Caller, Depends(in_portal)]) -> PortalSession:
    assert caller.portal is not None
    return caller.portal


def csrf_of(request: Request, session: PortalSession) -> str:
    return desk_of(request).access.tokens.csrf(f"portal:{session.session_id}")


def set_cookie(answer: Response, token: str, *, secure: bool) -> None:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(LIFETIME.total_seconds()),
        path=PATH,
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear_cookie(answer: Response) -> None:
    answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax")


InPortal = Annotated[Caller, Depends(in_portal)]
OfPortal = Annotated[PortalSession, Depends(portal_session)]
