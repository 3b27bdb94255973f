"""The figures of the summary: counts, risk, resolution, response times and cost."""

from dataclasses import asdict, dataclass
from typing import Any, LiteralString, TypeVar

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, fetch_all, fetch_one
from frontdesk.terms import HIGH_RISK_ABOVE

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class _Count:
    what: str
    name: str
    tickets: int


@dataclass(frozen=True, slots=True)
class _Totals:
    total_tickets: int
    avg_risk: float
    high_risk_count: int


@dataclass(frozen=True, slots=True)
class _Resolution:
    ai_answered: int
    escalated: int
    resolved: int
    resolved_without_person: int


@dataclass(frozen=True, slots=True)
class _Speed:
    answered: int
    first_response_seconds_avg: float | None
    first_response_seconds_p50: float | None
    first_response_seconds_p95: float | None


@dataclass(frozen=True, slots=True)
class _Work:
    ai_replies: int
    ai_seconds_p50: float | None
    ai_seconds_p95: float | None
    total_usd: float
    input_tokens: int
    output_tokens: int


_COUNTS = """
    select 'by_category' as what, coalesce(category, 'other') as name, count(*) as tickets
        from ticket t where {scope} group by 2
    union all
    select 'by_sentiment', case when sentiment_score < 0.4 then 'negative'
        when sentiment_score > 0.6 then 'positive' else 'neutral' end, count(*) from ticket t where {scope} group by 2
    union all
    select 'by_status', status, count(*) from ticket t where {scope} group by 2
    union all
    select 'by_channel', channel, count(*) from ticket t where {scope} group by 2
"""

_TOTALS = """
    select count(*) as total_tickets, coalesce(avg(risk), 0)::float8 as avg_risk,
        count(*) filter (where risk > %(high_risk)s) as high_risk_count
    from ticket t where {scope}
"""

_RESOLUTION = """
    with outcome as (
        select ticket_id, bool_or(type = 'answered') as answered, bool_or(type = 'escalated') as escalated,
            bool_or(type in ('escalated', 'taken_over')) as person
        from ticket_event where type in ('answered', 'escalated', 'taken_over') group by ticket_id
    )
    select count(*) filter (where outcome.answered) as ai_answered,
        count(*) filter (where outcome.escalated) as escalated,
        count(*) filter (where t.status in ('resolved', 'closed')) as resolved,
        count(*) filter (where t.status in ('resolved', 'closed') and not coalesce(outcome.person, false))
            as resolved_without_person
    from ticket t left join outcome using (ticket_id) where {scope}
"""

_SPEED = """
    with first as (
        select ticket_id, extract(epoch from
            min(created_at) filter (where sender_type in ('ai', 'manager'))
            - min(created_at) filter (where sender_type = 'customer'))::float8 as seconds
        from message m where kind = 'text' and {of_message} group by ticket_id
    )
    select count(seconds) as answered, avg(seconds) as first_response_seconds_avg,
        percentile_cont(0.5) within group (order by seconds) as first_response_seconds_p50,
        percentile_cont(0.95) within group (order by seconds) as first_response_seconds_p95
    from first where seconds >= 0
"""

_WORK = """
    with reply as (
        select (ai->>'latency_ms')::float8 / 1000 as seconds, (ai->>'cost')::numeric as cost,
            (ai->>'input_tokens')::bigint as input_tokens, (ai->>'output_tokens')::bigint as output_tokens
        from message m where sender_type = 'ai' and ai is not null and {of_message}
    )
    select count(*) as ai_replies,
        percentile_cont(0.5) within group (order by seconds) as ai_seconds_p50,
        percentile_cont(0.95) within group (order by seconds) as ai_seconds_p95,
        coalesce(sum(cost), 0)::float8 as total_usd,
        coalesce(sum(input_tokens), 0)::bigint as input_tokens,
        coalesce(sum(output_tokens), 0)::bigint as output_tokens
    from reply
"""


async def summary(conn: Connection, scope: Scope) -> dict[str, Any]:
    """The object of `GET /analytics/summary`, over the tickets of the scope."""
    totals = await _figures(conn, _Totals, _TOTALS, scope)
    resolution = await _figures(conn, _Resolution, _RESOLUTION, scope)
    speed = await _figures(conn, _Speed, _SPEED, scope)
    work = await _figures(conn, _Work, _WORK, scope)
    counts: dict[str, dict[str, int]] = {
        what: {} for what in ("by_category", "by_sentiment", "by_status", "by_channel")
    }
    for row in await fetch_all(conn, _Count, _scoped(_COUNTS, scope), dict(scope.params)):
        counts[row.what][row.name] = row.tickets
    tickets = totals.total_tickets
    return {
        "total_tickets": tickets,
        "avg_risk": round(totals.avg_risk, 4),
        "high_risk_count": totals.high_risk_count,
        **counts,
        "resolution": {
            **asdict(resolution),
            "escalation_rate": _share(resolution.escalated, tickets),
            "resolved_without_person_rate": _share(resolution.resolved_without_person, resolution.resolved),
        },
        "response_time": {
            **{name: _rounded(value) for name, value in asdict(speed).items()},
            "ai_seconds_p50": _rounded(work.ai_seconds_p50),
            "ai_seconds_p95": _rounded(work.ai_seconds_p95),
        },
        "cost": {
            "total_usd": round(work.total_usd, 6),
            "per_ticket_usd": _share(work.total_usd, tickets, 6),
            "ai_replies": work.ai_replies,
            "input_tokens": work.input_tokens,
            "output_tokens": work.output_tokens,
        },
    }


async def _figures(conn: Connection, row: type[Row], query: LiteralString, scope: Scope) -> Row:
    params = {"high_risk": HIGH_RISK_ABOVE, **scope.params}
    figures = await fetch_one(conn, row, _scoped(query, scope), params)
    if figures is None:
        raise AssertionError("a query of aggregates always has a row")
    return figures


def _scoped(query: LiteralString, scope: Scope) -> LiteralString:
    return query.replace("{scope}", scope.condition).replace("{of_message}", scope.of("m.ticket_id"))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _share(part: float, whole: int, digits: int = 4) -> float | None:
    return round(part / whole, digits) if whole else None
