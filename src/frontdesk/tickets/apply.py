"""The one door for changes of a ticket: next state, row, score and log entry, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import LiteralString

from psycopg import sql
from psycopg.types.json import Jsonb

from frontdesk.access.actor import Actor
from frontdesk.audit import door
from frontdesk.db.pool import Connection, execute
from frontdesk.terms import TicketId
from frontdesk.tickets.audited import acts_of
from frontdesk.tickets.entries import NewEntry, entries_of
from frontdesk.tickets.events import AiStarted, SideEvent, StateEvent, TakenOver
from frontdesk.tickets.evolve import evolve
from frontdesk.tickets.log import SIGNAL
from frontdesk.tickets.scoring import Weights, static_score
from frontdesk.tickets.ticket import COLUMNS, Ticket


@dataclass(frozen=True, slots=True)
class TicketChanges:
    """Applies events to tickets; `weights` are what the stored part of the score is made of."""

    weights: Weights

    async def apply(self, conn: Connection, ticket: Ticket, event: StateEvent, actor: Actor) -> Ticket:
        """The ticket after the event; `ticket` is its row as the caller has locked it in this transaction.

        Raises `Conflict` where the event cannot happen to the ticket now. What is so already (the AI at work,
        a person who has the ticket) is no event: nothing is written.
        """
        after = evolve(ticket, event)
        if isinstance(event, AiStarted | TakenOver) and after.state == ticket.state:
            return ticket
        after = replace(after, static_score=static_score(after.score_inputs, self.weights, after.read_at))
        await _write(conn, ticket, after, entries_of(event, ticket), actor)
        return after

    async def note(self, conn: Connection, ticket_id: TicketId, event: SideEvent, actor: Actor) -> None:
        """Keep an event that leaves the ticket's row as it is."""
        entries = entries_of(event)
        acts = acts_of(ticket_id, entries, actor)
        params = _log_params(ticket_id, entries, actor)
        if acts:
            params |= door.params(acts)
        await execute(conn, f"with {_AUDITED} {_LOG}" if acts else _LOG, params)
        conn.signals.add(SIGNAL)

    async def forget(self, conn: Connection, ticket_ids: Sequence[TicketId]) -> int:
        """What the log of erased tickets has of words and names goes; that and when things happened stays."""
        return await execute(conn, _FORGET, (list(FIGURES), list(ticket_ids)))


FIGURES = (
    "answered", "by", "category", "confidence", "escalation_id", "fields", "intent", "provider", "reason", "state",
    "until",
)  # fmt: skip
"""Of an entry's data: what is no word of the customer's."""
_FORGET = """
    update ticket_event set data = coalesce((
        select jsonb_object_agg(key, value) from jsonb_each(data) where key = any(%s)), '{}')
     where ticket_id = any(%s)
"""
_AUDITED: LiteralString = f"audited as ({door.INSERT})"
_LOG: LiteralString = (
    " insert into ticket_event (ticket_id, type, actor, actor_kind, actor_id, message_id, data)"
    " select %(ticket_id)s, e.type, %(actor)s, %(actor_kind)s, %(actor_id)s, e.message_id, e.data"
    " from unnest(%(types)s::text[], %(message_ids)s::text[], %(datas)s::jsonb[])"
    " with ordinality as e(type, message_id, data, position) order by e.position"
)


async def _write(
    conn: Connection, before: Ticket, after: Ticket, entries: list[NewEntry], actor: Actor
) -> None:
    """What differs, the log's entries and the audit's, in one statement."""
    changed = {
        name: getattr(after, name) for name in COLUMNS if getattr(after, name) != getattr(before, name)
    }
    acts = acts_of(before.ticket_id, entries, actor, before, after)
    params = {**_log_params(before.ticket_id, entries, actor), **changed}
    if acts:
        params |= door.params(acts)
    await execute(conn, _change(tuple(changed), bool(acts)), params)
    conn.signals.add(SIGNAL)


@lru_cache(maxsize=500)
def _change(names: tuple[str, ...], has_acts: bool) -> sql.SQL:
    """The few kinds of changes that there are come again and again: each is composed once."""
    sets = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in names]
    audited: LiteralString = f", {_AUDITED}" if has_acts else ""
    text: LiteralString = (
        "with changed as (update ticket set {} where ticket_id = %(ticket_id)s)" + audited + _LOG
    )
    composed = sql.SQL(text).format(sql.SQL(", ").join([*sets, sql.SQL("updated_at = clock_timestamp()")]))
    return sql.SQL(composed.as_string(None))  # of identifiers and placeholders alone


def _log_params(ticket_id: TicketId, entries: list[NewEntry], actor: Actor) -> dict[str, object]:
    return {
        "ticket_id": ticket_id,
        "actor": actor.name,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "types": [entry.type.value for entry in entries],
        "message_ids": [entry.message_id for entry in entries],
        "datas": [Jsonb(entry.data) for entry in entries],
    }
