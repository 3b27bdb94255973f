"""The JSON of people, sessions and keys."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from frontdesk.access.actor import Permission
from frontdesk.access.api_keys import ApiKey
from frontdesk.access.people import Person
from frontdesk.access.roles import Role
from frontdesk.access.sessions import SignIn
from frontdesk.kit.times import stamp
from frontdesk.terms import Category, ChannelName

PersonStatus = Literal["active", "invited", "disabled"]


class PersonView(BaseModel):
    person_id: str
    email: str
    name: str
    role: Role
    categories: list[Category] | None = Field(
        description="The only categories this person works with; null: all."
    )
    channels: list[ChannelName] | None
    status: PersonStatus
    has_totp: bool
    has_passkey: bool
    created_at: str


class People(BaseModel):
    people: list[PersonView]


class SessionView(BaseModel):
    session_id: str
    network: str
    agent: str = Field(description="What the browser called itself.")
    created_at: str
    seen_at: str
    expires_at: str
    is_current: bool


class Sessions(BaseModel):
    sessions: list[SessionView]


class KeyView(BaseModel):
    key_id: str
    name: str
    scopes: list[Permission]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None


class Keys(BaseModel):
    keys: list[KeyView]


class NewKeyView(KeyView):
    key: str = Field(description="Shown this once: it can never be read again.")


def person_view(person: Person) -> dict[str, Any]:
    return {
        "person_id": person.person_id,
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "categories": person.categories,
        "channels": person.channels,
        "status": status_of(person),
        "has_totp": person.has_totp,
        "has_passkey": person.has_passkey,
        "created_at": stamp(person.created_at),
    }


def status_of(person: Person) -> PersonStatus:
    if person.disabled_at is not None:
        return "disabled"
    return "active" if person.can_sign_in else "invited"


def session_view(session: SignIn, current: str | None) -> dict[str, Any]:
    return {
        "session_id": session.session_id,
        "network": session.network,
        "agent": session.agent,
        "created_at": stamp(session.created_at),
        "seen_at": stamp(session.seen_at),
        "expires_at": stamp(session.expires_at),
        "is_current": session.session_id == current,
    }


def key_view(key: ApiKey) -> dict[str, Any]:
    return {
        "key_id": key.key_id,
        "name": key.name,
        "scopes": key.scopes,
        "created_at": stamp(key.created_at),
        "expires_at": _stamp(key.expires_at),
        "revoked_at": _stamp(key.revoked_at),
        "used_at": _stamp(key.used_at),
    }


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
