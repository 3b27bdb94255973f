"""The ticket's row, and how it is opened, found, locked and changed."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import LiteralString

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, fetch_all, fetch_one, fetch_value
from frontdesk.db.words import WORDS, twice
from frontdesk.errors import NotFound
from frontdesk.kit.findable import findable
from frontdesk.terms import (
    ChannelName,
    ConversationId,
    CustomerId,
    Difficulty,
    EscalationReason,
    Owner,
    Priority,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.scoring import Inputs
from frontdesk.tickets.state import NEW, WITH_PERSON, TicketState

DANGERS = frozenset({EscalationReason.SAFETY, EscalationReason.FRAUD, EscalationReason.LEGAL})
"""Reasons for a person to look before anything else."""
_NUMBER = re.compile(r"T-(\d{1,18})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ticket:
    ticket_id: TicketId
    number: int
    conversation_id: ConversationId
    customer_id: CustomerId | None
    previous_id: TicketId | None
    subject: str
    channel: ChannelName
    status: TicketStatus
    owner: Owner
    priority: Priority
    priority_set_by: str
    """`ai`, or `person`: then the AI no longer changes it."""
    category: str | None
    category_set_by: str
    intent: str | None
    sentiment_score: float
    """Of the latest customer message."""
    risk: float
    difficulty: Difficulty
    confidence: float | None
    language: str | None
    tags: list[str]
    summary: str
    suggested_reply: str
    assignee: str | None
    waiting_since: datetime | None
    """When the oldest customer message came that nobody answered."""
    escalated_at: datetime | None
    escalation_reason: str | None
    resolved_at: datetime | None
    last_event_id: int | None
    last_seq: int
    answered_seq: int
    """Up to this message everything was answered, or is a person's."""
    episode_seq: int
    """The first message of the present episode."""
    deadline_at: datetime | None
    snoozed_until: datetime | None
    """Until then it asks no person for anything; only a person's ticket is ever put off."""
    snooze_note: str
    static_score: float
    person_replied_at: datetime | None
    """When a person first replied after the latest escalation."""
    erased_at: datetime | None
    """When everything that the customer said was erased: what is left are figures."""
    created_at: datetime
    updated_at: datetime
    churn_risk: float
    """Of the customer, 0..1; so is `ltv`, in the desk's currency unit. Both are 0 where unknown."""
    ltv: float
    read_at: datetime
    """The database's time when this row was read."""

    def __post_init__(self) -> None:
        for name, term in (
            ("channel", ChannelName),
            ("status", TicketStatus),
            ("owner", Owner),
            ("priority", Priority),
            ("difficulty", Difficulty),
        ):
            object.__setattr__(self, name, term(getattr(self, name)))

    @property
    def state(self) -> TicketState:
        return TicketState(self.status, self.owner)

    @property
    def score_inputs(self) -> Inputs:
        return Inputs(
            created_at=self.created_at,
            priority=self.priority,
            difficulty=self.difficulty,
            churn_risk=self.churn_risk,
            ltv=self.ltv,
            waiting_since=self.waiting_since,
            sentiment_score=self.sentiment_score,
            in_danger=self.escalation_reason in DANGERS and self.awaits_first_reply,
        )

    @property
    def awaits_first_reply(self) -> bool:
        """Whether a person has the ticket and has not replied yet."""
        return self.state == WITH_PERSON and self.waiting_since is not None and self.person_replied_at is None


_OF_CUSTOMER = ("churn_risk", "ltv", "read_at")
COLUMNS = tuple(field.name for field in fields(Ticket) if field.name not in _OF_CUSTOMER)
"""The columns of the table, in the order of the class: the one place that lists them."""

OF_TICKET = ", ".join(f"t.{column}" for column in COLUMNS)
"""By name: a column that a newer version has added does not disturb this one while they run side by side."""

_COLUMNS_AND_CUSTOMER = f"""
    select {OF_TICKET}, coalesce(u.churn_risk, 0)::float8 as churn_risk, coalesce(u.ltv, 0)::float8 as ltv,
        clock_timestamp() as read_at
"""
_WITH_CUSTOMER = "left join customer u on u.customer_id = t.customer_id"
SELECT = f"{_COLUMNS_AND_CUSTOMER} from ticket t {_WITH_CUSTOMER}"
"""Rows of `Ticket`; the table is `t`, its customer `u`."""
_LOCKED: LiteralString = " for no key update of t"


def ticket_number(number: int) -> str:
    """The number for people, `T-000123`."""
    return f"T-{number:06d}"


async def next_number(conn: Connection) -> int:
    return int(await fetch_value(conn, "select nextval('ticket_number')"))


_OPEN = f"""
    with t as (
        insert into ticket (ticket_id, number, conversation_id, customer_id, channel, subject, status, owner,
            priority, priority_set_by, language, previous_id, words)
        values (%s, coalesce(%s::bigint, nextval('ticket_number')), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, {WORDS})
        returning *
    ) {_COLUMNS_AND_CUSTOMER} from t {_WITH_CUSTOMER}
"""


async def open_ticket(
    conn: Connection,
    ticket_id: TicketId,
    number: int | None,
    *,
    conversation_id: ConversationId,
    customer_id: CustomerId | None,
    channel: ChannelName,
    subject: str,
    priority: Priority | None,
    language: str | None,
    previous_id: TicketId | None,
) -> Ticket:
    """Insert a new ticket, under the next number where it has none yet.

    A priority that the customer's system gave stays until a person changes it.
    """
    opened = await fetch_one(
        conn,
        Ticket,
        _OPEN,
        (
            ticket_id,
            number,
            conversation_id,
            customer_id,
            channel,
            subject,
            NEW.status,
            NEW.owner,
            priority or Priority.NORMAL,
            "producer" if priority else "ai",
            language,
            previous_id,
            *twice(findable(subject)),
        ),
    )
    if opened is None:
        raise AssertionError("an insert that returns its row returned none")
    return opened


async def get(conn: Connection, ticket_id: TicketId, scope: Scope) -> Ticket:
    """Raises `NotFound`, also for a ticket outside the scope."""
    return await _existing(conn, ticket_id, scope, "")


async def lock(conn: Connection, ticket_id: TicketId, scope: Scope) -> Ticket:
    """The same, held against every other writer until the transaction ends."""
    return await _existing(conn, ticket_id, scope, _LOCKED)


async def _existing(conn: Connection, ticket_id: TicketId, scope: Scope, locking: LiteralString) -> Ticket:
    query = SELECT + " where t.ticket_id = %(ticket_id)s and " + scope.condition + locking
    row = await fetch_one(conn, Ticket, query, {"ticket_id": ticket_id, **scope.params})
    if row is None:
        raise NotFound("there is no such ticket")
    return row


async def find(conn: Connection, name: str, scope: Scope) -> TicketId | None:
    """The id behind what a path names: an id, or a number for people (`T-000123`); None outside the scope."""
    number = _NUMBER.fullmatch(name)
    named = "select t.ticket_id from ticket t where (t.ticket_id = %(name)s or t.number = %(number)s) and "
    by_id_first = " order by t.ticket_id = %(name)s desc limit 1"
    params = {"name": name, "number": int(number[1]) if number else None, **scope.params}
    row = await fetch_value(conn, named + scope.condition + by_id_first, params)
    return None if row is None else TicketId(row)


def _in_conversation(scope: Scope) -> LiteralString:
    return (
        " where t.conversation_id = %(conversation_id)s and "
        + scope.condition
        + " order by t.created_at desc, t.number desc limit %(limit)s"
    )


async def newest_in(
    conn: Connection, conversation_id: ConversationId, limit: int, scope: Scope
) -> list[Ticket]:
    """The conversation's tickets, newest first."""
    params = {"conversation_id": conversation_id, "limit": limit, **scope.params}
    return await fetch_all(conn, Ticket, SELECT + _in_conversation(scope), params)


async def latest_in(
    conn: Connection, conversation_id: ConversationId, scope: Scope, *, locked: bool = False
) -> Ticket | None:
    """The conversation's newest ticket; `locked`: held against every other writer."""
    query = SELECT + _in_conversation(scope) + (_LOCKED if locked else "")
    return await fetch_one(
        conn, Ticket, query, {"conversation_id": conversation_id, "limit": 1, **scope.params}
    )


async def newest(conn: Connection, scope: Scope, limit: int, offset: int) -> list[Ticket]:
    """All tickets of the scope, what moved last first: for scopes of few, such as one customer's."""
    params = {"limit": limit, "offset": offset, **scope.params}
    order = " order by t.updated_at desc, t.number desc limit %(limit)s offset %(offset)s"
    return await fetch_all(conn, Ticket, SELECT + " where " + scope.condition + order, params)


async def count(conn: Connection, scope: Scope) -> int:
    """How many tickets the scope has: for scopes of few."""
    return int(
        await fetch_value(conn, "select count(*) from ticket t where " + scope.condition, scope.params)
    )
