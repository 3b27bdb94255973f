"""Where tickets that a producer names are held already: its follow-ups go to the conversation they belong to."""

from collections.abc import Collection
from dataclasses import dataclass

from frontdesk.bus.incoming import Place
from frontdesk.db.pool import Connection, fetch_all
from frontdesk.terms import ChannelName

# One that is accepted and not recorded yet has no ticket: its event tells the place.
_KNOWN = """
    select distinct on (ticket_id) * from (
        select t.ticket_id, c.channel, c.account, c.address, c.thread, 1 as choice
          from ticket t join conversation c using (conversation_id) where t.ticket_id = any(%(ids)s)
        union all
        select ticket_id, body->>'channel', body->>'account', body->'peer'->>'address',
               coalesce(body->>'thread', ''), 2
          from raw_event where ticket_id = any(%(ids)s) and recorded_at is null
    ) known order by ticket_id, choice
"""


@dataclass(frozen=True, slots=True)
class _Known:
    ticket_id: str
    channel: str
    account: str
    address: str
    thread: str
    choice: int


async def known_places(conn: Connection, ticket_ids: Collection[str]) -> dict[str, Place]:
    """By ticket; a ticket that nobody knows is left out."""
    rows = await fetch_all(conn, _Known, _KNOWN, {"ids": list(ticket_ids)})
    return {
        row.ticket_id: Place(ChannelName(row.channel), row.account, row.address, row.thread) for row in rows
    }
