"""Sessions of the portal: asked for by an e-mail address, opened once by the link that was mailed there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, LiteralString

from frontdesk.access.secrets import hash_of, new_secret
from frontdesk.db.pool import Connection, Database, execute, fetch_one
from frontdesk.errors import Unauthorized

LINK_LIFETIME: Final = timedelta(minutes=30)
LIFETIME: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PortalSession:
    """Whose reader has proven to read the mail of `email`."""

    session_id: str
    email: str
    locale: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AskedLink:
    """A link that was asked for and not used."""

    session_id: str
    email: str
    locale: str
    link_ends_at: datetime


_COLUMNS: LiteralString = "session_id, email, locale, expires_at"


async def ask(conn: Connection, session_id: str, email: str, locale: str) -> None:
    """Somebody wants to read what is this mailbox's; until the link is used they may nothing."""
    await execute(
        conn,
        "insert into portal_session (session_id, email, locale, link_ends_at) values (%s, %s, %s, now() + %s)",
        (session_id, email, locale, LINK_LIFETIME),
    )


async def asked(conn: Connection, session_id: str) -> AskedLink | None:
    """The link while it can be used."""
    query = (
        "select session_id, email, locale, link_ends_at from portal_session"
        " where session_id = %s and opened_at is null and link_ends_at > now()"
    )
    return await fetch_one(conn, AskedLink, query, (session_id,))


async def open_by_link(conn: Connection, session_id: str) -> tuple[PortalSession, str]:
    """The session and its token, of which only the hash is kept. Raises `Unauthorized` for a link used or ended."""
    token = new_secret()
    opened = await fetch_one(
        conn,
        PortalSession,
        "update portal_session set opened_at = now(), token_hash = %s, expires_at = now() + %s"
        " where session_id = %s and opened_at is null and link_ends_at > now() returning " + _COLUMNS,
        (hash_of(token), LIFETIME, session_id),
    )
    if opened is None:
        raise Unauthorized("this link was used or has ended: ask for a new one")
    return opened, token


async def of_token(conn: Connection, token: str) -> PortalSession | None:
    """None for a session that is unknown or has ended."""
    query = f"select {_COLUMNS} from portal_session where token_hash = %s and expires_at > now()"
    return await fetch_one(conn, PortalSession, query, (hash_of(token),))


async def end(conn: Connection, session_id: str) -> None:
    await execute(conn, "delete from portal_session where session_id = %s", (session_id,))


async def forget_ended(db: Database) -> int:
    """How many sessions and unused links were forgotten."""
    async with db.connection() as conn:
        return await execute(
            conn, "delete from portal_session where coalesce(expires_at, link_ends_at) < now()"
        )
