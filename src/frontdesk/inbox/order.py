"""The smart order of tickets in SQL, with scores exact at the time of the query."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from psycopg import sql

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, fetch_all, fetch_one, fetch_value
from frontdesk.inbox.alerts import MATCHES
from frontdesk.inbox.search import HAS_WORD, WORD, number_of, word_params
from frontdesk.kit.findable import asked_words, phrase
from frontdesk.terms import ChannelName, Proof, Sentiment, Term, TicketId, TicketStatus
from frontdesk.tickets.scoring import Weights
from frontdesk.tickets.ticket import OF_TICKET, Ticket

_NEEDS_YOU = "t.owner = 'person' and t.waiting_since is not null"

# All columns of a ticket's JSON.
_VIEW = f"""
    select {OF_TICKET}, coalesce(u.churn_risk, 0)::float8 as churn_risk, coalesce(u.ltv, 0)::float8 as ltv,
        clock_timestamp() as read_at, coalesce(u.name, c.claimed->>'name') as customer_name,
        coalesce(u.email, c.claimed->>'email') as customer_email,
        coalesce(u.phone, c.claimed->>'phone') as customer_phone, c.claimed->>'customer_id' as claimed_customer_id,
        coalesce(u.vip, false) as vip, coalesce(c.proof, 'none') as identity_proof, p.total, p.matches,
        (select count(*) from message m where m.ticket_id = t.ticket_id) as message_count,
        (select left(m.content, 200) from message m
          where m.ticket_id = t.ticket_id and m.sender_type = 'customer' order by m.seq desc limit 1) as preview
    from pool p join ticket t using (ticket_id) left join customer u on u.customer_id = t.customer_id
        left join conversation c on c.conversation_id = t.conversation_id
"""

_POOL = """
    with pool as (
        select ticket_id, waiting, matches, needs_you,
            static_score + age + case when matches then %(boost)s else 0 end as total
        from (
            select t.ticket_id, t.static_score, coalesce(t.waiting_since, 'infinity') as waiting,
                {matches} as matches, {needs_you} as needs_you, {age} as age
            from ticket t where {where}
        ) as scored
    )
"""

_AGE = {
    "fresh": """
        case when t.waiting_since is null then 0
             else 1 / greatest(extract(epoch from %(now)s - t.waiting_since)::float8 / 3600, %(floor)s) end
    """,
    "growing": """
        case when t.waiting_since is null then 0
             else least(greatest(extract(epoch from %(now)s - t.waiting_since)::float8 / 86400, 0), 2.0) end
    """,
}

_SENTIMENT = {
    Sentiment.NEGATIVE: "t.sentiment_score < 0.4",
    Sentiment.NEUTRAL: "t.sentiment_score between 0.4 and 0.6",
    Sentiment.POSITIVE: "t.sentiment_score > 0.6",
}

_COUNTED = """
    select row(count(*) filter (where {in_group}), count(*) filter (where {in_group} and p.matches),
        count(*) filter (where p.needs_you), count(*) filter (where not p.needs_you))::text from pool p
"""

# After the cursor's ticket: among equal scores the longest waiting first, then by id.
_AFTER = """
    p.total < %(last_total)s or (p.total = %(last_total)s
        and (p.waiting, p.ticket_id) > (%(last_waiting)s::timestamptz, %(last_id)s))
"""


class Group(Term):
    """Whose turn it is."""

    NEEDS_YOU = "needs_you"
    """A person's ticket with an unanswered message."""
    AI = "ai"
    """All others: the turn is the AI's or the customer's."""


_IN_GROUP = {None: "true", Group.NEEDS_YOU: "p.needs_you", Group.AI: "not p.needs_you"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on tickets; an empty one holds for all."""

    status: Sequence[TicketStatus] = ()
    channel: Sequence[ChannelName] = ()
    category: Sequence[str] = ()
    sentiment: Sequence[Sentiment] = ()
    risk_min: float | None = None
    text: str = ""
    assignee: str | None = None
    """A name; the empty text selects unassigned tickets."""
    customer_id: str | None = None
    group: Group | None = None
    alerts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class InboxCursor:
    """The last ticket of the previous page, and the time for which its score was computed."""

    now: datetime
    total: float
    waiting: str
    ticket_id: str
    page: int


@dataclass(frozen=True, slots=True)
class TicketView(Ticket):
    """A ticket with its customer and its total score, for lists and single views."""

    claimed_customer_id: str | None
    """The unproven customer id that the peer claims."""
    customer_name: str | None
    customer_email: str | None
    customer_phone: str | None
    vip: bool
    identity_proof: Proof
    total: float
    matches: bool
    message_count: int
    preview: str | None

    def __post_init__(self) -> None:
        Ticket.__post_init__(self)  # `super()` finds no class here: slots make a new one
        object.__setattr__(self, "identity_proof", Proof(self.identity_proof))

    @property
    def waiting(self) -> str:
        return "infinity" if self.waiting_since is None else self.waiting_since.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[TicketView]
    total: int
    matches: int
    needs_you: int
    """Counted, like `ai`, with all filters except `group`."""
    ai: int
    now: datetime


@dataclass(slots=True)
class _Where:
    conditions: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **params: Any) -> None:
        self.conditions.append(condition)
        self.params |= params


async def page(
    conn: Connection,
    scope: Scope,
    filters: Filters,
    weights: Weights,
    limit: int,
    offset: int = 0,
    after: InboxCursor | None = None,
) -> Page:
    """One page in smart order. `after` overrides `offset`, and keeps the time of the previous page."""
    now = after.now if after else datetime.now(UTC)
    where = _where(filters, scope)
    params = {**where.params, **_clock(weights, now, filters.alerts), "limit": limit, "offset": offset}
    if after is not None:
        params |= {
            "last_total": after.total,
            "last_waiting": after.waiting,
            "last_id": after.ticket_id,
            "offset": 0,
        }
    pool = _pool(weights, " and ".join(where.conditions), bool(filters.alerts))
    in_group = _IN_GROUP[filters.group]
    condition = f"{in_group} and ({_AFTER})" if after else in_group
    query = f"{pool}{_VIEW} where {condition} order by p.total desc, p.waiting, p.ticket_id"
    rows = await fetch_all(conn, TicketView, _built(f"{query} limit %(limit)s offset %(offset)s"), params)
    counted = await fetch_value(conn, _built(pool + _COUNTED.format(in_group=in_group)), params)
    total, matches, needs_you, ai = map(int, str(counted).strip("()").split(","))
    return Page(rows, total, matches, needs_you, ai, now)


async def view(
    conn: Connection, ticket_id: TicketId, scope: Scope, weights: Weights, alerts: Sequence[str] = ()
) -> TicketView | None:
    """One ticket as `page` shows it; None outside the scope."""
    params = {**_clock(weights, datetime.now(UTC), alerts), **scope.params, "ticket_id": ticket_id}
    its_row = f"t.ticket_id = %(ticket_id)s and {scope.condition}"
    query = _pool(weights, its_row, bool(alerts)) + _VIEW
    return await fetch_one(conn, TicketView, _built(query), params)


def _where(filters: Filters, scope: Scope) -> _Where:
    where = _Where()
    where.add(scope.condition, **scope.params)
    for name in ("status", "channel", "category"):
        if wanted := getattr(filters, name):
            where.add(f"t.{name} = any(%({name})s)", **{name: list(wanted)})
    if filters.sentiment:
        where.add("(" + " or ".join(_SENTIMENT[label] for label in filters.sentiment) + ")")
    if filters.risk_min is not None:
        where.add("t.risk >= %(risk_min)s", risk_min=filters.risk_min)
    if filters.assignee is not None:
        where.add("t.assignee is not distinct from nullif(%(assignee)s, '')", assignee=filters.assignee)
    if filters.customer_id is not None:
        where.add(_OF_CUSTOMER, customer_id=filters.customer_id)
    if filters.text:
        words = asked_words(filters.text)
        every = " and ".join(HAS_WORD.format(word=WORD.format(at=at)) for at in range(len(words)))
        by_number = f"(t.number = %(number)s or {every or 'false'})"
        where.add(by_number, number=number_of(filters.text), **word_params(words))
    return where


_OF_CUSTOMER = """
    (t.customer_id = %(customer_id)s or t.customer_id is null and exists (select from conversation c
        where c.conversation_id = t.conversation_id and c.claimed->>'customer_id' = %(customer_id)s))
"""


def _clock(weights: Weights, now: datetime, alerts: Sequence[str]) -> dict[str, Any]:
    return {
        "now": now,
        "floor": weights.age_floor_hours,
        "boost": weights.topic_alert,
        "alerts": [phrase(alert) for alert in alerts],
    }


def _pool(weights: Weights, where: str, alerts: bool) -> str:
    return _POOL.format(
        matches=MATCHES if alerts else "false",
        needs_you=_NEEDS_YOU,
        age=_AGE[weights.age_curve],
        where=where,
    )


def _built(query: str) -> sql.SQL:
    """Composed only of this module's literals; all values are parameters."""
    return sql.SQL(query)
