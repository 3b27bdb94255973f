"""What was accepted and is not recorded yet."""

import re

from frontdesk.db.pool import Connection, fetch_value

_NUMBER = re.compile(r"T-0*(\d{1,18})", re.IGNORECASE | re.ASCII)


async def is_coming(conn: Connection, name: str) -> bool:
    """Whether a ticket of this id or number (`T-000123`) was accepted and is about to be recorded."""
    number = _NUMBER.fullmatch(name)
    waiting = await fetch_value(
        conn,
        "select exists (select from raw_event where recorded_at is null and ticket_id is not null"
        " and (ticket_id = %s or body->>'ticket_number' = %s))",
        (name, number[1] if number else None),
    )
    return bool(waiting)


async def accepted_number(conn: Connection, ticket_id: str) -> int | None:
    """The number that a ticket's first message was accepted with."""
    query = (
        "select coalesce((select min((body->>'ticket_number')::bigint) from raw_event where ticket_id = %(id)s),"
        " (select number from ticket where ticket_id = %(id)s))"
    )
    number = await fetch_value(conn, query, {"id": ticket_id})
    return None if number is None else int(number)
