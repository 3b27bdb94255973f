"""Signing in and out: by password and second factor, by a link that was mailed or printed, and going on."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from frontdesk.access import people, sessions
from frontdesk.access.one_time import Purpose
from frontdesk.access.passwords import LONGEST
from frontdesk.access.people import PersonFields
from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from frontdesk.errors import Unauthorized
from frontdesk.web.access.answers import SecondFactorView, SignedInView, answer_of, origin_of, site_of
from frontdesk.web.caller import DeskDep
from frontdesk.web.credentials import ACCESS_COOKIE, REFRESH_COOKIE, clear_cookies
from frontdesk.web.errors import problems
from frontdesk.web.fields import GivenAddress, MailAddress, Name
from frontdesk.web.rates import LINKS_OF_MAILBOX, take
from frontdesk.web.reply import Json

router = APIRouter(prefix="/auth", tags=["access"])

Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Token = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(min_length=6, max_length=20)]
Answer = SignedInView | SecondFactorView


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PasswordSignIn(Body):
    email: GivenAddress
    password: Password


class CodeSignIn(Body):
    challenge: Token
    code: Code


class SecondFactorChallenge(Body):
    challenge: Token


class PasskeySignIn(Body):
    challenge: Token
    token: Token
    credential: dict[str, Any]


class PasskeyChallenge(BaseModel):
    token: str = Field(description="Comes back with the credential.")
    options: dict[str, Any] = Field(description="For `navigator.credentials`, binary values in base64url.")


class LinkSignIn(Body):
    token: Token


class NewPassword(Body):
    """`token`: of the invitation or the mail for a lost password."""

    token: Token
    password: Password


class FirstAdmin(Body):
    token: Token
    email: MailAddress
    name: Name
    password: Password


class Forgotten(Body):
    email: GivenAddress


@router.post("/sign-in", response_model=Answer, responses=problems())
async def sign_in_by_password(body: PasswordSignIn, request: Request, desk: DeskDep) -> Json:
    """401 alike for an unknown account and a wrong password; 429 with growing waits after failures."""
    result = await desk.access.signing_in.by_password(body.email, body.password, origin_of(request))
    return answer_of(request, result)


@router.post("/code", response_model=SignedInView, responses=problems())
async def sign_in_by_code(body: CodeSignIn, request: Request, desk: DeskDep) -> Json:
    """The code of an authenticator app, after the password."""
    result = await desk.access.signing_in.by_code(body.challenge, body.code, origin_of(request))
    return answer_of(request, result)


@router.post("/passkey/options", response_model=PasskeyChallenge, responses=problems(409))
async def ask_for_passkey(body: SecondFactorChallenge, request: Request, desk: DeskDep) -> Json:
    """What `navigator.credentials.get` takes, after the password."""
    site = site_of(request, desk.settings.desk_name)
    asked = await desk.access.signing_in.passkey_challenge(body.challenge, site)
    return Json({"token": asked.token, "options": asked.options})


@router.post("/passkey", response_model=SignedInView, responses=problems(409))
async def sign_in_by_passkey(body: PasskeySignIn, request: Request, desk: DeskDep) -> Json:
    """What the browser made of the options."""
    site = site_of(request, desk.settings.desk_name)
    result = await desk.access.signing_in.by_passkey(
        body.challenge, body.token, body.credential, site, origin_of(request)
    )
    return answer_of(request, result)


@router.post("/link", response_model=SignedInView, responses=problems())
async def sign_in_by_link(body: LinkSignIn, request: Request, desk: DeskDep) -> Json:
    """The one-time link that `frontdesk demo` and `frontdesk user link` print."""
    return answer_of(request, await desk.access.signing_in.by_link(body.token, origin_of(request)))


@router.post("/password", response_model=Answer, responses=problems())
async def set_password_by_link(body: NewPassword, request: Request, desk: DeskDep) -> Json:
    """An invited person's first password, or a new one for a lost one; every other session of theirs ends."""
    result = await desk.access.signing_in.with_new_password(body.token, body.password, origin_of(request))
    return answer_of(request, result)


@router.post("/first-admin", response_model=SignedInView, responses=problems(409))
async def make_first_admin(body: FirstAdmin, request: Request, desk: DeskDep) -> Json:
    """Whoever holds the link that `frontdesk serve` prints on a desk without people."""
    fields = PersonFields(body.email, body.name, Role.ADMIN)
    result = await desk.access.signing_in.first_admin(body.token, fields, body.password, origin_of(request))
    return answer_of(request, result)


@router.post("/forgotten", status_code=202, responses=problems())
async def mail_new_password(body: Forgotten, desk: DeskDep) -> Json:
    """The same answer whether or not somebody has this address; a link goes to who has."""
    take(desk.rates, f"forgotten:{body.email.lower()}", LINKS_OF_MAILBOX)
    async with desk.db.transaction() as conn:
        person = await people.by_email(conn, body.email)
        if person is not None and person.disabled_at is None:
            await desk.access.mail.request(conn, Purpose.RESET, person.person_id)
    return Json({"message": "if somebody here has this address, a link is on its way"}, 202)


@router.post("/refresh", response_model=SignedInView, responses=problems(409))
async def refresh_sign_in(request: Request, desk: DeskDep) -> Json:
    """A new access token for the refresh cookie, which changes each time; one that comes twice ends the session.

    409 where another tab was first a moment ago: its cookie is good.
    """
    token = request.cookies.get(REFRESH_COOKIE)
    if not token:
        raise Unauthorized("sign in first")
    return answer_of(request, await desk.access.signing_in.again(token))


@router.post("/sign-out", status_code=204, response_class=Response, responses=problems())
async def sign_out(request: Request, desk: DeskDep) -> Response:
    """Ends the session of the browser's cookie, if there is one."""
    await _end_session(request, desk)
    answer = Response(status_code=204)
    clear_cookies(answer)
    return answer


async def _end_session(request: Request, desk: Desk) -> None:
    tokens = desk.access.tokens
    async with desk.db.transaction() as conn:
        session_id: str | None
        try:
            session_id = tokens.session_of(request.cookies.get(ACCESS_COOKIE, ""))
        except Unauthorized:
            session_id = await sessions.session_of(conn, request.cookies.get(REFRESH_COOKIE, ""))
        if session_id is None:
            return
        await sessions.end(conn, session_id)
