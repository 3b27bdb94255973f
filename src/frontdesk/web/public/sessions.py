"""Chat sessions: a visitor's browser gets a token of its own."""

import base64
import hashlib
import hmac
from typing import Annotated

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from frontdesk.customers.session import Visitor as Details
from frontdesk.customers.session import create, proven
from frontdesk.errors import BadRequest
from frontdesk.kit.times import stamp
from frontdesk.terms import ChannelName, SessionId
from frontdesk.tickets.conversation import conversation_id
from frontdesk.web.caller import DeskDep, Visitor
from frontdesk.web.errors import problems
from frontdesk.web.fields import Email, Locale, Name, Phone
from frontdesk.web.idempotency import IdempotentRequest, KeyHeader
from frontdesk.web.rates import SESSIONS_OF_ADDRESS, take_of_address
from frontdesk.web.reply import Json, dumps

router = APIRouter(tags=["chat"])
SHORTEST_KEY = 20
"""Characters of an Idempotency-Key here: who repeats it from the same address gets the session's token."""


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
    identity_hash: Annotated[
        str | None,
        Field(
            description="Made by the site's server: proves the fields of the customer that it covers, until it ends.",
            max_length=200,
        ),
    ] = None
    locale: Locale | None = None


class OpenedSession(BaseModel):
    session_id: str
    token: str
    expires_at: str


@router.post("/sessions", status_code=201, response_model=OpenedSession, responses=problems(409, 413, 415))
async def open_chat_session(
    request: Request, desk: DeskDep, caller: Visitor, body: NewSession | None = None, key: KeyHeader = None
) -> Json:
    """Start a chat. Who states no identity hash is believed in nothing that needs to be believed."""
    asked = body or NewSession()
    idempotent = IdempotentRequest.of(request, caller, key)
    if idempotent.key is not None and len(idempotent.key) < SHORTEST_KEY:
        raise BadRequest(
            f"an Idempotency-Key here has {SHORTEST_KEY} characters at least: nobody may guess it"
        )
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


def _token(key: bytes, session_id: str) -> str:
    made = hmac.new(key, session_id.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
