"""Reads whose size a caller chooses have an end, and write nothing."""

import psycopg
import pytest

from frontdesk.db.pool import Database
from frontdesk.errors import Unavailable


async def test_a_read_that_takes_too_long_is_ended_and_the_connection_serves_on(db: Database) -> None:
    with pytest.raises(Unavailable, match="too long"):
        async with db.reading(0.05) as conn:
            await conn.execute("select pg_sleep(20)")
    async with db.connection() as conn:
        row = await (await conn.execute("select current_setting('statement_timeout')")).fetchone()
    assert row == ("0",)


async def test_a_read_cannot_write(db: Database) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        async with db.reading() as conn:
            await conn.execute("insert into customer (customer_id) values ('c')")
