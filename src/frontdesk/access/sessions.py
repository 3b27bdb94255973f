"""Sign-in sessions of people: each a family of refresh tokens, of which the newest alone is good.

A refresh token that comes a second time was stolen, or its thief was first: the whole session ends (RFC 9700,
section 4.14.2). Two tabs that refresh at once are told apart from that by `GRACE`.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, LiteralString

from frontdesk.access.actor import ACCESS_CHANGED, SYSTEM, Actor
from frontdesk.access.people import actor_of
from frontdesk.access.secrets import hash_of, new_secret
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import Conflict, NotFound, Unauthorized

LIFETIME: Final = timedelta(days=30)
IDLE: Final = timedelta(days=7)
"""A session that nobody refreshes for so long has ended."""
GRACE: Final = timedelta(seconds=10)
"""So long a used refresh token is taken for another tab's; it gives nothing all the same."""
MOST_OF_A_PERSON: Final = 50
"""The oldest ends where a person signs in more often."""
_AGENT: Final = 300


@dataclass(frozen=True, slots=True)
class SignIn:
    """A session of a person, as its owner and an admin see it; `network`: the address it came from."""

    session_id: str
    person_id: str
    network: str
    agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Holder:
    session_id: str
    person_id: str
    name: str
    role: str
    categories: list[str] | None
    channels: list[str] | None


_IS_OPEN: Final[LiteralString] = (
    "s.ended_at is null and s.expires_at > now() and s.seen_at > now() - interval '7 days'"
)


async def begin(conn: Connection, person_id: str, network: str, agent: str) -> tuple[str, str]:
    """A new session, whatever was there before: its id and its first refresh token."""
    session_id = str(uuid.uuid4())
    await execute(
        conn,
        "insert into sign_in (session_id, person_id, network, agent, expires_at) values (%s, %s, %s, %s, now() + %s)",
        (session_id, person_id, network, agent[:_AGENT], LIFETIME),
    )
    await execute(
        conn,
        "update sign_in set ended_at = now() where session_id in (select session_id from sign_in"
        " where person_id = %s and ended_at is null order by created_at desc offset %s)",
        (person_id, MOST_OF_A_PERSON),
    )
    return session_id, await _new_refresh_token(conn, session_id)


async def refresh(conn: Connection, token: str) -> tuple[str, str, str] | None:
    """The session's id, its person and the next refresh token; None where the session ended because of reuse.

    The caller commits in either case. Raises `Unauthorized` for an unknown token or an ended session, and
    `Conflict` where another tab was first a moment ago.
    """
    row = await fetch_one(conn, _Refresh, _FIND_REFRESH, (GRACE, hash_of(token)))
    if row is None or not row.is_open:
        raise Unauthorized("the sign-in has ended: sign in again")
    if row.just_used:
        raise Conflict("the sign-in was refreshed a moment ago")
    if row.is_used:
        await end(conn, row.session_id)
        await record(conn, SYSTEM, AuditAction.SESSION_STOLEN, ObjectKind.SESSION, row.session_id)
        return None
    await execute(conn, "update refresh_token set used_at = now() where token_hash = %s", (hash_of(token),))
    await execute(conn, "update sign_in set seen_at = now() where session_id = %s", (row.session_id,))
    return row.session_id, row.person_id, await _new_refresh_token(conn, row.session_id)


@dataclass(frozen=True, slots=True)
class _Refresh:
    session_id: str
    person_id: str
    is_used: bool
    just_used: bool
    is_open: bool


_FIND_REFRESH: Final[LiteralString] = (
    "select s.session_id, s.person_id, r.used_at is not null as is_used,"
    " coalesce(r.used_at > now() - %s, false) as just_used,"
    f" {_IS_OPEN} and p.disabled_at is null as is_open"
    " from refresh_token r join sign_in s using (session_id) join person p using (person_id)"
    " where r.token_hash = %s for update of s"
)


async def session_of(conn: Connection, refresh_token: str) -> str | None:
    """The session that a refresh token is of, used or not."""
    query = "select session_id from refresh_token where token_hash = %s"
    session_id: str | None = await fetch_value(conn, query, (hash_of(refresh_token),))
    return session_id


async def actor_in(conn: Connection, session_id: str) -> Actor | None:
    """Who the session is of, with what they may do by now; None where it has ended."""
    holder = await fetch_one(
        conn,
        _Holder,
        "select s.session_id, p.person_id, p.name, p.role, p.categories, p.channels"
        f" from sign_in s join person p using (person_id) where s.session_id = %s and {_IS_OPEN}"
        " and p.disabled_at is null",
        (session_id,),
    )
    if holder is None:
        return None
    return actor_of(holder.person_id, holder.name, holder.role, holder.categories, holder.channels)


async def of_person(conn: Connection, person_id: str) -> list[SignIn]:
    """The open ones, the newest first."""
    query = (
        "select s.session_id, s.person_id, s.network, s.agent, s.created_at, s.seen_at, s.expires_at"
        f" from sign_in s where s.person_id = %s and {_IS_OPEN} order by s.created_at desc"
    )
    return await fetch_all(conn, SignIn, query, (person_id,))


async def end(conn: Connection, session_id: str) -> None:
    await execute(
        conn, "update sign_in set ended_at = coalesce(ended_at, now()) where session_id = %s", (session_id,)
    )
    conn.signals.add(ACCESS_CHANGED)


async def end_of_person(conn: Connection, by: Actor, person_id: str, session_id: str) -> None:
    """End a session of this person. Raises `NotFound`."""
    owner = await fetch_value(conn, "select person_id from sign_in where session_id = %s", (session_id,))
    if owner != person_id:
        raise NotFound("there is no such session")
    await end(conn, session_id)
    await record(conn, by, AuditAction.SESSION_REVOKED, ObjectKind.SESSION, session_id)


async def end_all(conn: Connection, person_id: str, keep: str | None = None) -> None:
    """Every session of a person, but `keep`: after a new password, or where the person is disabled."""
    await execute(
        conn,
        "update sign_in set ended_at = now() where person_id = %s and ended_at is null"
        " and session_id is distinct from %s",
        (person_id, keep),
    )
    conn.signals.add(ACCESS_CHANGED)


async def _new_refresh_token(conn: Connection, session_id: str) -> str:
    token = new_secret()
    await execute(
        conn,
        "insert into refresh_token (token_hash, session_id) values (%s, %s)",
        (hash_of(token), session_id),
    )
    return token
