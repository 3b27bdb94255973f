"""The smart order of tickets in SQL, with scores exact at the time of the query."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from psycopg import sql

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, fetch_all, fetch_one
from frontdesk.inbox.alerts import alert_params, hits_of
from frontdesk.inbox.counts import Counts, counted, kept, matching, snoozed
from frontdesk.inbox.scored import MATCHES, NEEDS_YOU, SNOOZED, WAITING, clock, total
from frontdesk.inbox.search import found_by
from frontdesk.inbox.top import NOBODY_WAITS, PERSON_OWES, SOMEBODY_WAITS, Wanted, candidates
from frontdesk.terms import OPEN_STATUSES, ChannelName, Proof, Sentiment, Term, TicketId, TicketStatus
from frontdesk.tickets.scoring import Weights
from frontdesk.tickets.ticket import OF_TICKET, Ticket

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
    with hit as materialized ({hits}), pool as (
        select t.ticket_id, {waiting} as waiting, {matches} as matches, {total} as total from ticket t where {where}
    )
"""

_AMONG = "t.ticket_id = any(%(among)s::text[])"
_HITS_AMONG = "select unnest(%(hits)s::text[]) as ticket_id"

_LIFTED = "select unnest(%(lifted_ids)s::text[]) as ticket_id"

_SENTIMENT = {
    Sentiment.NEGATIVE: "t.sentiment_score < 0.4",
    Sentiment.NEUTRAL: "t.sentiment_score between 0.4 and 0.6",
    Sentiment.POSITIVE: "t.sentiment_score > 0.6",
}

# After the cursor's ticket: among equal scores the longest waiting first, then by id.
_AFTER = """
    p.total < %(last_total)s or (p.total = %(last_total)s
        and (p.waiting, p.ticket_id) > (%(last_waiting)s::timestamptz, %(last_id)s))
"""


class Group(Term):
    """Whose turn it is."""

    NEEDS_YOU = "needs_you"
    """A person's ticket with an unanswered message, or with a reminder that is due; none that is snoozed."""
    AI = "ai"
    """All others: the turn is the AI's or the customer's."""


_IN_GROUP = {None: "true", Group.NEEDS_YOU: f"({NEEDS_YOU})", Group.AI: f"not ({NEEDS_YOU})"}
_COUNTED = {None: "true", Group.NEEDS_YOU: "t.needs_you", Group.AI: "not t.needs_you"}
_KINDS = {
    None: (NOBODY_WAITS, SOMEBODY_WAITS, PERSON_OWES),
    Group.NEEDS_YOU: (PERSON_OWES,),
    Group.AI: (NOBODY_WAITS, SOMEBODY_WAITS),
}


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
    snoozed: bool = False
    """Only those that were put off."""
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
    snoozed: int
    """Of all that may be read, whatever the filters."""
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
    where, hits = _where(filters, scope), hits_of(filters.alerts)
    params = where.params | clock(weights, now) | alert_params(filters.alerts)
    condition = " and ".join([*where.conditions, _IN_GROUP[filters.group]])
    if after is not None:
        params |= {"last_total": after.total, "last_waiting": after.waiting, "last_id": after.ticket_id}
    first = 0 if after else offset
    wanted = Wanted(
        condition,
        params,
        hits,
        _KINDS[filters.group],
        with_snoozed=filters.group is Group.AI,
        count=first + limit,
        is_after=after is not None,
    )
    pool, among = await _narrowed(conn, wanted, filters, weights, now)
    query = f"{pool}{_VIEW} where {_AFTER if after else 'true'} order by p.total desc, p.waiting, p.ticket_id"
    page_params = params | among | {"limit": limit, "offset": first}
    query += " limit %(limit)s offset %(offset)s"
    rows = await fetch_all(conn, TicketView, _built(query), page_params)
    counts = await _counts(conn, filters, scope, where, hits, params)
    put_off = await snoozed(conn, scope)
    return Page(rows, counts.total, counts.matches, counts.needs_you, counts.ai, put_off, now)


async def view(
    conn: Connection, ticket_id: TicketId, scope: Scope, weights: Weights, alerts: Sequence[str] = ()
) -> TicketView | None:
    """One ticket as `page` shows it; None outside the scope."""
    now = clock(weights, datetime.now(UTC))
    params = {**now, **scope.params, **alert_params(alerts), "ticket_id": ticket_id}
    its_row = f"t.ticket_id = %(ticket_id)s and {scope.condition}"
    pool = _pool(weights, hits_of(alerts, of_one=True), its_row)
    return await fetch_one(conn, TicketView, _built(pool + _VIEW), params)


async def _narrowed(
    conn: Connection, wanted: Wanted, filters: Filters, weights: Weights, now: datetime
) -> tuple[str, dict[str, Any]]:
    """The pool of tickets that the page is cut from, with its values: as few as are known to hold it."""
    narrow = await candidates(conn, wanted, weights, now) if _is_indexed(filters) else None
    if narrow is None:
        return _pool(weights, wanted.hits, wanted.where), {}
    among = [candidate.ticket_id for candidate in narrow]
    lifted = [candidate.ticket_id for candidate in narrow if candidate.matches]
    pool = _pool(weights, _LIFTED, f"{wanted.where} and t.ticket_id = any(%(among)s::text[])")
    return pool, {"among": among, "lifted_ids": lifted}


def _is_indexed(filters: Filters) -> bool:
    """Whether the order's own indexes help: they hold open tickets, and words and customers have better ones."""
    only_open = bool(filters.status) and set(filters.status) <= set(OPEN_STATUSES)
    return only_open and not filters.text and not filters.snoozed and filters.customer_id is None


async def _counts(
    conn: Connection, filters: Filters, scope: Scope, where: "_Where", hits: str, params: dict[str, Any]
) -> Counts:
    condition, in_group = " and ".join(where.conditions), _COUNTED[filters.group]
    plain = replace(filters, status=(), channel=(), category=(), group=None, alerts=())
    if plain != Filters() or not scope.is_of_kept_counts:
        return await counted(conn, hits, condition, params, in_group)
    counts = await kept(conn, condition, params, in_group)
    if not filters.alerts:
        return counts
    return replace(counts, matches=await matching(conn, hits, condition, params, in_group))


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
    if filters.snoozed:
        where.add(SNOOZED)
    if filters.text:
        condition, params = found_by(filters.text)
        where.add(condition, **params)
    return where


_OF_CUSTOMER = """
    (t.customer_id = %(customer_id)s or t.customer_id is null and exists (select from conversation c
        where c.conversation_id = t.conversation_id and c.claimed->>'customer_id' = %(customer_id)s))
"""


def _pool(weights: Weights, hits: str, where: str) -> str:
    return _POOL.format(hits=hits, waiting=WAITING, matches=MATCHES, total=total(weights), where=where)


def _built(query: str) -> sql.SQL:
    """Composed only of this module's literals; all values are parameters."""
    return sql.SQL(query)
