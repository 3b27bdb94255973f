"""Whether the audit log is what was written: no entry changed, removed, moved or added past the sealer."""

from dataclasses import dataclass
from typing import LiteralString

from frontdesk.audit.chain import ChainCheck, Fault, Head, Sealed
from frontdesk.audit.sealer import SEALED, head_of
from frontdesk.db.pool import Connection, Database, fetch_all, fetch_value
from frontdesk.errors import PermanentError

_BATCH = 2_000
_NEXT: LiteralString = f"select {SEALED} from audit_entry where number > %s order by number limit {_BATCH}"


@dataclass(frozen=True, slots=True)
class Verdict:
    entries: int
    open: int
    """Written and not chained yet: the sealer takes them within seconds."""
    head: Head | None
    faults: list[Fault]


async def verify(db: Database, key: bytes, outside: tuple[int, str] | None = None) -> Verdict:
    """Look through the whole chain as it stands at one moment; `outside`: number and hash kept elsewhere."""
    async with db.transaction() as conn:
        await conn.execute("set transaction isolation level repeatable read read only")
        waiting = await fetch_value(conn, "select count(*) from audit_entry where number is null")
        try:
            head = await head_of(conn)
        except PermanentError as error:
            return Verdict(0, waiting, None, [Fault(0, error.message)])
        check = ChainCheck(head, outside)
        if not head.is_sealed_by(key):
            check.faults.append(
                Fault(0, "the head is not sealed by this desk's key (was SECRET_KEY changed?)")
            )
        await _look_through(conn, check)
        return Verdict(check.entries, waiting, head, check.end())


async def _look_through(conn: Connection, check: ChainCheck) -> None:
    # From the very beginning: an entry before the base of the chain is a fault too.
    last = 0
    while entries := await fetch_all(conn, Sealed, _NEXT, (last,)):
        for entry in entries:
            check.take(entry)
        last = entries[-1].number
        if check.is_hopeless:
            return
