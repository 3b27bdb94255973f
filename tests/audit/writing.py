"""Write, seal and break the audit log."""

import hashlib
from dataclasses import replace

import psycopg

from frontdesk.access.actor import OPERATOR
from frontdesk.audit.act import Act, AuditAction, Change, ObjectKind
from frontdesk.audit.door import record_all
from frontdesk.audit.sealer import seal
from frontdesk.audit.verify import Verdict, verify
from frontdesk.db.pool import Database
from frontdesk.kit.keys import Keys
from frontdesk.terms import Priority
from tests.ground import KEY

AUDIT_KEY = Keys(KEY.encode()).audit


def acts(count: int, first: int = 0) -> list[Act]:
    changes = [Change("priority", Priority.NORMAL, Priority.HIGH), Change("assignee")]
    person = replace(OPERATOR, name="Dana")
    return [
        Act(person, AuditAction.TICKET_CHANGED, ObjectKind.TICKET, f"t{first + n}", changes)
        for n in range(count)
    ]


async def write(db: Database, count: int) -> None:
    async with db.transaction() as conn:
        await record_all(conn, acts(count))


async def seal_all(db: Database) -> int:
    """How many entries there were to seal."""
    total = 0
    while True:
        async with db.transaction() as conn:
            sealing = await seal(conn, AUDIT_KEY)
        total += sealing.entries
        if not sealing.entries:
            return total


async def verdict(db: Database, outside: tuple[int, str] | None = None) -> Verdict:
    return await verify(db, AUDIT_KEY, outside)


async def broken(db: Database, dsn: str, statement: str) -> list[str]:
    """What is found once somebody who owns the database did that to it; then it is undone."""
    table = (
        "create table kept as select * from audit_entry; create table kept_head as select * from audit_head;"
    )
    back = (
        "truncate audit_entry; insert into audit_entry overriding system value select * from kept;"
        " delete from audit_head; insert into audit_head select * from kept_head; drop table kept, kept_head"
    )
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("set session_replication_role = replica")  # no trigger fires: this is no application
        conn.execute(table.encode())
        conn.execute(statement.encode())
        seen = await verdict(db)
        conn.execute(back.encode())
    assert (await verdict(db)).faults == []
    return [str(fault) for fault in seen.faults]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
