"""What a sign-in answers: cookies for the browser, and the same as JSON for a program."""

from ipaddress import ip_address
from typing import Any, Literal

from fastapi import Request
from pydantic import BaseModel, Field

from frontdesk.access.actor import Actor, ActorKind, Permission
from frontdesk.access.passkeys import Site
from frontdesk.access.sign_in import Origin, SecondFactor, SignedIn
from frontdesk.errors import Conflict
from frontdesk.web.access.views import PersonView, person_view
from frontdesk.web.credentials import set_cookies
from frontdesk.web.reply import Json


class SignedInView(BaseModel):
    state: Literal["signed_in"]
    person: PersonView
    permissions: list[Permission]
    access_token: str = Field(description="JWT for `Authorization: Bearer`; the same is set as a cookie.")
    expires_in: int = Field(description="Seconds that `access_token` is good.")
    csrf_token: str = Field(description="For the header `X-CSRF-Token` of writes that come with the cookie.")


class SecondFactorView(BaseModel):
    state: Literal["second_factor"]
    challenge: str
    factors: list[Literal["totp", "passkey"]]


class Me(BaseModel):
    kind: ActorKind
    id: str
    name: str
    permissions: list[Permission]
    person: PersonView | None = Field(
        description="Null for a key, and for the operator of a desk that trusts loopback."
    )
    csrf_token: str | None


def origin_of(request: Request) -> Origin:
    address = request.client.host if request.client else ""
    return Origin(address, request.headers.get("user-agent", ""))


def site_of(request: Request, desk_name: str) -> Site:
    """The desk under the name by which this browser reaches it. Raises `Conflict` for a bare address.

    The guard has seen to it that the host is the desk's own.
    """
    host = request.url.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        origin = f"{request.url.scheme}://{request.url.netloc}"
        return Site(host, [origin], desk_name)
    raise Conflict("passkeys need a name: open the desk as localhost, or under its domain")


def answer_of(request: Request, result: SignedIn | SecondFactor) -> Json:
    if isinstance(result, SecondFactor):
        has = {"totp": result.has_totp, "passkey": result.has_passkey}
        factors = [name for name, is_there in has.items() if is_there]
        return Json({"state": "second_factor", "challenge": result.challenge, "factors": factors})
    answer = Json(_signed_in(result))
    set_cookies(answer, result, secure=request.url.scheme == "https")
    return answer


def permissions_of(actor: Actor) -> list[str]:
    return sorted(actor.permissions)


def _signed_in(result: SignedIn) -> dict[str, Any]:
    return {
        "state": "signed_in",
        "person": person_view(result.person),
        "permissions": permissions_of(result.person.actor),
        "access_token": result.access_token,
        "expires_in": int(result.lasts.total_seconds()),
        "csrf_token": result.csrf_token,
    }
