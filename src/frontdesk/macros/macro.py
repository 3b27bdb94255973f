"""A macro's row: a name, a text in each language, and what is done to the ticket besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString, Self
from uuid import uuid4

from psycopg.types.json import Jsonb

from frontdesk.access.actor import Actor, Permission
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, ObjectKind
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import Conflict, NotFound, ValidationFailed
from frontdesk.macros.text import check
from frontdesk.terms import Category, Priority

MOST_MACROS = 1000
ME = "me"
"""As an assignee: whoever uses the macro."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What is done to the ticket when the macro's text goes out."""

    tags: tuple[str, ...] = ()
    """Added to those that are there."""
    assignee: str | None = None
    """A name, or `me`."""
    priority: Priority | None = None
    resolve: bool = False

    def record(self) -> dict[str, Any]:
        return {
            "tags": list(self.tags),
            "assignee": self.assignee,
            "priority": self.priority,
            "resolve": self.resolve,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        priority = record.get("priority")
        return cls(
            tuple(record.get("tags", ())),
            record.get("assignee"),
            None if priority is None else Priority(priority),
            bool(record.get("resolve")),
        )


@dataclass(frozen=True, slots=True)
class MacroFields:
    """What a person sets. Raises `ValidationFailed` for an unknown variable, and where it says and does nothing."""

    name: str
    category: Category | None
    """Of the tickets that it is meant for; None: of all."""
    texts: Mapping[str, str]
    """By language."""
    deeds: Deeds = field(default_factory=Deeds)

    def __post_init__(self) -> None:
        if not self.texts and self.deeds == Deeds():
            raise ValidationFailed("a macro says something in one language at least, or does something")
        for text in self.texts.values():
            check(text)


@dataclass(frozen=True, slots=True)
class Macro:
    macro_id: str
    name: str
    category: str | None
    texts: dict[str, str]
    actions: dict[str, Any]
    uses: int
    created_by: str
    created_at: datetime
    updated_at: datetime

    @property
    def deeds(self) -> Deeds:
        return Deeds.of(self.actions)


_COLUMNS: LiteralString = "macro_id, name, category, texts, actions, uses, created_by, created_at, updated_at"


async def every(conn: Connection) -> list[Macro]:
    """By name."""
    return await fetch_all(conn, Macro, f"select {_COLUMNS} from macro order by lower(name), macro_id")


async def get(conn: Connection, macro_id: str) -> Macro:
    """Raises `NotFound`."""
    row = await fetch_one(conn, Macro, f"select {_COLUMNS} from macro where macro_id = %s", (macro_id,))
    return _existing(row)


async def add(conn: Connection, by: Actor, given: MacroFields) -> Macro:
    """Raises `Conflict` where there are too many, or one of this name."""
    by.require(Permission.KB_WRITE)
    if await fetch_value(conn, "select count(*) from macro") >= MOST_MACROS:
        raise Conflict(f"there are {MOST_MACROS} macros already")
    row = await fetch_one(
        conn,
        Macro,
        "insert into macro (macro_id, name, category, texts, actions, created_by) values (%s, %s, %s, %s, %s, %s)"
        f" on conflict (lower(name)) do nothing returning {_COLUMNS}",
        (uuid4().hex, *_values(given), by.name),
    )
    if row is None:
        raise Conflict("there is a macro of this name already")
    await door.record(conn, by, AuditAction.MACRO_ADDED, ObjectKind.MACRO, row.macro_id)
    return row


async def change(conn: Connection, by: Actor, macro_id: str, given: MacroFields) -> Macro:
    """Raises `NotFound`, and `Conflict` where another has this name."""
    by.require(Permission.KB_WRITE)
    taken = "select exists (select from macro where lower(name) = lower(%s) and macro_id <> %s)"
    if await fetch_value(conn, taken, (given.name, macro_id)):
        raise Conflict("there is a macro of this name already")
    row = await fetch_one(
        conn,
        Macro,
        "update macro set name = %s, category = %s, texts = %s, actions = %s, updated_at = now()"
        f" where macro_id = %s returning {_COLUMNS}",
        (*_values(given), macro_id),
    )
    await door.record(conn, by, AuditAction.MACRO_CHANGED, ObjectKind.MACRO, _existing(row).macro_id)
    return _existing(row)


async def delete(conn: Connection, by: Actor, macro_id: str) -> None:
    """Raises `NotFound`."""
    by.require(Permission.KB_WRITE)
    if await execute(conn, "delete from macro where macro_id = %s", (macro_id,)) == 0:
        raise NotFound("there is no such macro")
    await door.record(conn, by, AuditAction.MACRO_DELETED, ObjectKind.MACRO, macro_id)


async def count_use(conn: Connection, macro_id: str) -> None:
    """What is used often is offered first."""
    await execute(conn, "update macro set uses = uses + 1 where macro_id = %s", (macro_id,))


def _values(given: MacroFields) -> tuple[object, ...]:
    return given.name, given.category, Jsonb(dict(given.texts)), Jsonb(given.deeds.record())


def _existing(row: Macro | None) -> Macro:
    if row is None:
        raise NotFound("there is no such macro")
    return row
