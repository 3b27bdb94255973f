"""What is a signed-in person's own: who they are, their password, their sessions and second factor."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from frontdesk.access import passwords, people, sessions, totp, waits
from frontdesk.access.actor import OPERATOR, ActorKind
from frontdesk.access.people import Person
from frontdesk.errors import Forbidden
from frontdesk.web.access.answers import Me, permissions_of
from frontdesk.web.access.auth import Code, Password, Token
from frontdesk.web.access.views import Sessions, person_view, session_view
from frontdesk.web.caller import Caller, DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(prefix="/auth/me", tags=["access"])


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PasswordChange(_Body):
    old: Password
    new: Password


class PasswordProof(_Body):
    password: Password


class TotpProof(_Body):
    setup: Token
    code: Code


class TotpSetup(BaseModel):
    setup: str = Field(description="Comes back with the app's first code.")
    secret: str
    uri: str = Field(description="What the app reads from a QR code.")


@router.get("", response_model=Me, responses=problems())
async def who_am_i(desk: DeskDep, caller: Staff) -> Json:
    actor, csrf = caller.actor, None
    person: dict[str, Any] | None = None
    if caller.sign_in is not None:
        csrf = desk.access.tokens.csrf(caller.sign_in)
        async with desk.db.connection() as conn:
            person = person_view(await people.get(conn, actor.id))
    return Json(
        {
            "kind": actor.kind,
            "id": actor.id,
            "name": actor.name,
            "permissions": permissions_of(actor),
            "person": person,
            "csrf_token": csrf,
        }
    )


@router.post("/password", status_code=204, response_class=Response, responses=problems())
async def change_own_password(
    body: PasswordChange, request: Request, desk: DeskDep, caller: Staff
) -> Response:
    """Every other session of theirs ends."""
    person = await _proven(request, desk, caller, body.old)
    passwords.require_good(body.new, person.email)
    password_hash = await passwords.hashed(body.new)
    async with desk.db.transaction() as conn:
        await people.set_password(conn, person.person_id, password_hash)
        await sessions.end_all(conn, person.person_id, keep=caller.sign_in)
    return Response(status_code=204)


@router.get("/sessions", response_model=Sessions, responses=problems())
async def own_sessions(desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.connection() as conn:
        open_sessions = await sessions.of_person(conn, _person_id(caller))
    return Json({"sessions": [session_view(session, caller.sign_in) for session in open_sessions]})


@router.delete("/sessions/{session_id}", status_code=204, response_class=Response, responses=problems())
async def end_own_session(session_id: str, desk: DeskDep, caller: Staff) -> Response:
    async with desk.db.transaction() as conn:
        await sessions.end_of_person(conn, _person_id(caller), session_id)
    return Response(status_code=204)


@router.post("/totp", response_model=TotpSetup, responses=problems())
async def begin_totp(body: PasswordProof, request: Request, desk: DeskDep, caller: Staff) -> Json:
    """A secret for an authenticator app; it counts once a code of it came back."""
    person = await _proven(request, desk, caller, body.password)
    secret = desk.access.signing_in.totp.new_secret()
    async with desk.db.transaction() as conn:
        setup = await totp.begin(conn, desk.access.signing_in.totp, person.person_id, secret)
    uri = totp.uri(secret, person.email, desk.settings.desk_name)
    return Json({"setup": setup, "secret": secret, "uri": uri})


@router.put("/totp", status_code=204, response_class=Response, responses=problems(409))
async def set_up_totp(body: TotpProof, desk: DeskDep, caller: Staff) -> Response:
    """The app from now on; 422 where the code is not the app's."""
    async with desk.db.transaction() as conn:
        await totp.set_up(conn, desk.access.signing_in.totp, _person_id(caller), body.setup, body.code)
    return Response(status_code=204)


@router.delete("/totp", status_code=204, response_class=Response, responses=problems())
async def remove_totp(body: PasswordProof, request: Request, desk: DeskDep, caller: Staff) -> Response:
    person = await _proven(request, desk, caller, body.password)
    async with desk.db.transaction() as conn:
        await totp.remove(conn, person.person_id)
    return Response(status_code=204)


def _person_id(caller: Caller) -> str:
    if caller.actor.kind is not ActorKind.PERSON or caller.actor is OPERATOR:
        raise Forbidden("this is for signed-in people")
    return caller.actor.id


async def _proven(request: Request, desk: DeskDep, caller: Caller, password: str) -> Person:
    """The person, with the right password given once more: an open screen alone changes no credentials."""
    address = request.client.host if request.client else ""
    async with desk.db.transaction() as conn:
        person = await people.get(conn, _person_id(caller))
        account, network = waits.of_account(person.email), waits.of_network(address)
        await waits.begin_attempt(conn, account, network)
    if not await passwords.matches(password, person.password_hash):
        raise Forbidden("the password is wrong")
    async with desk.db.transaction() as conn:
        await waits.forgive(conn, account, network)
    return person
