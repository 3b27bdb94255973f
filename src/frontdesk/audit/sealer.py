"""The sealer: gives open entries their numbers and hashes, in one transaction with the head that signs them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import LiteralString

from frontdesk.audit.act import Acting, AuditAction, ObjectKind
from frontdesk.audit.chain import Head, Sealed, hash_of
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import PermanentError

BATCH = 1_000

_COLUMNS: LiteralString = (
    "entry_id, at, actor_kind, actor_id, action, object_kind, object_id, changes, personal, mark"
)
SEALED: LiteralString = f"{_COLUMNS}, number, hash"
_OPEN: LiteralString = f"""
    select {_COLUMNS}, 0::bigint as number, ''::bytea as hash from audit_entry
     where number is null order by entry_id limit %s
"""
_SEAL = """
    update audit_entry e set number = s.number, hash = s.hash
      from unnest(%(ids)s::bigint[], %(numbers)s::bigint[], %(hashes)s::bytea[]) as s(entry_id, number, hash)
     where e.entry_id = s.entry_id
"""
_HEAD = "select number, hash, base_number, base_hash, seal from audit_head"


@dataclass(frozen=True, slots=True)
class Sealing:
    entries: int
    head: Head


async def seal(conn: Connection, key: bytes, limit: int = BATCH) -> Sealing:
    """Chain up to `limit` open entries, in the caller's transaction. Two sealers wait for each other.

    Raises `PermanentError` where the head is not what the last sealing left: then nothing is added, so that
    what was done to the log stays to be seen.
    """
    head = await require_intact(conn, key)
    entries = await fetch_all(conn, Sealed, _OPEN, (limit,))
    if not entries:
        return Sealing(0, head)
    hashes = _chained(head, entries)
    numbers = list(range(head.number + 1, head.number + 1 + len(entries)))
    await execute(
        conn, _SEAL, {"ids": [entry.entry_id for entry in entries], "numbers": numbers, "hashes": hashes}
    )
    return Sealing(
        len(entries), await keep_head(conn, replace(head, number=numbers[-1], hash=hashes[-1]), key)
    )


def _chained(head: Head, entries: Sequence[Sealed]) -> list[bytes]:
    hashes, previous = [], head.hash
    for number, entry in enumerate(entries, head.number + 1):
        previous = hash_of(previous, number, entry)
        hashes.append(previous)
    return hashes


async def head_of(conn: Connection) -> Head:
    """Raises `PermanentError` where there is none."""
    return _existing(await fetch_one(conn, Head, _HEAD))


async def locked_head(conn: Connection) -> Head:
    return _existing(await fetch_one(conn, Head, _HEAD + " for update"))


def _existing(head: Head | None) -> Head:
    if head is None:
        raise PermanentError("the head of the audit log is gone: look with `frontdesk audit verify`")
    return head


async def keep_head(conn: Connection, head: Head, key: bytes) -> Head:
    """The head, sealed; the caller has it locked."""
    sealed = replace(head, seal=head.seal_by(key))
    await execute(
        conn,
        "update audit_head set number = %s, hash = %s, base_number = %s, base_hash = %s, seal = %s,"
        " sealed_at = now()",
        (sealed.number, sealed.hash, sealed.base_number, sealed.base_hash, sealed.seal),
    )
    return sealed


async def require_intact(conn: Connection, key: bytes) -> Head:
    """The head, locked. Raises `PermanentError` where it is not what the last sealing left."""
    head = await locked_head(conn)
    if not head.is_sealed_by(key):
        raise PermanentError(
            "the head of the audit log is not sealed by this desk's key: look with `frontdesk audit verify`;"
            " if SECRET_KEY was changed, `frontdesk audit reseal`"
        )
    last = await fetch_value(conn, "select hash from audit_entry where number = %s", (head.number,))
    if head.number > head.base_number and last != head.hash:
        raise PermanentError("the end of the audit log is missing: look with `frontdesk audit verify`")
    return head


async def reseal(conn: Connection, key: bytes, by: Acting) -> Head:
    """Sign the head with a new key, and keep that it was done; the caller has verified the chain."""
    head = await keep_head(conn, await locked_head(conn), key)
    await record(conn, by, AuditAction.AUDIT_RESEALED, ObjectKind.AUDIT, str(head.number))
    return head
