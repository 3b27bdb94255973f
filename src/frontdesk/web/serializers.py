"""From rows to the JSON that the contracts promise; HTTP and sockets show the same."""

import json
from collections.abc import Sequence
from typing import Any

from frontdesk.access.actor import Actor
from frontdesk.access.scope import scope_of
from frontdesk.actions.ai import Outcome, ReplyDraft
from frontdesk.db.pool import Connection
from frontdesk.errors import NotFound
from frontdesk.inbox import order, saved_alerts
from frontdesk.inbox.order import TicketView
from frontdesk.kit.times import stamp, stamp_or_none
from frontdesk.settings import Settings
from frontdesk.terms import Sentiment, TicketId, TicketStatus
from frontdesk.tickets import attachments
from frontdesk.tickets.action import Action
from frontdesk.tickets.attachments import Attachment
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.log import Entry
from frontdesk.tickets.message import Message
from frontdesk.tickets.records import source_record
from frontdesk.tickets.scoring import Weights
from frontdesk.tickets.ticket import COLUMNS, ticket_number
from frontdesk.web import schemas

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


_SHOWN_OTHERWISE = (
    "last_event_id",
    "waiting_since",
    "snoozed_until",
    "created_at",
    "updated_at",
    "escalated_at",
)
_AS_THEY_ARE = tuple(
    name for name in schemas.Ticket.model_fields if name in COLUMNS and name not in _SHOWN_OTHERWISE
)
"""Fields of the JSON that are columns of the ticket, value for value."""


def ticket_json(row: TicketView) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        "ticket_number": ticket_number(row.number),
        "sentiment": Sentiment.of(row.sentiment_score),
        "customer_id": row.customer_id or row.claimed_customer_id,
        "customer": _customer(row),
        "waiting_since": stamp_or_none(row.waiting_since),
        "snoozed_until": stamp_or_none(row.snoozed_until),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "escalated_at": stamp_or_none(row.escalated_at),
        "last_event_id": None if row.last_event_id is None else str(row.last_event_id),
        "smart_score": round(row.total, 4),
        "matches_topic_alert": row.matches,
        "ai_state": _ai_state(row),
        "identity_proof": row.identity_proof,
        "preview": row.preview,
        "message_count": row.message_count,
        "previous_ticket_id": row.previous_id,
    }


async def ticket_view(conn: Connection, actor: Actor, settings: Settings, ticket_id: str) -> dict[str, Any]:
    """The ticket's JSON as it is now for this reader. Raises `NotFound`, also outside their scope."""
    alerts = await saved_alerts.phrases_of(conn, actor)
    row = await order.view(conn, TicketId(ticket_id), scope_of(actor), Weights.of(settings), alerts)
    if row is None:
        raise NotFound("there is no such ticket")
    return ticket_json(row)


def _customer(row: TicketView) -> dict[str, Any]:
    return {
        "customer_id": row.customer_id or row.claimed_customer_id,
        "name": row.customer_name,
        "email": row.customer_email,
        "phone": row.customer_phone,
        "vip": row.vip,
        "ltv": row.ltv,
        "churn_risk": row.churn_risk,
    }


def _ai_state(row: TicketView) -> str:
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
        "attachments": [attachment_json(attachment) for attachment in attachments],
        "channel": message.channel,
        "delivery_state": message.delivery_state,
        "payload": message.payload,
        "edited_at": stamp_or_none(message.edited_at),
        "deleted_at": stamp_or_none(message.deleted_at),
        "reactions": message.reactions,
        "reading": message.reading,
        "ai": _ai(message.ai),
        "created_at": stamp(message.created_at),
    }


async def message_view(conn: Connection, message: Message) -> dict[str, Any]:
    files = await attachments.of_messages(conn, [message])
    return message_json(message, files.get(message.message_id, ()))


def draft_json(draft: ReplyDraft) -> dict[str, Any]:
    return {
        "content": draft.content,
        "tone": draft.tone,
        "channel": draft.channel,
        "reasoning": draft.reasoning,
        "confidence": round(draft.confidence, 4),
        "sources": [source_record(source) for source in draft.sources],
        "personalization": {
            "used_order_info": draft.used_order_info,
            "mentioned_tracking": draft.mentioned_tracking,
            "referenced_past_issue": False,
            "applied_vip_treatment": False,
        },
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What `POST /ai/respond` answers."""
    content: dict[str, Any] = {"decision": "answer"}
    if outcome.reply is not None:
        asked_back = (outcome.reply.ai or {}).get("decision") == "ask"
        content = {"decision": "ask" if asked_back else "answer", "message": message_json(outcome.reply)}
    if outcome.escalation is not None:
        escalation = outcome.escalation
        content["decision"] = "escalate"
        content["escalation"] = {
            "escalation_id": escalation.escalation_id,
            "reason": escalation.reason,
            "reason_text": escalation.reason_text,
        }
    return content


def attachment_json(attachment: Attachment) -> dict[str, Any]:
    return {
        "attachment_id": attachment.attachment_id,
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "url": f"/api/v1/attachments/{attachment.attachment_id}",
        "text": attachment.text,
        "failure": attachment.failure,
    }


def _ai(ai: dict[str, Any] | None) -> dict[str, Any] | None:
    if ai is None:
        return None
    lists = {name: ai.get(name) or [] for name in ("sources", "rationale", "proof")}
    return {name: ai.get(name) for name in _AI_FIELDS} | lists


def entry_view(entry: Entry) -> dict[str, Any]:
    return {
        "event_id": str(entry.event_id),
        "ticket_id": entry.ticket_id,
        "type": entry.type,
        "actor": entry.actor,
        "actor_kind": entry.actor_kind,
        "data": entry.data,
        "created_at": stamp(entry.created_at),
    }


def action_json(action: Action) -> dict[str, Any]:
    return {
        "action_id": action.action_id,
        "ticket_id": action.ticket_id,
        "tool": action.tool,
        "input": json.loads(action.input),
        "summary": action.summary,
        "state": action.state,
        "digest": action.digest,
        "decided_by": action.decided_by,
        "attempts": action.attempts,
        "result": action.result,
        "error": action.error,
        "created_at": stamp(action.created_at),
        "decided_at": stamp_or_none(action.decided_at),
        "started_at": stamp_or_none(action.started_at),
        "ended_at": stamp_or_none(action.ended_at),
    }


def escalation_json(escalation: Escalation) -> dict[str, Any]:
    url = f"/api/v1/mails/{escalation.escalation_id}.html" if escalation.mail_html is not None else None
    return {
        "escalation_id": escalation.escalation_id,
        "reason": escalation.reason,
        "reason_text": escalation.reason_text,
        "created_at": stamp(escalation.created_at),
        "mail": {
            "state": _MAIL_STATES.get(escalation.mail_state, escalation.mail_state),
            "to": escalation.mail_to,
            "subject": escalation.mail_subject,
            "text": escalation.mail_text,
            "html_url": url,
            "error": escalation.mail_error,
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
