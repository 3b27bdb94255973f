"""Retention of the audit log: the oldest entries go, and the chain begins after them, signed anew."""

from dataclasses import replace
from datetime import timedelta

from frontdesk.audit.act import Acting, AuditAction, ObjectKind
from frontdesk.audit.door import record
from frontdesk.audit.sealer import keep_head, require_intact
from frontdesk.db.pool import Connection, fetch_value

BATCH = 10_000

# Up to the first entry that must stay: what is not sealed yet stays anyway.
_UPTO = """
    select least(%(base)s + %(batch)s, coalesce((
        select min(number) - 1 from audit_entry where number > %(base)s and at >= now() - %(age)s), %(last)s))
"""


async def forget_older_than(conn: Connection, key: bytes, age: timedelta, by: Acting) -> int:
    """How many entries went, `BATCH` at most; itself an act. Raises `PermanentError` where the chain is not whole."""
    head = await require_intact(conn, key)
    params = {"base": head.base_number, "last": head.number, "batch": BATCH, "age": age}
    upto = int(await fetch_value(conn, _UPTO, params))
    if upto <= head.base_number:
        return 0
    base_hash = await fetch_value(conn, "select hash from audit_entry where number = %s", (upto,))
    forgotten = int(await fetch_value(conn, "select audit_forget(%s)", (upto,)))
    await keep_head(conn, replace(head, base_number=upto, base_hash=bytes(base_hash)), key)
    await record(conn, by, AuditAction.AUDIT_FORGOTTEN, ObjectKind.AUDIT, str(upto))
    return forgotten
