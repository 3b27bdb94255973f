"""The people of the desk: who they are, and what their role and limits let them see and do."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from psycopg.errors import UniqueViolation

from frontdesk.access.actor import ACCESS_CHANGED, Actor, ActorKind
from frontdesk.access.roles import PERMISSIONS, Role
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import Conflict, NotFound

_COLUMNS: Final[LiteralString] = (
    "person_id, email, name, role, categories, channels, password_hash, totp_key is not null as has_totp,"
    " exists (select from passkey k where k.person_id = person.person_id) as has_passkey,"
    " oidc_subject is not null as has_oidc, created_at, disabled_at"
)


@dataclass(frozen=True, slots=True)
class Person:
    """`categories`, `channels`: the only tickets that a manager or viewer works with; None: all."""

    person_id: str
    email: str
    name: str
    role: Role
    categories: list[str] | None
    channels: list[str] | None
    password_hash: str | None
    has_totp: bool
    has_passkey: bool
    has_oidc: bool
    created_at: datetime
    disabled_at: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))

    @property
    def can_sign_in(self) -> bool:
        """Whether an invitation was followed, or an identity provider knows the person."""
        return self.password_hash is not None or self.has_oidc

    @property
    def actor(self) -> Actor:
        return actor_of(self.person_id, self.name, self.role, self.categories, self.channels)


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What an admin gives a person."""

    email: str
    name: str
    role: Role
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None


def actor_of(
    person_id: str, name: str, role: str, categories: list[str] | None, channels: list[str] | None
) -> Actor:
    """An admin's limits count for nothing: who may change them is not held by them."""
    permissions = PERMISSIONS[Role(role)]
    if role == Role.ADMIN:
        return Actor(ActorKind.PERSON, person_id, name, permissions)
    return Actor(ActorKind.PERSON, person_id, name, permissions, _limit(categories), _limit(channels))


def _limit(names: list[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


async def create(
    conn: Connection, by: Actor, fields: PersonFields, oidc_subject: str | None = None
) -> Person:
    """Raises `Conflict` where somebody has the address already."""
    person_id = str(uuid.uuid4())
    values = {**_values(fields), "person_id": person_id, "oidc_subject": oidc_subject}
    try:
        async with conn.transaction():
            await execute(
                conn,
                "insert into person (person_id, email, name, role, categories, channels, oidc_subject) values"
                " (%(person_id)s, %(email)s, %(name)s, %(role)s, %(categories)s, %(channels)s, %(oidc_subject)s)",
                values,
            )
    except UniqueViolation:
        raise Conflict("somebody with this e-mail address is here already") from None
    await record(conn, by, AuditAction.PERSON_ADDED, ObjectKind.PERSON, person_id, _changes(None, fields))
    return await get(conn, person_id)


async def change(conn: Connection, by: Actor, person_id: str, fields: PersonFields) -> Person:
    """Raises `NotFound`, and `Conflict` where the desk would be left without an admin."""
    await _keep_an_admin(conn, person_id, stays=fields.role is Role.ADMIN)
    before = await get(conn, person_id)
    try:
        async with conn.transaction():
            await execute(
                conn,
                "update person set email = %(email)s, name = %(name)s, role = %(role)s,"
                " categories = %(categories)s, channels = %(channels)s where person_id = %(person_id)s",
                {**_values(fields), "person_id": person_id},
            )
    except UniqueViolation:
        raise Conflict("somebody with this e-mail address is here already") from None
    if changes := _changes(before, fields):
        await record(conn, by, AuditAction.PERSON_CHANGED, ObjectKind.PERSON, person_id, changes)
    conn.signals.add(ACCESS_CHANGED)
    return await get(conn, person_id)


async def set_disabled(conn: Connection, by: Actor, person_id: str, disabled: bool) -> Person:
    """Raises `NotFound`, and `Conflict` where the desk would be left without an admin."""
    if disabled:
        await _keep_an_admin(conn, person_id, stays=False)
    await execute(
        conn,
        "update person set disabled_at = case when %s then coalesce(disabled_at, now()) end where person_id = %s",
        (disabled, person_id),
    )
    action = AuditAction.PERSON_DISABLED if disabled else AuditAction.PERSON_ENABLED
    await record(conn, by, action, ObjectKind.PERSON, person_id)
    conn.signals.add(ACCESS_CHANGED)
    return await get(conn, person_id)


async def set_password(conn: Connection, by: Actor, person_id: str, password_hash: str) -> None:
    await execute(
        conn, "update person set password_hash = %s where person_id = %s", (password_hash, person_id)
    )
    await record(conn, by, AuditAction.PERSON_PASSWORD_SET, ObjectKind.PERSON, person_id)


async def get(conn: Connection, person_id: str) -> Person:
    """Raises `NotFound`."""
    person = await fetch_one(
        conn, Person, f"select {_COLUMNS} from person where person_id = %s", (person_id,)
    )
    if person is None:
        raise NotFound("there is no such person")
    return person


async def by_email(conn: Connection, email: str) -> Person | None:
    query = f"select {_COLUMNS} from person where lower(email) = lower(%s)"
    return await fetch_one(conn, Person, query, (email.strip(),))


async def by_oidc_subject(conn: Connection, subject: str) -> Person | None:
    return await fetch_one(conn, Person, f"select {_COLUMNS} from person where oidc_subject = %s", (subject,))


async def link_oidc(conn: Connection, person_id: str, subject: str) -> None:
    """The identity is this person's from now on."""
    await execute(conn, "update person set oidc_subject = %s where person_id = %s", (subject, person_id))


async def every(conn: Connection) -> list[Person]:
    """By name."""
    return await fetch_all(conn, Person, f"select {_COLUMNS} from person order by lower(name), person_id")


async def has_admin(conn: Connection) -> bool:
    """Whether somebody can sign in who may do everything."""
    return bool(
        await fetch_value(
            conn,
            "select exists (select from person where role = 'admin' and disabled_at is null"
            " and (password_hash is not null or oidc_subject is not null))",
        )
    )


async def _keep_an_admin(conn: Connection, person_id: str, *, stays: bool) -> None:
    """Two admins who take each other's role at once wait for each other here."""
    admins = await fetch_value(
        conn,
        "select array_agg(person_id) from (select person_id from person"
        " where role = 'admin' and disabled_at is null order by person_id for update) as admin",
    )
    if not stays and admins == [person_id]:
        raise Conflict("this is the only admin: make somebody else an admin first")


def _changes(before: Person | None, fields: PersonFields) -> list[Change]:
    """E-mail and name are personal: they are only named."""
    after = _values(fields)
    changes = []
    for field, value in after.items():
        earlier = None if before is None else getattr(before, field)
        if earlier != value:
            changes.append(Change(field, _small(earlier), _small(value)))
    return changes


def _small(value: object) -> str | None:
    if isinstance(value, list):
        return ",".join(map(str, value))
    return None if value is None else str(value)


def _values(fields: PersonFields) -> dict[str, object]:
    return {
        "email": fields.email.strip(),
        "name": fields.name,
        "role": fields.role,
        "categories": None if fields.categories is None else sorted(fields.categories),
        "channels": None if fields.channels is None else sorted(fields.channels),
    }
