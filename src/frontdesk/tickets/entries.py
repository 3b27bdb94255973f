"""What the log keeps of an event: one entry, or two where a resolved ticket is opened again by it. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from frontdesk.kit.times import stamp
from frontdesk.terms import MessageId, TicketStatus
from frontdesk.tickets.events import (
    UNCHANGED,
    ActionDecided,
    ActionEnded,
    ActionProposed,
    ActionReturned,
    AiAssisted,
    AiDrafted,
    AiReplied,
    AiStarted,
    Analysed,
    Closed,
    CustomerDeleted,
    CustomerEdited,
    CustomerIdentified,
    CustomerReacted,
    CustomerWrote,
    Delivered,
    Erased,
    Escalated,
    FieldsChanged,
    HandedBack,
    MailFailed,
    MailPostponed,
    MailSent,
    NoteAdded,
    Opened,
    PersonReplied,
    QuestionReopened,
    ReachChanged,
    ReceiptCame,
    Resolved,
    SendFailed,
    SendPostponed,
    SideEvent,
    Snoozed,
    StateEvent,
    TakenOver,
    TicketEvent,
    Woken,
)
from frontdesk.tickets.evolve import woken_by
from frontdesk.tickets.ticket import Ticket


class EntryType(StrEnum):
    OPENED = "opened"
    REOPENED = "reopened"
    MESSAGE = "message"
    ANALYSED = "analysed"
    ANSWERED = "answered"
    ASKED = "asked"
    ASSISTED = "assisted"
    DRAFTED = "drafted"
    ESCALATED = "escalated"
    MAIL_SENT = "mail_sent"
    MAIL_FAILED = "mail_failed"
    MAIL_DELAYED = "mail_delayed"
    TAKEN_OVER = "taken_over"
    HANDED_BACK = "handed_back"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    RESOLVED = "resolved"
    CLOSED = "closed"
    ERASED = "erased"
    DELIVERED = "delivered"
    SEND_FAILED = "send_failed"
    SEND_DELAYED = "send_delayed"
    EDITED = "edited"
    DELETED = "deleted"
    REACTED = "reacted"
    RECEIPT = "receipt"
    REACH = "reach"
    NOTE = "note"
    CHANGED = "changed"
    ACTION_PROPOSED = "action_proposed"
    ACTION_APPROVED = "action_approved"
    ACTION_REJECTED = "action_rejected"
    ACTION_RETURNED = "action_returned"
    ACTION_ENDED = "action_ended"


@dataclass(frozen=True, slots=True)
class NewEntry:
    type: EntryType
    message_id: MessageId | None = None
    data: dict[str, object] = field(default_factory=dict)


def entries_of(event: TicketEvent, before: Ticket | None = None) -> list[NewEntry]:
    """`before`: the ticket as it was, for an event that may change it."""
    entry = _state_entry(event) if isinstance(event, StateEvent) else _side_entry(event)
    if before is None or not isinstance(event, StateEvent):
        return [entry]
    woken = woken_by(before, event)
    if woken:
        awake = NewEntry(EntryType.WOKEN, data={"by": woken, "note": before.snooze_note})
        return [awake] if isinstance(event, Woken) else [awake, entry]
    reopens = isinstance(event, CustomerWrote | TakenOver) and before.status is TicketStatus.RESOLVED
    return [NewEntry(EntryType.REOPENED), entry] if reopens else [entry]


def _state_entry(event: StateEvent) -> NewEntry:  # noqa: C901, PLR0911, PLR0912  # one case for each event
    match event:
        case Opened():
            return NewEntry(EntryType.OPENED)
        case CustomerWrote() | PersonReplied():
            return NewEntry(EntryType.MESSAGE, event.message_id)
        case CustomerDeleted():
            return NewEntry(EntryType.DELETED, event.message_id)
        case AiStarted() | QuestionReopened():
            return NewEntry(EntryType.CHANGED)
        case CustomerIdentified():
            return NewEntry(EntryType.CHANGED, data={"fields": ["customer"]})
        case Analysed():
            reading = event.reading
            kept = {"category": reading.category, "intent": reading.intent}
            return NewEntry(EntryType.ANALYSED, data={**kept, "confidence": round(reading.confidence, 3)})
        case AiReplied():
            type_ = EntryType.ASKED if event.asked_back else EntryType.ANSWERED
            data = {"provider": event.provider, "confidence": round(event.confidence, 3)}
            return NewEntry(type_, event.message_id, data)
        case AiAssisted():
            data = {"answered": event.left_since is None, "confidence": round(event.confidence, 3)}
            return NewEntry(EntryType.ASSISTED, event.message_id, data)
        case AiDrafted():
            data = {"confidence": round(event.confidence, 3), "reasoning": event.reasoning}
            return NewEntry(EntryType.DRAFTED, data=data)
        case Escalated():
            return NewEntry(EntryType.ESCALATED, data={"reason": event.reason, "text": event.reason_text})
        case TakenOver():
            return NewEntry(EntryType.TAKEN_OVER)
        case Snoozed():
            return NewEntry(EntryType.SNOOZED, data={"until": stamp(event.until), "note": event.note})
        case Woken():
            return NewEntry(EntryType.WOKEN, data={"by": event.by})
        case HandedBack():
            return NewEntry(EntryType.HANDED_BACK)
        case Resolved():
            return NewEntry(EntryType.RESOLVED)
        case Closed():
            return NewEntry(EntryType.CLOSED)
        case Erased():
            return NewEntry(EntryType.ERASED)
        case FieldsChanged():
            names = ("assignee", "category", "intent", "priority", "tags")
            changed = [name for name in names if getattr(event, name) is not UNCHANGED]
            return NewEntry(EntryType.CHANGED, data={"fields": changed})
        case _:
            assert_never(event)


def _side_entry(event: SideEvent) -> NewEntry:  # noqa: PLR0911  # one case for each event
    match event:
        case CustomerEdited():
            return NewEntry(
                EntryType.EDITED, event.message_id, {"before": event.before, "after": event.after}
            )
        case CustomerReacted():
            return NewEntry(EntryType.REACTED, event.message_id, {"emoji": event.emoji})
        case ReceiptCame():
            return NewEntry(EntryType.RECEIPT, event.message_id, {"state": event.state})
        case ReachChanged():
            return NewEntry(EntryType.REACH, data={"reason": event.reason})
        case NoteAdded():
            return NewEntry(EntryType.NOTE, event.message_id)
        case Delivered():
            return NewEntry(EntryType.DELIVERED, event.message_id)
        case SendFailed():
            return NewEntry(EntryType.SEND_FAILED, event.message_id, {"error": event.error})
        case SendPostponed():
            return NewEntry(EntryType.SEND_DELAYED, event.message_id, {"error": event.error})
        case MailSent() | MailFailed() | MailPostponed():
            return _mail_entry(event)
        case ActionProposed() | ActionDecided() | ActionReturned() | ActionEnded():
            return _action_entry(event)
        case _:
            assert_never(event)


def _mail_entry(event: MailSent | MailFailed | MailPostponed) -> NewEntry:
    def of(type_: EntryType, state: str, error: str | None) -> NewEntry:
        return NewEntry(type_, data={"escalation_id": event.escalation_id, "state": state, "error": error})

    match event:
        case MailSent():
            return of(EntryType.MAIL_SENT, event.state, None)
        case MailFailed():
            return of(EntryType.MAIL_FAILED, "parked", event.error)
        case MailPostponed():
            return of(EntryType.MAIL_DELAYED, "queued", event.error)


def _action_entry(event: ActionProposed | ActionDecided | ActionReturned | ActionEnded) -> NewEntry:
    data: dict[str, object] = {"action_id": event.action_id, "tool": event.tool}
    match event:
        case ActionProposed():
            return NewEntry(
                EntryType.ACTION_PROPOSED, data={**data, "summary": event.summary, "state": event.state}
            )
        case ActionDecided():
            type_ = EntryType.ACTION_APPROVED if event.approved else EntryType.ACTION_REJECTED
            return NewEntry(type_, data={**data, "note": event.note})
        case ActionReturned():
            return NewEntry(EntryType.ACTION_RETURNED, data=data)
        case ActionEnded():
            ended = {**data, "state": event.state, "detail": event.detail}
            return NewEntry(EntryType.ACTION_ENDED, event.message_id, ended)
