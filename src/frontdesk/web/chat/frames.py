"""What a customer's browser is told: never notes, readings, models, reasons or costs."""

from datetime import UTC, datetime
from typing import Any, Literal, assert_never

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection
from frontdesk.errors import FrontdeskError
from frontdesk.escalation.route import RoutingRules, expected_answer
from frontdesk.kit.times import stamp, stamp_or_none
from frontdesk.terms import Owner, SenderType, TicketStatus
from frontdesk.tickets import attachments, message
from frontdesk.tickets.attachments import Attachment
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket, ticket_number

UNNAMED = "operator"
"""What the seam of identity calls whoever sits at this machine."""


def shown(row: Message, attachments: list[Attachment]) -> dict[str, Any]:
    """A message as its customer may see it."""
    return {
        "message_id": row.message_id,
        "ticket_id": row.ticket_id,
        "seq": row.seq,
        "sender_type": row.sender_type,
        "sender_name": _name(row),
        "content": row.content,
        "attachments": [_attachment(file) for file in attachments],
        "channel": row.channel,
        "delivery_state": row.delivery_state,
        "client_msg_id": row.client_msg_id,
        "sources": sources_of(row),
        "choices": choices_of(row),
        "created_at": stamp(row.created_at),
    }


def _name(row: Message) -> str | None:
    """Who speaks; until there is a sign-in staff has no names of their own."""
    return None if row.sender_type is SenderType.CUSTOMER or row.sender_name == UNNAMED else row.sender_name


def sources_of(row: Message) -> list[dict[str, Any]]:
    if row.ai is None or row.ai.get("decision") == "escalate":
        return []
    sources: list[dict[str, Any]] = row.ai.get("sources", [])
    return sources


def choices_of(row: Message) -> list[str]:
    """Replies that the AI's question offers, each as the customer would write it."""
    if row.ai is None or row.ai.get("decision") != "ask":
        return []
    choices: list[str] = row.ai.get("choices", [])
    return choices


def _attachment(file: Attachment) -> dict[str, Any]:
    return {"filename": file.filename, "content_type": file.content_type, "size": file.size}


def status_of(ticket: Ticket, route: RoutingRules) -> dict[str, Any]:
    """`next` says who owes the next move; where it is a person, `person` says when they may be expected."""
    next_move = _next_move(ticket)
    return {
        "type": "status",
        "status": ticket.status,
        "ticket_id": ticket.ticket_id,
        "ticket_number": ticket_number(ticket.number),
        "escalated": ticket.owner is Owner.PERSON,
        "next": next_move,
        "person": _expected_person(route) if next_move == "person" else None,
    }


def _next_move(ticket: Ticket) -> Literal["ai", "person", "customer", "nobody"]:
    match ticket.status:
        case TicketStatus.NEW | TicketStatus.AI_PROCESSING:
            return "ai"
        case TicketStatus.ESCALATED:
            return "customer" if ticket.waiting_since is None else "person"
        case TicketStatus.WAITING:
            return "customer"
        case TicketStatus.RESOLVED | TicketStatus.CLOSED:
            return "nobody"
        case _:
            assert_never(ticket.status)


def _expected_person(route: RoutingRules) -> dict[str, Any]:
    """`minutes` where people are at work, else the moment at which they begin."""
    expected = expected_answer(datetime.now(UTC), route)
    if expected.open_now:
        return {"minutes": expected.minutes, "opens_at": None}
    return {"minutes": None, "opens_at": stamp_or_none(expected.opens_at)}


async def said_after(
    conn: Connection, scope: Scope, ticket: Ticket, after_seq: int
) -> list[tuple[Message, dict[str, Any]]]:
    """The ticket's messages behind `after_seq`, notes left out, each with what the customer sees of it."""
    later = await message.of_ticket(conn, ticket.ticket_id, scope, after_seq)
    rows = [row for row in later if row.kind == "text" and row.deleted_at is None]
    files = await attachments.of_messages(conn, rows) if rows else {}
    return [(row, shown(row, files.get(row.message_id, []))) for row in rows]


def frames_of(row: Message, view: dict[str, Any], own: bool, live: bool) -> list[dict[str, Any]]:
    """The frames that bring one message: an ack to who sent it, the end of a stream for the AI's, else the message."""
    if row.sender_type == SenderType.CUSTOMER:
        if own:
            return [{"type": "ack", "client_msg_id": row.client_msg_id, "seq": row.seq}]
        return [{"type": "message", "message": view}]
    if row.sender_type == SenderType.AI and live:
        sources = {"type": "sources", "message_id": row.message_id, "sources": view["sources"]}
        return [*([sources] if view["sources"] else []), {"type": "complete", "message": view}]
    return [{"type": "message", "message": view}]


def error_frame(error: FrontdeskError) -> dict[str, Any]:
    retryable = error.status in (429, 503)
    return {"type": "error", "code": error.code, "message": error.message, "retryable": retryable}
