"""A dump in another server: followers go on where they were."""

from frontdesk.db.migrate import adopt_restored_log
from frontdesk.db.pool import Database, execute, fetch_one
from frontdesk.tickets import log_cursor
from frontdesk.tickets.log_cursor import Cursor
from tests.tickets.notes import note

AHEAD = 10**9
"""Transaction numbers that this server will not reach in a test."""


async def kept_cursor(db: Database) -> Cursor:
    async with db.connection() as conn:
        query = "select horizon::text::bigint, beyond::text from log_cursor"
        cursor = await fetch_one(conn, Cursor, query)
    assert cursor is not None
    return cursor


async def test_a_follower_of_a_restored_log_goes_on_where_it_was(db: Database) -> None:
    async with db.connection() as conn:
        for ticket in ("read", "read too", "unread", "read beyond"):
            await note(conn, ticket)
        await execute(
            conn,
            "update ticket_event set xact = (%s::bigint + event_id)::text::xid8",
            (AHEAD,),
        )
        await execute(
            conn,
            "insert into log_cursor (consumer, horizon, beyond) values ('f', %s::text::xid8, '{[4,5)}')",
            (str(AHEAD + 3),),
        )
    assert adopt_restored_log(db.dsn)
    cursor = await kept_cursor(db)
    async with db.connection() as conn:
        await note(conn, "new")
        entries = await log_cursor.unread(conn, cursor, 10)
        assert [entry.ticket_id for entry in entries] == ["unread", "new"]
        cursor = await log_cursor.advance(conn, cursor, entries)
        assert await log_cursor.unread(conn, cursor, 10) == []
        # The new entry alone may be beyond the horizon: other databases of the server have transactions too.
        assert cursor.beyond in ("{}", "{[5,6)}")


async def test_a_log_of_this_server_is_left_alone(db: Database) -> None:
    async with db.connection() as conn:
        await note(conn, "a")
    assert not adopt_restored_log(db.dsn)
