"""The ticket's row, and how it is opened, found, locked and changed."""

import re
from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from frontdesk.db.pool import Connection, execute, fetch_one, fetch_value
from frontdesk.errors import NotFound
from frontdesk.terms import (
    ChannelName,
    ConversationId,
    CustomerId,
    Difficulty,
    Owner,
    Priority,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.state import OPENED, Standing

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
    static_score: float
    created_at: datetime
    updated_at: datetime

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
    def standing(self) -> Standing:
        return Standing(self.status, self.owner)


def ticket_number(number: int) -> str:
    """The number for people, `T-000123`."""
    return f"T-{number:06d}"


async def next_number(conn: Connection) -> int:
    return int(await fetch_value(conn, "select nextval('ticket_number')"))


async def open_ticket(
    conn: Connection,
    ticket_id: TicketId,
    number: int,
    *,
    conversation_id: ConversationId,
    customer_id: CustomerId | None,
    channel: ChannelName,
    subject: str,
    priority: Priority | None,
    language: str | None,
    previous_id: TicketId | None,
) -> Ticket:
    """Insert a new ticket; a priority that the customer's system gave stays until a person changes it."""
    await execute(
        conn,
        "insert into ticket (ticket_id, number, conversation_id, customer_id, channel, subject, status, owner,"
        " priority, priority_set_by, language, previous_id)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            ticket_id,
            number,
            conversation_id,
            customer_id,
            channel,
            subject,
            OPENED.status,
            OPENED.owner,
            priority or Priority.NORMAL,
            "producer" if priority else "ai",
            language,
            previous_id,
        ),
    )
    return await get(conn, ticket_id)


async def get(conn: Connection, ticket_id: TicketId) -> Ticket:
    """Raises `NotFound`."""
    found = await fetch_one(conn, Ticket, "select * from ticket where ticket_id = %s", (ticket_id,))
    if found is None:
        raise NotFound("there is no such ticket")
    return found


async def lock(conn: Connection, ticket_id: TicketId) -> Ticket:
    """The ticket, held against every other writer until the transaction ends. Raises `NotFound`."""
    query = "select * from ticket where ticket_id = %s for no key update"
    found = await fetch_one(conn, Ticket, query, (ticket_id,))
    if found is None:
        raise NotFound("there is no such ticket")
    return found


async def find(conn: Connection, name: str) -> TicketId | None:
    """The id behind what a path names: an id, or a number for people (`T-000123`)."""
    number = _NUMBER.fullmatch(name)
    found = await fetch_value(
        conn,
        "select ticket_id from ticket where ticket_id = %s or number = %s order by ticket_id = %s desc limit 1",
        (name, int(number[1]) if number else None, name),
    )
    return None if found is None else TicketId(found)


async def latest_in(conn: Connection, conversation_id: ConversationId) -> Ticket | None:
    """The conversation's newest ticket, locked."""
    return await fetch_one(
        conn,
        Ticket,
        "select * from ticket where conversation_id = %s order by created_at desc, number desc limit 1"
        " for no key update",
        (conversation_id,),
    )


async def change(conn: Connection, ticket_id: TicketId, **fields: object) -> None:
    """Set these columns; `updated_at` follows."""
    sets = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in fields]
    query = sql.SQL("update ticket set {}, updated_at = clock_timestamp() where ticket_id = {}").format(
        sql.SQL(", ").join(sets), sql.Placeholder("of_ticket")
    )
    await execute(conn, query, {**fields, "of_ticket": ticket_id})


async def stand(conn: Connection, ticket_id: TicketId, standing: Standing, **fields: object) -> None:
    await change(conn, ticket_id, status=standing.status, owner=standing.owner, **fields)
