"""What the clocks ask of all tickets at once."""

from datetime import timedelta

from frontdesk.db.pool import Connection, fetch_dicts, fetch_value
from frontdesk.terms import TicketId, TicketStatus

# Nothing will ever look at them: their lane rests, or there is none.
_FORGOTTEN = """
    select t.ticket_id from ticket t left join lane l on l.key = 'ticket:' || t.ticket_id
     where t.status in ('new', 'ai_processing') and t.updated_at < now() - %s
       and (l.key is null or (l.due_at = 'infinity' and l.lease_until is null and l.parked_at is null))
     limit 100
"""
_DUE = (
    "select ticket_id from ticket where snoozed_until <= clock_timestamp() order by snoozed_until limit 100"
)
_OPEN = "select status, count(*) as n from ticket where status not in ('resolved', 'closed') group by status"


async def forgotten(conn: Connection, untouched: timedelta) -> list[TicketId]:
    """Tickets that the AI has on hand and nobody has touched for so long, a hundred at most."""
    return [TicketId(row["ticket_id"]) for row in await fetch_dicts(conn, _FORGOTTEN, (untouched,))]


async def snoozed_until_now(conn: Connection) -> list[TicketId]:
    """Tickets whose snooze is over, the longest first, a hundred at most."""
    return [TicketId(row["ticket_id"]) for row in await fetch_dicts(conn, _DUE)]


async def count_open(conn: Connection) -> dict[TicketStatus, int]:
    """How many open tickets there are of each status."""
    return {TicketStatus(row["status"]): int(row["n"]) for row in await fetch_dicts(conn, _OPEN)}


async def count_delayed_mails(conn: Connection) -> int:
    """How many e-mails to managers could not leave yet and are tried again."""
    waiting = "mail_state in ('queued', 'sending') and mail_next_at is not null"
    return int(await fetch_value(conn, "select count(*) from escalation where " + waiting))
