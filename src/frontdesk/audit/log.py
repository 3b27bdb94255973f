"""Read the audit log: pages for people, newest first, and the whole for export, oldest first."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from frontdesk.audit.act import AuditAction
from frontdesk.db.pool import Connection, fetch_all

_BATCH = 1_000
_COLUMNS: LiteralString = """
    entry_id, at, actor_kind, actor_id, personal->>'name' as actor_name, action, object_kind, object_id, changes,
    personal->>'network' as network, personal->>'request_id' as request_id, number, hash
"""
_WHERE: LiteralString = """
    where (%(actor)s::text is null or actor_id = %(actor)s or actor_kind = %(actor)s or personal->>'name' = %(actor)s)
      and (%(actions)s::text[] is null or action = any(%(actions)s))
      and (%(object_kind)s::text is null or object_kind = %(object_kind)s)
      and (%(object_id)s::text is null or object_id = %(object_id)s)
      and (%(since)s::timestamptz is null or at >= %(since)s) and (%(until)s::timestamptz is null or at < %(until)s)
      and (%(words)s::text is null or concat_ws(' ', actor_id, personal->>'name', action, object_kind, object_id,
           personal->>'network', personal->>'request_id', changes::text) ilike %(words)s)
"""
_PAGE: LiteralString = f"""
    select {_COLUMNS} from audit_entry {_WHERE} and (%(before)s::bigint is null or entry_id < %(before)s)
     order by entry_id desc limit %(limit)s
"""
_ALL: LiteralString = f"""
    select {_COLUMNS} from audit_entry {_WHERE} and entry_id > %(after)s order by entry_id limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    entry_id: int
    at: datetime
    actor_kind: str
    actor_id: str
    actor_name: str | None
    """None where it was emptied; so are `network` and `request_id`."""
    action: str
    object_kind: str
    object_id: str
    changes: list[dict[str, Any]]
    network: str | None
    request_id: str | None
    number: int | None
    """None until the sealer has taken it into the chain."""
    hash: bytes | None


@dataclass(frozen=True, slots=True)
class AuditFilters:
    actor: str | None = None
    """An id, a name, or a kind of actor."""
    actions: tuple[AuditAction, ...] = ()
    object_kind: str | None = None
    object_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Not included."""
    text: str = ""
    """A piece of a name, an id, an action, an address."""

    def params(self) -> dict[str, object]:
        escaped = self.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return {
            "actor": self.actor,
            "actions": [str(action) for action in self.actions] or None,
            "object_kind": self.object_kind,
            "object_id": self.object_id,
            "since": self.since,
            "until": self.until,
            "words": f"%{escaped}%" if self.text else None,
        }


async def page(
    conn: Connection, filters: AuditFilters, limit: int, before: int | None = None
) -> list[AuditEntry]:
    """Newest first; `before` is the last entry of the page before."""
    return await fetch_all(conn, AuditEntry, _PAGE, {**filters.params(), "before": before, "limit": limit})


async def every(conn: Connection, filters: AuditFilters) -> AsyncIterator[AuditEntry]:
    """All of them, oldest first, a batch at a time."""
    after = 0
    while entries := await fetch_all(
        conn, AuditEntry, _ALL, {**filters.params(), "after": after, "limit": _BATCH}
    ):
        for entry in entries:
            yield entry
        after = entries[-1].entry_id


def audit_record(entry: AuditEntry) -> dict[str, Any]:
    """As the API and the export show it."""
    return {
        "entry_id": str(entry.entry_id),
        "number": entry.number,
        "at": entry.at,
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id, "name": entry.actor_name},
        "action": entry.action,
        "object": {"kind": entry.object_kind, "id": entry.object_id},
        "changes": entry.changes,
        "network": entry.network,
        "request_id": entry.request_id,
        "hash": None if entry.hash is None else entry.hash.hex(),
    }
