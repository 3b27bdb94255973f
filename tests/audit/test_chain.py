"""Ten thousand entries; whatever is done to them is found by number."""

import psycopg
import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.audit.sealer import head_of, reseal, seal
from frontdesk.db.pool import Database, execute
from frontdesk.errors import PermanentError
from frontdesk.kit.keys import Keys
from tests.audit.writing import AUDIT_KEY, broken, seal_all, verdict, write

ENTRIES = 10_000


async def test_whatever_is_done_to_ten_thousand_entries_is_found_by_number(db: Database, dsn: str) -> None:
    await write(db, ENTRIES)
    assert await seal_all(db) == ENTRIES
    whole = await verdict(db)
    assert (whole.entries, whole.open, whole.faults) == (ENTRIES, 0, [])

    async def first_fault(statement: str) -> str:
        return (await broken(db, dsn, statement))[0]

    of = "where number = 4321"
    for change in (
        "action = 'ticket.closed'",
        "changes = '[]'",
        "object_id = 't1'",
        "actor_id = 'x'",
        "at = at + interval '1 microsecond'",
        "hash = sha256('x')",
        "mark = sha256('x')",
    ):
        assert (await first_fault(f"update audit_entry set {change} {of}")).startswith(
            "entry 4321: was changed"
        )
    altered = """update audit_entry set personal = personal || '{"name": "Aset"}' """ + of
    assert await broken(db, dsn, altered) == ["entry 4321: its name, address or request id was changed"]
    assert await broken(db, dsn, f"delete from audit_entry {of}") == ["entry 4321: is missing"]
    assert await broken(db, dsn, "delete from audit_entry where number between 10 and 12") == [
        "entry 10: is missing, and so are all up to 12"
    ]
    swapped = (
        "update audit_entry set number = -1 where number = 5;"
        "update audit_entry set number = 5 where number = 9000; update audit_entry set number = 9000 where number = -1"
    )
    assert [fault.split(":")[0] for fault in await broken(db, dsn, swapped)] == ["entry 5", "entry 9000"]
    assert await broken(db, dsn, f"delete from audit_entry where number > {ENTRIES - 3}") == [
        f"entry {ENTRIES - 2}: is missing, and so are all up to {ENTRIES}"
    ]
    assert await broken(db, dsn, "delete from audit_entry where number = 1") == ["entry 1: is missing"]


async def test_a_tail_cut_together_with_its_head_needs_the_key(db: Database, dsn: str) -> None:
    await write(db, 50)
    await seal_all(db)
    async with db.connection() as conn:
        kept_elsewhere = await head_of(conn)
    cut = (
        "delete from audit_entry where number > 40; update audit_head set number = 40,"
        " hash = (select hash from audit_entry where number = 40)"
    )
    assert "not sealed by this desk's key" in (await broken(db, dsn, cut))[0]
    unsealed = "truncate audit_entry; update audit_head set number = 0, hash = base_hash, seal = null"
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute(unsealed.encode())
    assert (
        await verdict(db)
    ).faults == []  # all of it is gone, and only who kept the head elsewhere can tell
    outside = (kept_elsewhere.number, kept_elsewhere.hash.hex())
    assert [str(fault) for fault in (await verdict(db, outside)).faults] == [
        "entry 1: is missing, and so are all up to 50"
    ]


async def test_a_head_kept_elsewhere_fits_as_long_as_the_chain_is_the_same(db: Database) -> None:
    await write(db, 5)
    await seal_all(db)
    async with db.connection() as conn:
        head = await head_of(conn)
    await write(db, 5)
    await seal_all(db)
    assert (await verdict(db, (head.number, head.hash.hex()))).faults == []
    [fault] = (await verdict(db, (head.number, "ab" * 32))).faults
    assert fault.number == 5


async def test_the_sealer_does_not_cover_what_was_done_to_the_log(db: Database, dsn: str) -> None:
    await write(db, 20)
    await seal_all(db)
    await write(db, 1)
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("delete from audit_entry where number > 15")
    with pytest.raises(PermanentError, match="missing"):
        await seal_all(db)
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute(
            "update audit_head set number = 15, hash = (select hash from audit_entry where number = 15)"
        )
    with pytest.raises(PermanentError, match="not sealed"):
        await seal_all(db)


async def test_a_new_secret_key_is_told_and_takes_a_reseal(db: Database) -> None:
    await write(db, 3)
    await seal_all(db)
    await write(db, 1)
    new_key = Keys(b"another-secret-of-this-desk").audit
    async with db.transaction() as conn:
        with pytest.raises(PermanentError, match="reseal"):
            await seal(conn, new_key)
    async with db.transaction() as conn:
        await reseal(conn, new_key, OPERATOR)
        assert (await seal(conn, new_key)).entries == 2


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set object_id = 'x'",
        "update audit_entry set number = number + 1",
        "update audit_entry set personal = null",
        "update audit_entry set hash = sha256('x')",
        "delete from audit_entry",
        "truncate audit_entry",
    ],
)
async def test_the_application_cannot_change_the_log(db: Database, statement: str) -> None:
    await write(db, 2)
    await seal_all(db)
    async with db.connection() as conn:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only added to"):
            await execute(conn, statement)
    assert (await verdict(db)).entries == 2


async def test_names_may_go_but_not_change(db: Database) -> None:
    await write(db, 3)
    await seal_all(db)
    async with db.connection() as conn:
        await execute(conn, "select audit_redact('ticket', %s, %s)", (["t1"], ["person"]))
    assert (await verdict(db)).faults == []


def test_the_key_is_the_desks() -> None:
    assert len(AUDIT_KEY) == 32
