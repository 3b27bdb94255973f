"""After a dump was restored into another server: transaction numbers of the old one mean nothing there."""

from typing import Any

import psycopg

_FOREIGN = (
    "select exists (select from ticket_event where xact >= pg_snapshot_xmax(pg_current_snapshot()))"
    " or exists (select from log_cursor where horizon > pg_snapshot_xmax(pg_current_snapshot()))"
)
# Whatever stands before a cursor's horizon is said by ids from now on, which no server gives another meaning.
_CURSORS = """
    update log_cursor c set horizon = '0', beyond = c.beyond + coalesce((
        select range_agg(int8range(event_id, event_id, '[]')) from ticket_event where xact < c.horizon
    ), '{}')
"""
# Every entry in a dump was committed: it belongs before all that this server will ever write.
_ENTRIES = "update ticket_event set xact = '1' where xact >= pg_snapshot_xmax(pg_current_snapshot())"


def adopt(conn: psycopg.Connection[Any]) -> bool:
    """Make the log and the cursors of its followers good for this server; whether they were another's.

    Call it before anything writes: later the new server's numbers may have reached the old one's.
    """
    with conn.transaction():
        if conn.execute(_FOREIGN).fetchone() != (True,):
            return False
        conn.execute(_CURSORS)
        conn.execute(_ENTRIES)
        return True
