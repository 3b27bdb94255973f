"""A signed-in person's second factors: an authenticator app, and passkeys."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from frontdesk.access import passkeys, totp
from frontdesk.kit.times import stamp
from frontdesk.web.access.answers import site_of
from frontdesk.web.access.auth import Body, Code, PasskeyChallenge, Token
from frontdesk.web.access.proof import PasswordProof, person_id_of, proven
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.fields import Name
from frontdesk.web.reply import Json

router = APIRouter(prefix="/auth/me", tags=["access"])


class TotpProof(Body):
    setup: Token
    code: Code


class TotpSetup(BaseModel):
    setup: str = Field(description="Comes back with the app's first code.")
    secret: str
    uri: str = Field(description="What the app reads from a QR code.")


class NewPasskey(Body):
    token: Token
    credential: dict[str, Any]
    name: Annotated[Name, Field(max_length=80)]


class PasskeyView(BaseModel):
    passkey_id: str
    name: str
    created_at: str
    used_at: str | None


class Passkeys(BaseModel):
    passkeys: list[PasskeyView]


@router.post("/totp", response_model=TotpSetup, responses=problems())
async def begin_totp(body: PasswordProof, request: Request, desk: DeskDep, caller: Staff) -> Json:
    """A secret for an authenticator app; it counts once a code of it came back."""
    person = await proven(request, desk, caller, body.password)
    secret = desk.access.signing_in.totp.new_secret()
    async with desk.db.transaction() as conn:
        setup = await totp.begin(conn, desk.access.signing_in.totp, person.person_id, secret)
    uri = totp.uri(secret, person.email, desk.settings.desk_name)
    return Json({"setup": setup, "secret": secret, "uri": uri})


@router.put("/totp", status_code=204, response_class=Response, responses=problems(409))
async def set_up_totp(body: TotpProof, desk: DeskDep, caller: Staff) -> Response:
    """The app from now on; 422 where the code is not the app's."""
    person_id_of(caller)
    async with desk.db.transaction() as conn:
        await totp.set_up(conn, desk.access.signing_in.totp, caller.actor, body.setup, body.code)
    return Response(status_code=204)


@router.delete("/totp", status_code=204, response_class=Response, responses=problems())
async def remove_totp(body: PasswordProof, request: Request, desk: DeskDep, caller: Staff) -> Response:
    person = await proven(request, desk, caller, body.password)
    async with desk.db.transaction() as conn:
        await totp.remove(conn, caller.actor, person.person_id)
    return Response(status_code=204)


@router.get("/passkeys", response_model=Passkeys, responses=problems())
async def own_passkeys(desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.connection() as conn:
        own = await passkeys.of_person(conn, person_id_of(caller))
    return Json({"passkeys": [_passkey(passkey) for passkey in own]})


@router.post("/passkeys/options", response_model=PasskeyChallenge, responses=problems(409))
async def begin_passkey(body: PasswordProof, request: Request, desk: DeskDep, caller: Staff) -> Json:
    """What `navigator.credentials.create` takes."""
    site = site_of(request, desk.settings.desk_name)
    person = await proven(request, desk, caller, body.password)
    async with desk.db.transaction() as conn:
        asked = await passkeys.begin_adding(conn, person, site)
    return Json({"token": asked.token, "options": asked.options})


@router.post("/passkeys", status_code=204, response_class=Response, responses=problems(409))
async def add_passkey(body: NewPasskey, request: Request, desk: DeskDep, caller: Staff) -> Response:
    """What the browser made of the options; asked for after the password from now on."""
    person_id_of(caller)
    site = site_of(request, desk.settings.desk_name)
    async with desk.db.transaction() as conn:
        await passkeys.add(conn, caller.actor, body.token, body.credential, body.name, site)
    return Response(status_code=204)


@router.delete("/passkeys/{passkey_id}", status_code=204, response_class=Response, responses=problems())
async def remove_passkey(
    passkey_id: str, body: PasswordProof, request: Request, desk: DeskDep, caller: Staff
) -> Response:
    person = await proven(request, desk, caller, body.password)
    async with desk.db.transaction() as conn:
        await passkeys.remove(conn, caller.actor, person.person_id, passkey_id)
    return Response(status_code=204)


def _passkey(passkey: passkeys.Passkey) -> dict[str, Any]:
    return {
        "passkey_id": passkey.passkey_id,
        "name": passkey.name,
        "created_at": stamp(passkey.created_at),
        "used_at": None if passkey.used_at is None else stamp(passkey.used_at),
    }
