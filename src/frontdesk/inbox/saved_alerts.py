"""Topic alerts that an operator keeps: they lift tickets in that operator's inbox alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from frontdesk.access.actor import Actor
from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, execute, fetch_dicts, fetch_value
from frontdesk.inbox.alerts import alert_params, hits_of

MOST_COUNTED = 1000
"""Of a common word more are not counted: that it is common is all there is to know."""
_OPEN = "t.status not in ('resolved', 'closed')"


@dataclass(frozen=True, slots=True)
class SavedAlert:
    phrase: str
    matches: int
    """Open tickets that have it, `MOST_COUNTED` at most."""


async def phrases_of(conn: Connection, owner: Actor) -> list[str]:
    """In the order in which they were given."""
    query = "select phrase from topic_alert where owner = %s order by position"
    return [str(row["phrase"]) for row in await fetch_dicts(conn, query, (_name(owner),))]


async def save(conn: Connection, owner: Actor, phrases: Sequence[str]) -> None:
    """In place of those that were there."""
    await execute(conn, "delete from topic_alert where owner = %s", (_name(owner),))
    await execute(
        conn,
        "insert into topic_alert (owner, phrase, position)"
        " select %s, given.phrase, given.position from unnest(%s::text[]) with ordinality as given(phrase, position)",
        (_name(owner), list(phrases)),
    )


async def counted(conn: Connection, owner: Actor, scope: Scope) -> list[SavedAlert]:
    """Each with how many open tickets have it that the owner may read."""
    return [
        SavedAlert(phrase, await _matches(conn, phrase, scope)) for phrase in await phrases_of(conn, owner)
    ]


async def _matches(conn: Connection, phrase: str, scope: Scope) -> int:
    query = (
        f"select count(*) from (select from ticket t join ({hits_of([phrase])}) hit using (ticket_id)"
        f" where {_OPEN} and {scope.condition} limit %(most)s) matching"
    )
    params = {**scope.params, **alert_params([phrase]), "most": MOST_COUNTED}
    return int(await fetch_value(conn, sql.SQL(query), params))


def _name(owner: Actor) -> str:
    return f"{owner.kind}:{owner.id}"
