"""The cursor of the log under transactions that begin, write, commit and roll back in any order."""

import asyncio
import time
from collections import defaultdict
from typing import Any, ClassVar

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from frontdesk.db.pool import Database
from frontdesk.errors import PermanentError
from frontdesk.tickets import log_cursor
from frontdesk.tickets.log import Entry
from frontdesk.tickets.log_cursor import BEGINNING, Cursor
from tests.tickets.notes import note

WRITERS = st.sampled_from(range(4))
TICKETS = st.sampled_from(["a", "b", "c"])


class LogMachine(RuleBasedStateMachine):
    """Writers hold a ticket's lock from their first entry on it until they end, as every writer of the desk does."""

    runner: ClassVar[asyncio.Runner]
    db: ClassVar[Database]
    writers: ClassVar[list[psycopg.Connection[Any]]]

    def __init__(self) -> None:
        super().__init__()
        self.open = [False] * len(self.writers)
        self.consumed: list[Entry] = []
        with psycopg.connect(self.db.dsn, autocommit=True) as conn:
            conn.execute("truncate ticket_event")
        self.cursor: Cursor = self.runner.run(self._at_end())

    @rule(name=WRITERS)
    def begin(self, name: int) -> None:
        """Transactions get their number with their first write, which need not be one to the log."""
        self.writers[name].execute("select pg_current_xact_id()")
        self.open[name] = True

    @rule(name=WRITERS, ticket=TICKETS)
    def write(self, name: int, ticket: str) -> None:
        self.open[name] = True
        lock = "select pg_try_advisory_xact_lock(hashtext(%s))"
        if self.writers[name].execute(lock, (ticket,)).fetchone() == (True,):
            entry = (
                "insert into ticket_event (ticket_id, type, actor, actor_kind, actor_id)"
                " values (%s, 'note', 'w', 'person', 'w')"
            )
            self.writers[name].execute(entry, (ticket,))

    @precondition(lambda self: any(self.open))
    @rule(name=WRITERS, commits=st.booleans())
    def end(self, name: int, commits: bool) -> None:
        writer = self.writers[name]
        writer.commit() if commits else writer.rollback()
        self.open[name] = False

    @rule(limit=st.integers(1, 5))
    def read(self, limit: int) -> None:
        self.runner.run(self._read(limit))

    def teardown(self) -> None:
        for writer in self.writers:
            writer.commit()
        while self.runner.run(self._read(3)):
            pass
        with psycopg.connect(self.db.dsn) as conn:
            committed = [
                row[0] for row in conn.execute("select event_id from ticket_event order by event_id")
            ]
        assert sorted(entry.event_id for entry in self.consumed) == committed
        of_ticket: dict[str, list[int]] = defaultdict(list)
        for entry in self.consumed:
            of_ticket[entry.ticket_id].append(entry.event_id)
        assert all(ids == sorted(ids) for ids in of_ticket.values())
        self._nothing_stays_beyond()

    def _nothing_stays_beyond(self) -> None:
        """Transactions of other databases on the server hold the horizon as well, so it may take their end."""
        patience = time.monotonic() + 30
        while self.cursor.beyond != "{}" and time.monotonic() < patience:
            time.sleep(0.05)
            self.runner.run(self._read(3))
        assert self.cursor.beyond == "{}"

    async def _at_end(self) -> Cursor:
        async with self.db.connection() as conn:
            return await log_cursor.at_end(conn)

    async def _read(self, limit: int) -> int:
        async with self.db.connection() as conn:
            entries = await log_cursor.unread(conn, self.cursor, limit)
            self.cursor = await log_cursor.advance(conn, self.cursor, entries)
        self.consumed += entries
        return len(entries)


@pytest.mark.timeout(180)
def test_every_entry_is_read_once_and_those_of_a_ticket_in_order(dsn: str) -> None:
    with asyncio.Runner() as runner:
        db = Database(dsn, size=2)
        runner.run(db.open())
        LogMachine.runner, LogMachine.db = runner, db
        LogMachine.writers = [psycopg.connect(dsn) for _ in range(4)]
        try:
            run_state_machine_as_test(
                LogMachine,
                settings=settings(
                    max_examples=150,
                    stateful_step_count=40,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            for writer in LogMachine.writers:
                writer.close()
            runner.run(db.close())


async def write(db: Database, ticket: str) -> None:
    async with db.transaction() as conn:
        await note(conn, ticket)


async def test_nothing_waits_for_a_transaction_that_still_runs(db: Database) -> None:
    async with db.transaction() as old, db.connection() as conn:
        await note(old, "a")
        await write(db, "b")
        [young] = await log_cursor.unread(conn, BEGINNING, 10)
        assert young.ticket_id == "b"
        cursor = await log_cursor.advance(conn, BEGINNING, [young])
        assert await log_cursor.unread(conn, cursor, 10) == []
    async with db.connection() as conn:
        [entry] = await log_cursor.unread(conn, cursor, 10)
    assert entry.ticket_id == "a"


async def test_the_end_of_the_log_leaves_out_what_was_committed_and_keeps_what_was_not(db: Database) -> None:
    async with db.transaction() as old, db.connection() as conn:
        await note(old, "a")
        await write(db, "b")
        cursor = await log_cursor.at_end(conn)
    async with db.connection() as conn:
        assert [entry.ticket_id for entry in await log_cursor.unread(conn, cursor, 10)] == ["a"]


async def test_a_cursor_of_another_server_is_refused(db: Database) -> None:
    async with db.connection() as conn:
        with pytest.raises(PermanentError, match="frontdesk migrate"):
            await log_cursor.advance(conn, Cursor(2**40, "{}"), [])
