"""Chat sessions: a visitor's browser gets a token of its own."""

import base64
import hashlib
import hmac
from typing import Annotated, Literal

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.actions.visitor import prove
from frontdesk.customers.session import Visitor as Details
from frontdesk.customers.session import create, proven
from frontdesk.errors import BadRequest, Forbidden, Unauthorized
from frontdesk.kit.times import stamp
from frontdesk.terms import ChannelName, SessionId
from frontdesk.tickets.conversation import conversation_id
from frontdesk.web.caller import DeskDep, InSession, Visitor
from frontdesk.web.errors import problems
from frontdesk.web.fields import Email, Locale, Name, Phone
from frontdesk.web.idempotency import IdempotentRequest, key_header
from frontdesk.web.rates import SESSIONS_OF_ADDRESS, take_of_address
from frontdesk.web.reply import Json, dumps

router = APIRouter(tags=["chat"])
SHORTEST_KEY = 20
"""Characters of an Idempotency-Key here: who repeats it gets the session's token, from whatever address.

A phone that leaves the house between two tries has another address, and is the same visitor.
"""
LongKeyHeader = Annotated[str | None, key_header(SHORTEST_KEY)]


IdentityHash = Annotated[
    str,
    Field(
        description="Made by the site's server: proves the fields of the customer that it covers, until it ends.",
        max_length=200,
    ),
]


class SessionCustomer(BaseModel):
    customer_id: Name | None = None
    name: Name | None = None
    email: Email | None = None
    phone: Phone | None = None


class NewSession(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"locale": "en"}, {"customer": {"name": "Dana"}}]}
    )

    customer: SessionCustomer | None = None
    identity_hash: IdentityHash | None = None
    locale: Locale | None = None


class SignIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"customer": {"customer_id": "c-17"}, "identity_hash": "v1..."}]}
    )

    customer: SessionCustomer
    identity_hash: IdentityHash


class ProvenSession(BaseModel):
    session_id: str
    identity_proof: Literal["verified"]
    expires_at: str


class OpenedSession(BaseModel):
    session_id: str
    token: str
    expires_at: str


@router.post("/sessions", status_code=201, response_model=OpenedSession, responses=problems(409, 413, 415))
async def open_chat_session(
    request: Request,
    desk: DeskDep,
    caller: Visitor,
    body: NewSession | None = None,
    key: LongKeyHeader = None,
) -> Json:
    """Start a chat. Who states no identity hash is believed in nothing that needs to be believed."""
    asked = body or NewSession()
    idempotent = IdempotentRequest.of(request, caller, key)
    if idempotent.key is not None and len(idempotent.key) < SHORTEST_KEY:
        raise BadRequest(
            f"an Idempotency-Key here has {SHORTEST_KEY} characters at least: nobody may guess it"
        )
    idempotent = idempotent.for_its_holder()
    take_of_address(desk.rates, caller.came_from, "sessions", SESSIONS_OF_ADDRESS)
    stated = asked.customer or SessionCustomer()
    visitor = Details(stated.customer_id, stated.name, stated.email, stated.phone, asked.locale)
    visitor, proof = proven(visitor, asked.identity_hash, desk.keys.identity())
    session_id = SessionId(idempotent.stable_id("session"))

    async def act(idempotent: IdempotentRequest) -> Json:
        conversation = conversation_id(ChannelName.WEB_CHAT, "default", session_id)
        token = _token(desk.keys.sessions, session_id) if idempotent.key else None
        async with desk.db.transaction() as conn:
            token, expires_at = await create(conn, session_id, conversation, visitor, proof, token)
            opened = {"session_id": session_id, "expires_at": stamp(expires_at)}
            await idempotent.keep(conn, Json(opened, 201))
        return Json({**opened, "token": token}, 201)

    answer = await idempotent.run(dumps(asked.model_dump()), act)
    if "Idempotency-Replayed" in answer.headers:
        # a token is never kept, not even for a repetition: it is made again
        opened = {**orjson.loads(answer.body), "token": _token(desk.keys.sessions, session_id)}
        return Json(opened, answer.status_code, {"Idempotency-Replayed": "true"})
    return answer


@router.patch(
    "/sessions/{session_id}", response_model=ProvenSession, responses=problems(401, 403, 409, 413, 415)
)
async def sign_in(session_id: str, body: SignIn, desk: DeskDep, caller: InSession) -> Json:
    """The visitor proves who they are: the conversation goes on as the customer's, and what waited for it is answered.

    403 for a hash that proves nothing; 409 where the session is another customer's.
    """
    stated = body.customer
    visitor = Details(stated.customer_id, stated.name, stated.email, stated.phone)
    try:
        visitor, _ = proven(visitor, body.identity_hash, desk.keys.identity())
    except Unauthorized as error:
        raise Forbidden(
            error.message
        ) from None  # the session's token was right: 401 would say that it is not
    async with desk.db.transaction() as conn:
        session = await prove(conn, desk.lanes, desk.changes, SessionId(session_id), visitor)
    return Json(
        {
            "session_id": session.session_id,
            "identity_proof": session.proof,
            "expires_at": stamp(session.expires_at),
        }
    )


def _token(key: bytes, session_id: str) -> str:
    made = hmac.new(key, session_id.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
