"""Updates the stored scores of open tickets when the weights or a customer's value or churn risk change.

A change of the ticket itself is stored with its new score by `tickets.apply`.
"""

import dataclasses
from collections.abc import Sequence

from psycopg.types.json import Jsonb

from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_value
from frontdesk.terms import CustomerId
from frontdesk.tickets.scoring import Weights, static_score
from frontdesk.tickets.ticket import SELECT, Ticket

_BATCH = 1000
_FACT = "scoring_weights"
_OPEN = " where t.status not in ('resolved', 'closed') and t.ticket_id > %s"


async def rescore_customer(conn: Connection, customer_id: CustomerId, weights: Weights) -> int:
    """Rescore a customer's open tickets, in the transaction of the change; how many scores changed."""
    mine = " and t.customer_id = %s for no key update of t"
    return await _store(
        conn, await fetch_all(conn, Ticket, SELECT + _OPEN + mine, ("", customer_id)), weights
    )


async def rescore_open(db: Database, weights: Weights) -> int:
    """Rescore every open ticket, with a transaction for each batch; how many scores changed."""
    changed, last = 0, ""
    while True:
        async with db.transaction() as conn:
            page = " order by t.ticket_id limit %s for no key update of t"
            tickets = await fetch_all(conn, Ticket, SELECT + _OPEN + page, (last, _BATCH))
            changed += await _store(conn, tickets, weights)
        if len(tickets) < _BATCH:
            return changed
        last = tickets[-1].ticket_id


async def rescore_after_new_weights(db: Database, weights: Weights) -> bool:
    """Rescore every open ticket if the weights differ from those of the stored scores; whether they did."""
    wanted = dataclasses.asdict(weights)
    async with db.connection() as conn:
        stored = await fetch_value(conn, "select value from desk_fact where name = %s", (_FACT,))
    if stored == wanted:
        return False
    await rescore_open(db, weights)
    async with db.connection() as conn:
        await execute(
            conn,
            "insert into desk_fact (name, value) values (%s, %s)"
            " on conflict (name) do update set value = excluded.value",
            (_FACT, Jsonb(wanted)),
        )
    return True


async def _store(conn: Connection, tickets: Sequence[Ticket], weights: Weights) -> int:
    scores = {t.ticket_id: static_score(t.score_inputs, weights, t.read_at) for t in tickets}
    changed = [t.ticket_id for t in tickets if scores[t.ticket_id] != t.static_score]
    if changed:
        await execute(
            conn,
            "update ticket t set static_score = new.score from unnest(%s::text[], %s::float8[]) as new(id, score)"
            " where t.ticket_id = new.id",
            (changed, [scores[ticket_id] for ticket_id in changed]),
        )
    return len(changed)
