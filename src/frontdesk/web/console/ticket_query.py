"""The query of `GET /tickets`: filters, pages and cursors."""

import base64
import binascii
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import orjson
from fastapi import Depends, Query

from frontdesk.errors import BadRequest, ValidationFailed
from frontdesk.inbox.order import Filters, Group, InboxCursor, Page
from frontdesk.kit.text import clean
from frontdesk.terms import OPEN_STATUSES, ChannelName, Sentiment, Term, TicketStatus

T = TypeVar("T", bound=Term)
MOST_PAGES = 100_000


def _list_of(words: Iterable[str]) -> dict[str, Any]:
    """How OpenAPI tells of a comma list."""
    word = f"({'|'.join(words)})"
    return {"pattern": f"^({word}(,{word})*)?$"}


@dataclass(frozen=True, slots=True)
class Asked:
    filtered: Filters
    topic_alerts: str | None
    limit: int
    page: int
    after: InboxCursor | None

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.limit

    def filters(self, alerts: Sequence[str]) -> Filters:
        return replace(self.filtered, alerts=alerts)

    def next_cursor(self, page: Page, number: int) -> str | None:
        if not page.rows:
            return None
        last = page.rows[-1]
        parts = [page.now.isoformat(), last.total, last.waiting, last.ticket_id, number]
        return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


async def _asked(
    *,
    status: Annotated[
        str,
        Query(
            description="Comma list; `open`: all but resolved and closed.",
            max_length=200,
            json_schema_extra=_list_of([*TicketStatus, "open"]),
        ),
    ] = "",
    channel: Annotated[
        str,
        Query(description="Comma list.", max_length=200, json_schema_extra=_list_of([*ChannelName, "chat"])),
    ] = "",
    category: Annotated[str, Query(description="Comma list.", max_length=500)] = "",
    sentiment: Annotated[
        str,
        Query(description="Comma list of labels.", max_length=100, json_schema_extra=_list_of(Sentiment)),
    ] = "",
    risk_min: Annotated[float | None, Query(ge=0, le=1)] = None,
    q: Annotated[
        str,
        Query(
            description="Words of subject, messages and name, an address, a phone, a number; all must be there.",
            max_length=300,
        ),
    ] = "",
    assignee: Annotated[str | None, Query(description="A name; `none`: nobody's.", max_length=200)] = None,
    customer_id: Annotated[str | None, Query(max_length=200)] = None,
    group: Annotated[
        Group | None, Query(description="Who owes the next move: `needs_you` a person, `ai` anybody else.")
    ] = None,
    waiting: Annotated[
        Literal["person"] | None, Query(description="`person`: the same as `group=needs_you`.")
    ] = None,
    snoozed: Annotated[bool, Query(description="Only tickets that were put off.")] = False,
    topic_alerts: Annotated[
        str | None,
        Query(
            description="Comma list of phrases that move a ticket up, in place of the saved ones.",
            max_length=2100,
        ),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    cursor: Annotated[
        str | None, Query(description="`next_cursor` of the page before.", max_length=1000)
    ] = None,
) -> Asked:
    filters = Filters(
        status=_statuses(status),
        channel=_terms("channel", channel, ChannelName),
        category=_parts(category),
        sentiment=_terms("sentiment", sentiment, Sentiment),
        risk_min=risk_min,
        text=clean(q).strip(),
        assignee=None if assignee is None else _nobody(clean(assignee).strip()),
        customer_id=None if customer_id is None else clean(customer_id),
        snoozed=snoozed,
        group=Group.NEEDS_YOU if group is None and waiting else group,
    )
    return Asked(filters, topic_alerts, limit, page, _after(cursor) if cursor else None)


AskedDep = Annotated[Asked, Depends(_asked)]


def _nobody(assignee: str) -> str:
    return "" if assignee == "none" else assignee


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in clean(text).split(",")) if part]


def _statuses(text: str) -> list[TicketStatus]:
    parts = _parts(text)
    opened = list(OPEN_STATUSES) if "open" in parts else []
    return opened + _terms("status", ",".join(part for part in parts if part != "open"), TicketStatus)


def _terms(name: str, text: str, kind: type[T]) -> list[T]:
    try:
        return [kind(part) for part in _parts(text)]
    except ValueError:
        allowed = ", ".join(kind)
        details = [{"field": f"query.{name}", "message": f"a comma list of {allowed}", "type": "enum"}]
        raise ValidationFailed(f"{name} is a comma list of {allowed}", details) from None


def _after(cursor: str) -> InboxCursor:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        now, total, waiting, ticket_id, page = orjson.loads(raw)
        moment = datetime.fromisoformat(now)
        if waiting != "infinity":
            datetime.fromisoformat(waiting)
        well = (
            moment.tzinfo is not None
            and isinstance(total, float | int)
            and math.isfinite(total)
            and isinstance(ticket_id, str)
            and "\x00" not in ticket_id
            and isinstance(page, int)
            and 1 <= page <= MOST_PAGES
        )
    except (ValueError, TypeError, binascii.Error):
        well = False
    if not well:
        raise BadRequest("the cursor is not one that this list gave")
    return InboxCursor(moment, float(total), waiting, clean(ticket_id), page)
