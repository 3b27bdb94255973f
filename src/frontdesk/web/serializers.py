"""From rows to the JSON that the contracts promise; HTTP and sockets show the same."""

from collections.abc import Sequence
from typing import Any

from frontdesk.db.pool import Connection
from frontdesk.errors import NotFound
from frontdesk.inbox import order
from frontdesk.inbox.order import Row
from frontdesk.inbox.scoring import Weights
from frontdesk.kit.times import stamp, stamp_or_none
from frontdesk.settings import Settings
from frontdesk.terms import Sentiment, TicketId, TicketStatus
from frontdesk.tickets import message as messages
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.log import Entry
from frontdesk.tickets.message import Attachment, Message
from frontdesk.tickets.ticket import ticket_number

_AI_FIELDS = (
    "provider",
    "model",
    "prompt_version",
    "confidence",
    "cost",
    "reasoning",
    "decision",
    "latency_ms",
)
_MAIL_STATES = {"sending": "queued"}


def ticket_json(row: Row) -> dict[str, Any]:
    return {
        "ticket_id": row.ticket_id,
        "ticket_number": ticket_number(row.number),
        "subject": row.subject,
        "status": row.status,
        "channel": row.channel,
        "priority": row.priority,
        "category": row.category,
        "intent": row.intent,
        "sentiment": Sentiment.of(row.sentiment_score),
        "sentiment_score": row.sentiment_score,
        "risk": row.risk,
        "difficulty": row.difficulty,
        "confidence": row.confidence,
        "language": row.language,
        "tags": row.tags,
        "summary": row.summary,
        "suggested_reply": row.suggested_reply,
        "customer_id": row.customer_id,
        "customer": _customer(row),
        "assignee": row.assignee,
        "waiting_since": stamp_or_none(row.waiting_since),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "escalated_at": stamp_or_none(row.escalated_at),
        "escalation_reason": row.escalation_reason,
        "last_event_id": None if row.last_event_id is None else str(row.last_event_id),
        "smart_score": round(row.total, 4),
        "matches_topic_alert": row.matches,
        "ai_state": _ai_state(row),
        "owner": row.owner,
        "preview": row.preview,
        "message_count": row.message_count,
        "previous_ticket_id": row.previous_id,
    }


async def ticket_view(conn: Connection, settings: Settings, ticket_id: str) -> dict[str, Any]:
    """The ticket's JSON as it stands now. Raises `NotFound`."""
    row = await order.view(conn, TicketId(ticket_id), Weights.of(settings))
    if row is None:
        raise NotFound("there is no such ticket")
    return ticket_json(row)


def _customer(row: Row) -> dict[str, Any]:
    return {
        "customer_id": row.customer_id,
        "name": row.customer_name,
        "email": row.customer_email,
        "phone": row.customer_phone,
        "vip": row.vip,
        "ltv": row.ltv,
        "churn_risk": row.churn_risk,
    }


def _ai_state(row: Row) -> str:
    if row.owner == "person":
        return "silent"
    return "working" if row.status == TicketStatus.AI_PROCESSING else "idle"


def message_json(message: Message, attachments: Sequence[Attachment] = ()) -> dict[str, Any]:
    """For staff: with what the AI made of it."""
    return {
        "message_id": message.message_id,
        "ticket_id": message.ticket_id,
        "seq": message.seq,
        "sender_type": message.sender_type,
        "sender_name": message.sender_name,
        "kind": message.kind,
        "content": message.content,
        "attachments": [attachment_json(one) for one in attachments],
        "channel": message.channel,
        "delivery_state": message.delivery_state,
        "reading": message.reading,
        "ai": _ai(message.ai),
        "created_at": stamp(message.created_at),
    }


async def message_view(conn: Connection, one: Message) -> dict[str, Any]:
    attachments = await messages.attachments_of(conn, [one.message_id])
    return message_json(one, attachments.get(one.message_id, ()))


def attachment_json(one: Attachment) -> dict[str, Any]:
    return {
        "attachment_id": one.attachment_id,
        "filename": one.filename,
        "content_type": one.content_type,
        "size": one.size,
        "url": f"/api/v1/attachments/{one.attachment_id}",
    }


def _ai(ai: dict[str, Any] | None) -> dict[str, Any] | None:
    if ai is None:
        return None
    return {**{name: ai.get(name) for name in _AI_FIELDS}, "sources": ai.get("sources") or []}


def entry_view(entry: Entry) -> dict[str, Any]:
    return {
        "event_id": str(entry.event_id),
        "ticket_id": entry.ticket_id,
        "type": entry.type,
        "actor": entry.actor,
        "data": entry.data,
        "created_at": stamp(entry.created_at),
    }


def escalation_json(one: Escalation) -> dict[str, Any]:
    url = f"/api/v1/mails/{one.escalation_id}.html" if one.mail_html is not None else None
    return {
        "escalation_id": one.escalation_id,
        "reason": one.reason,
        "reason_text": one.reason_text,
        "created_at": stamp(one.created_at),
        "mail": {
            "state": _MAIL_STATES.get(one.mail_state, one.mail_state),
            "to": one.mail_to,
            "subject": one.mail_subject,
            "text": one.mail_text,
            "html_url": url,
            "error": one.mail_error,
        },
    }


def pagination(
    page: int, limit: int, total: int, shown: int, next_cursor: str | None = None
) -> dict[str, Any]:
    has_next = (page - 1) * limit + shown < total and shown > 0
    return {
        "page": page,
        "limit": limit,
        "total": total,
        "has_next": has_next,
        "has_prev": page > 1,
        "next_cursor": next_cursor if has_next else None,
    }
