"""What a customer sees of a ticket in the portal: what was said, and how it stands; nothing of how it was worked on."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection
from frontdesk.escalation.route import RoutingRules
from frontdesk.kit.times import stamp
from frontdesk.portal.writing import is_answerable
from frontdesk.terms import ChannelName, DeliveryState, SenderType, TicketStatus
from frontdesk.tickets import attachments, conversation
from frontdesk.tickets.attachments import Attachment
from frontdesk.tickets.ticket import Ticket, ticket_number
from frontdesk.web.chat.frames import said_after, status_of
from frontdesk.web.schemas import Pagination


class ExpectedPerson(BaseModel):
    minutes: int | None
    opens_at: str | None


class PortalTicket(BaseModel):
    ticket_id: str
    ticket_number: str
    subject: str
    channel: ChannelName
    status: TicketStatus
    next: Literal["ai", "person", "customer", "nobody"] = Field(description="Who owes the next move.")
    person: ExpectedPerson | None = Field(description="When a person may be expected, where one is.")
    created_at: str
    updated_at: str


class PortalFile(BaseModel):
    attachment_id: str
    filename: str
    content_type: str
    size: int
    is_here: bool = Field(description="Whether it can be fetched.")


class PortalSource(BaseModel):
    title: str
    url: str | None


class PortalMessage(BaseModel):
    message_id: str
    seq: int
    sender_type: SenderType
    sender_name: str | None
    content: str
    attachments: list[PortalFile]
    sources: list[PortalSource] = Field(description="The articles that an answer comes from.")
    delivery_state: DeliveryState
    created_at: str


class PortalTickets(BaseModel):
    tickets: list[PortalTicket]
    pagination: Pagination


class PortalConversation(BaseModel):
    ticket: PortalTicket
    messages: list[PortalMessage]
    is_answerable: bool = Field(description="Whether it can be answered here; if not, on its own channel.")


class PortalAccepted(BaseModel):
    ticket_id: str
    ticket_number: str = Field(description="Empty while it is not known.")
    status: Literal["recorded", "pending"]


def ticket_view(row: Ticket, route: RoutingRules) -> dict[str, Any]:
    status = status_of(row, route)
    return {
        "ticket_id": row.ticket_id,
        "ticket_number": ticket_number(row.number),
        "subject": row.subject,
        "channel": row.channel,
        "status": row.status,
        "next": status["next"],
        "person": status["person"],
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


async def conversation_view(
    conn: Connection, scope: Scope, row: Ticket, route: RoutingRules
) -> dict[str, Any]:
    pairs = await said_after(conn, scope, row, 0)
    files = await attachments.of_messages(conn, [message for message, _ in pairs])
    talk = await conversation.get(conn, row.conversation_id)
    return {
        "ticket": ticket_view(row, route),
        "messages": [_message(view, files.get(message.message_id, [])) for message, view in pairs],
        "is_answerable": talk is not None and is_answerable(talk.channel, talk.account),
    }


def _message(view: dict[str, Any], files: list[Attachment]) -> dict[str, Any]:
    return {
        "message_id": view["message_id"],
        "seq": view["seq"],
        "sender_type": view["sender_type"],
        "sender_name": view["sender_name"],
        "content": view["content"],
        "attachments": [_file(file) for file in files],
        "sources": [{"title": source["title"], "url": source.get("url")} for source in view["sources"]],
        "delivery_state": view["delivery_state"],
        "created_at": view["created_at"],
    }


def _file(file: Attachment) -> dict[str, Any]:
    return {
        "attachment_id": file.attachment_id,
        "filename": file.filename,
        "content_type": file.content_type,
        "size": file.size,
        "is_here": file.blob_key is not None,
    }
