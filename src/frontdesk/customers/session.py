"""Chat sessions: a random token in the visitor's browser, its hash here."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from frontdesk.db.pool import Connection, execute, fetch_one
from frontdesk.errors import Unauthorized
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
    """What the page says of its visitor."""

    customer_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str | None = None


def identity_hash(secret: bytes, visitor_id: str) -> str:
    """Hex HMAC-SHA256 over the customer's id (or, without one, the e-mail), made by the host site's server."""
    return hmac.new(secret, b"identity:" + visitor_id.encode(), hashlib.sha256).hexdigest()


def proof_of(visitor: Visitor, given_hash: str | None, secret: bytes) -> Proof:
    """How far the visitor is to be believed. Raises `Unauthorized` for a hash that does not fit."""
    identity = visitor.customer_id or visitor.email
    if given_hash is None:
        return Proof.CLAIMED if identity else Proof.NONE
    given = given_hash.lower().encode("utf-8", "replace")
    if not identity or not hmac.compare_digest(identity_hash(secret, identity).encode(), given):
        raise Unauthorized("the identity hash does not fit the customer")
    return Proof.VERIFIED


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
    """The token (told once; made here unless given) and the end of the session."""
    token = token or secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + LIFETIME
    await execute(
        conn,
        "insert into session (session_id, token_hash, conversation_id, customer_id, name, email, phone, proof,"
        " locale, expires_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
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


async def open_session(conn: Connection, session_id: str, token: str) -> Session:
    """Raises `Unauthorized` for an unknown session, a wrong token, or one that has ended."""
    found = await fetch_one(
        conn,
        Session,
        "select session_id, token_hash, conversation_id, customer_id, name, email, phone, proof, locale, expires_at"
        " from session where session_id = %s and expires_at > now()",
        (session_id,),
    )
    if found is None or not hmac.compare_digest(found.token_hash, _hash(token)):
        raise Unauthorized("the chat session is unknown or has ended")
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
