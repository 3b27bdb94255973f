"""SQL of a ticket's place in the order, over a row `t` of `ticket`."""

from datetime import datetime
from typing import Any

from frontdesk.tickets.scoring import Weights

NEEDS_YOU = "t.owner = 'person' and t.waiting_since is not null and t.snoozed_until is null"
SNOOZED = "t.snoozed_until is not null"
MATCHES = "t.ticket_id in (select ticket_id from hit)"
"""Whether a topic alert is met; `hit` holds the tickets of which that is so."""
WAITING = "coalesce(t.waiting_since, 'infinity')"

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


def total(weights: Weights) -> str:
    """The exact score at `%(now)s`."""
    return f"{without_alerts(weights)} + case when {MATCHES} then %(boost)s else 0 end"


def without_alerts(weights: Weights) -> str:
    return f"t.static_score + {_AGE[weights.age_curve]}"


def clock(weights: Weights, now: datetime) -> dict[str, Any]:
    """What `total` takes."""
    return {"now": now, "floor": weights.age_floor_hours, "boost": weights.topic_alert}
