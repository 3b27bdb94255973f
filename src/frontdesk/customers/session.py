"""Chat sessions: the visitor's browser has a random token, the database its hash."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import LiteralString

from frontdesk.customers.identity import FIELDS, proven_fields
from frontdesk.db.pool import Connection, fetch_one, fetch_value
from frontdesk.errors import Conflict, Unauthorized
from frontdesk.terms import Proof, SessionId

LIFETIME = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Session:
    session_id: SessionId
    token_hash: str
    conversation_id: str
    customer_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    proof: Proof
    locale: str | None
    expires_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "proof", Proof(self.proof))


@dataclass(frozen=True, slots=True)
class Visitor:
    """What the page states about its visitor."""

    customer_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str | None = None


_COLUMNS: LiteralString = (
    "session_id, token_hash, conversation_id, customer_id, name, email, phone, proof, locale, expires_at"
)


def proven(visitor: Visitor, given_hash: str | None, key: str) -> tuple[Visitor, Proof]:
    """The visitor's usable facts, and their level of proof.

    With a hash, only the facts that it covers are used. Raises `Unauthorized` for a wrong hash.
    """
    if given_hash is None:
        stated = visitor.customer_id or visitor.email
        return visitor, Proof.CLAIMED if stated else Proof.NONE
    facts = {field: getattr(visitor, field) for field in FIELDS}
    fields = proven_fields(key, given_hash, facts)
    believed = {field: value if field in fields else None for field, value in facts.items()}
    return Visitor(**believed, locale=visitor.locale), Proof.VERIFIED


def new_session_id() -> SessionId:
    return SessionId(str(uuid.uuid4()))


async def create(
    conn: Connection,
    session_id: SessionId,
    conversation_id: str,
    visitor: Visitor,
    proof: Proof,
    token: str | None = None,
) -> tuple[str, datetime]:
    """The token, created unless given, and the end of the session.

    Only the token's hash is stored. An existing session of this id was created by an earlier try with the same
    token, and is kept.
    """
    token = token or secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + LIFETIME
    expires_at = await fetch_value(
        conn,
        "insert into session (session_id, token_hash, conversation_id, customer_id, name, email, phone, proof,"
        " locale, expires_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (session_id) do update set expires_at = session.expires_at returning expires_at",
        (
            session_id,
            _hash(token),
            conversation_id,
            visitor.customer_id,
            visitor.name,
            visitor.email,
            visitor.phone,
            proof,
            visitor.locale,
            expires_at,
        ),
    )
    return token, expires_at


async def prove(conn: Connection, session_id: SessionId, visitor: Visitor) -> Session:
    """The session is this customer's from now on, by proven facts; it stays locked until the transaction ends.

    Raises `Conflict` where it is another proven customer's.
    """
    facts = {
        "session_id": session_id,
        "customer_id": visitor.customer_id,
        "name": visitor.name,
        "email": visitor.email,
        "phone": visitor.phone,
    }
    proven_session = await fetch_one(conn, Session, _PROVE, facts)
    if proven_session is None:
        raise Conflict("the session is another customer's: begin a new one")
    return proven_session


_PROVE = (
    """
    update session set proof = 'verified',
        customer_id = case when proof = 'verified' then coalesce(%(customer_id)s, customer_id) else %(customer_id)s end,
        name = coalesce(%(name)s, case when proof = 'verified' then name end),
        email = coalesce(%(email)s, case when proof = 'verified' then email end),
        phone = coalesce(%(phone)s, case when proof = 'verified' then phone end)
    where session_id = %(session_id)s and (
        proof <> 'verified' or customer_id = %(customer_id)s
        or ((customer_id is null or %(customer_id)s::text is null) and lower(email) = lower(%(email)s))
    )
    returning
"""
    + _COLUMNS
)


async def hold(conn: Connection, session_id: str) -> Session | None:
    """The session as it stands, which nobody changes until the transaction ends."""
    query = f"select {_COLUMNS} from session where session_id = %s for share"
    return await fetch_one(conn, Session, query, (session_id,))


async def open_session(conn: Connection, session_id: str, token: str) -> Session:
    """Raises `Unauthorized` for an unknown session, a wrong token, or one that has ended."""
    session = await fetch_one(
        conn,
        Session,
        f"select {_COLUMNS} from session where session_id = %s and expires_at > now()",
        (session_id,),
    )
    if session is None or not hmac.compare_digest(session.token_hash, _hash(token)):
        raise Unauthorized("the chat session is unknown or has ended")
    return session


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
