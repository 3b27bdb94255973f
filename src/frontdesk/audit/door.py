"""The one door into the audit log: in the transaction of the act, without a lock, on no row that others wait for."""

from collections.abc import Sequence
from typing import LiteralString

from psycopg.types.json import Jsonb

from frontdesk.audit.act import Act, Acting, AuditAction, Change, ObjectKind
from frontdesk.audit.chain import personal_with_mark
from frontdesk.db.pool import Connection, execute
from frontdesk.kit import trace
from frontdesk.kit.text import clean, clip

LONGEST = 200
"""Characters of an id or a name that are kept."""

INSERT: LiteralString = """
    insert into audit_entry (actor_kind, actor_id, action, object_kind, object_id, changes, personal, mark)
    select * from unnest(%(audit_actor_kinds)s::text[], %(audit_actor_ids)s::text[], %(audit_actions)s::text[],
        %(audit_object_kinds)s::text[], %(audit_object_ids)s::text[], %(audit_changes)s::jsonb[],
        %(audit_personal)s::jsonb[], %(audit_marks)s::bytea[])
"""
"""As part of a larger statement, for the door of tickets, where round trips count; its values are `params`."""


async def record(
    conn: Connection,
    by: Acting,
    action: AuditAction,
    object_kind: ObjectKind,
    object_id: str,
    changes: Sequence[Change] = (),
) -> None:
    """Keep one act; it is there if and only if the caller's transaction commits."""
    await record_all(conn, [Act(by, action, object_kind, object_id, changes)])


async def record_all(conn: Connection, acts: Sequence[Act]) -> None:
    """Keep several acts, in this order."""
    if acts:
        await execute(conn, INSERT, params(acts))


def params(acts: Sequence[Act]) -> dict[str, object]:
    """The values of `INSERT`. Network and request id are those of the current task (`kit/trace.py`)."""
    network, request_id = trace.network(), trace.current()
    marked = [personal_with_mark(_kept(act.by.name), network, request_id) for act in acts]
    return {
        "audit_actor_kinds": [str(act.by.kind) for act in acts],
        "audit_actor_ids": [_kept(act.by.id) for act in acts],
        "audit_actions": [act.action.value for act in acts],
        "audit_object_kinds": [act.object_kind.value for act in acts],
        "audit_object_ids": [_kept(act.object_id) for act in acts],
        "audit_changes": [Jsonb([change.record() for change in act.changes]) for act in acts],
        "audit_personal": [Jsonb(personal) for personal, _ in marked],
        "audit_marks": [mark for _, mark in marked],
    }


def _kept(text: str) -> str:
    return clip(clean(text), LONGEST)
