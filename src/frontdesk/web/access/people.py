"""People of the desk, for admins: invite, change, disable, end sessions, remove a lost second factor."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from frontdesk.access import one_time, passkeys, people, sessions, totp
from frontdesk.access.mail import link_to
from frontdesk.access.one_time import Purpose
from frontdesk.access.people import Person, PersonFields
from frontdesk.access.roles import Role
from frontdesk.db.pool import Connection
from frontdesk.desk import Desk
from frontdesk.terms import Category, ChannelName
from frontdesk.web.access.views import People, PersonView, Sessions, person_view, session_view
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.fields import MailAddress, Name
from frontdesk.web.reply import Json

router = APIRouter(prefix="/people", tags=["access"])

Categories = Annotated[list[Category], Field(min_length=1, max_length=50)] | None
Channels = Annotated[list[ChannelName], Field(min_length=1, max_length=20)] | None


class NewPerson(BaseModel):
    """`categories`, `channels`: the only tickets that a manager or viewer works with; null: all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"email": "dana@desk.example", "name": "Dana", "role": "manager"}]},
    )

    email: MailAddress
    name: Name
    role: Role
    categories: Categories = None
    channels: Channels = None

    def fields(self) -> PersonFields:
        return PersonFields(self.email, self.name, self.role, _names(self.categories), _names(self.channels))


class PersonChange(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"role": "viewer"}]})

    email: MailAddress | None = None
    name: Name | None = None
    role: Role | None = None
    categories: Categories = None
    channels: Channels = None
    disabled: bool | None = None

    def of(self, person: Person) -> PersonFields:
        given = self.model_fields_set
        return PersonFields(
            self.email or person.email,
            self.name or person.name,
            self.role or person.role,
            _names(self.categories if "categories" in given else person.categories),
            _names(self.channels if "channels" in given else person.channels),
        )


class Invited(BaseModel):
    person: PersonView
    link: str = Field(description="The same link is mailed; it works once, for 7 days.")


@router.get("", response_model=People, responses=problems())
async def list_people(desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.connection() as conn:
        return Json({"people": [person_view(person) for person in await people.every(conn)]})


@router.post("", status_code=201, response_model=Invited, responses=problems(409))
async def invite_person(body: NewPerson, desk: DeskDep, caller: Staff) -> Json:
    """The person gets an e-mail with a link, by which they choose a password."""
    async with desk.db.transaction() as conn:
        person = await people.create(conn, caller.actor, body.fields())
        return Json(await _invited(desk, conn, person), 201)


@router.patch("/{person_id}", response_model=PersonView, responses=problems(409))
async def change_person(person_id: str, body: PersonChange, desk: DeskDep, caller: Staff) -> Json:
    """Counts at once, in open sessions and sockets too; 409 where the desk would be left without an admin."""
    async with desk.db.transaction() as conn:
        person = await people.change(
            conn, caller.actor, person_id, body.of(await people.get(conn, person_id))
        )
        if body.disabled is not None:
            person = await people.set_disabled(conn, caller.actor, person_id, body.disabled)
        if body.disabled:
            await sessions.end_all(conn, person_id)
    return Json(person_view(person))


@router.post("/{person_id}/invitation", response_model=Invited, responses=problems())
async def invite_again(person_id: str, desk: DeskDep, caller: Staff) -> Json:
    """A new link for a person, whose earlier one was lost."""
    async with desk.db.transaction() as conn:
        return Json(await _invited(desk, conn, await people.get(conn, person_id)))


@router.get("/{person_id}/sessions", response_model=Sessions, responses=problems())
async def sessions_of_person(person_id: str, desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.connection() as conn:
        await people.get(conn, person_id)
        open_sessions = await sessions.of_person(conn, person_id)
    return Json({"sessions": [session_view(session, caller.sign_in) for session in open_sessions]})


@router.delete("/{person_id}/sessions", status_code=204, response_class=Response, responses=problems())
async def end_sessions_of_person(person_id: str, desk: DeskDep, caller: Staff) -> Response:
    async with desk.db.transaction() as conn:
        await people.get(conn, person_id)
        await sessions.end_all(conn, person_id)
    return Response(status_code=204)


@router.delete("/{person_id}/second-factors", status_code=204, response_class=Response, responses=problems())
async def remove_second_factors(person_id: str, desk: DeskDep, caller: Staff) -> Response:
    """For a person who lost their phone: the password alone signs them in again, until they set up another."""
    async with desk.db.transaction() as conn:
        await people.get(conn, person_id)
        await totp.remove(conn, caller.actor, person_id)
        await passkeys.remove_all(conn, caller.actor, person_id)
        await sessions.end_all(conn, person_id)
    return Response(status_code=204)


async def _invited(desk: Desk, conn: Connection, person: Person) -> dict[str, Any]:
    token = await one_time.issue(conn, Purpose.INVITATION, person.person_id)
    await desk.access.mail.request(conn, Purpose.INVITATION, person.person_id)
    return {
        "person": person_view(person),
        "link": link_to(desk.settings.base_url, Purpose.INVITATION, token),
    }


def _names(names: list[Category] | list[ChannelName] | list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
