"""What a request proves its caller by: an API key or a token in its header, or a signed-in browser's cookie."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from frontdesk.access import api_keys, sessions
from frontdesk.access.actor import Actor, ActorKind
from frontdesk.access.sign_in import SignedIn
from frontdesk.access.tokens import AccessTokens
from frontdesk.db.pool import Database
from frontdesk.errors import Forbidden, Unauthorized

ACCESS_COOKIE: Final = "frontdesk_access"
REFRESH_COOKIE: Final = "frontdesk_refresh"
REFRESH_PATH: Final = "/api/v1/auth"
CSRF_HEADER: Final = "X-CSRF-Token"
_REFUSED = "the sign-in has ended or the key is not good: sign in again"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    secret: str
    is_cookie: bool

    @classmethod
    def of(cls, connection: HTTPConnection) -> "Credentials | None":
        """None where nothing is proven; a header counts before a cookie. Raises `Unauthorized` for another scheme."""
        header = connection.headers.get("authorization")
        if header is not None:
            scheme, _, secret = header.partition(" ")
            if scheme.lower() != "bearer" or not secret.strip():
                raise Unauthorized("send Authorization: Bearer and an API key or a token")
            return cls(secret.strip(), is_cookie=False)
        cookie = connection.cookies.get(ACCESS_COOKIE)
        return cls(cookie, is_cookie=True) if cookie else None

    async def holder(self, db: Database, tokens: AccessTokens) -> tuple[Actor, str | None]:
        """Who this is by now, and the session of a person. Raises `Unauthorized` alike for whatever is not good."""
        if self.secret.startswith(api_keys.PREFIX) and not self.is_cookie:
            async with db.connection() as conn:
                actor = await api_keys.holder_of(conn, self.secret)
            session_id = None
        else:
            session_id = tokens.session_of(self.secret)
            async with db.connection() as conn:
                actor = await sessions.actor_in(conn, session_id)
        if actor is None:
            raise Unauthorized(_REFUSED)
        return actor, session_id


async def still(db: Database, actor: Actor, session_id: str | None) -> Actor | None:
    """What a caller who came in earlier may do by now; None where the sign-in or the key has ended."""
    async with db.connection() as conn:
        if session_id is not None:
            return await sessions.actor_in(conn, session_id)
        if actor.kind is ActorKind.KEY:
            return await api_keys.actor_of(conn, actor.id)
    return actor


def require_csrf(connection: HTTPConnection, credentials: Credentials, tokens: AccessTokens) -> None:
    """A browser sends the cookie for whatever page asks; the header only the desk's own pages can send.

    Raises `Forbidden`.
    """
    session_id = tokens.session_of(credentials.secret)
    given = connection.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(tokens.csrf(session_id).encode(), given.encode()):
        raise Forbidden(f"send the header {CSRF_HEADER}, as GET /api/v1/auth/me says it")


def set_cookies(answer: Response, signed_in: SignedIn, *, secure: bool) -> None:
    _set(answer, ACCESS_COOKIE, signed_in.access_token, "/", signed_in.lasts, secure)
    _set(answer, REFRESH_COOKIE, signed_in.refresh_token, REFRESH_PATH, sessions.IDLE, secure)


def clear_cookies(answer: Response) -> None:
    answer.delete_cookie(ACCESS_COOKIE, path="/", httponly=True, samesite="lax")
    answer.delete_cookie(REFRESH_COOKIE, path=REFRESH_PATH, httponly=True, samesite="lax")


def _set(answer: Response, name: str, value: str, path: str, lasts: timedelta, secure: bool) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path=path,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
