"""What an event makes of a ticket's row. Pure: the same row and event always give the same row."""

from dataclasses import replace
from typing import assert_never

from frontdesk.errors import Conflict
from frontdesk.terms import Priority, TicketStatus
from frontdesk.tickets.events import (
    UNCHANGED,
    AiAssisted,
    AiDrafted,
    AiReplied,
    AiStarted,
    Analysed,
    Closed,
    CustomerDeleted,
    CustomerIdentified,
    CustomerWrote,
    Erased,
    Escalated,
    FieldsChanged,
    HandedBack,
    Opened,
    PersonReplied,
    QuestionReopened,
    Resolved,
    Snoozed,
    StateEvent,
    TakenOver,
    Woken,
    WokenBy,
)
from frontdesk.tickets.reading import Reading
from frontdesk.tickets.state import WAITING, WITH_PERSON, next_state
from frontdesk.tickets.ticket import DANGERS, Ticket

_URGENCY = (Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT)


def evolve(ticket: Ticket, event: StateEvent) -> Ticket:
    """The row after the event; the score is not yet brought up to date.

    Raises `Conflict` where the event cannot happen to a ticket in this state.
    """
    state = next_state(ticket.state, event)
    if state is None:
        raise Conflict(f"the ticket is {ticket.status}: {type(event).__name__} cannot happen to it now")
    after = _with_fields(replace(ticket, status=state.status, owner=state.owner), ticket, event)
    if after.snoozed_until and (after.state != WITH_PERSON or woken_by(ticket, event)):
        return replace(after, snoozed_until=None, snooze_note="")
    return after


def woken_by(ticket: Ticket, event: StateEvent) -> WokenBy | None:
    """Whether the event ends the ticket's snooze; what leads away from the person ends it without a word."""
    if ticket.snoozed_until is None:
        return None
    match event:
        case Woken():
            return event.by
        case CustomerWrote() if not event.to_assistant:
            return WokenBy.MESSAGE
        case AiAssisted() if event.left_since:
            return WokenBy.MESSAGE
        case _:
            return None


def _with_fields(after: Ticket, before: Ticket, event: StateEvent) -> Ticket:  # noqa: C901, PLR0911, PLR0912  # one case for each event
    match event:
        case Opened() | AiStarted():
            return after
        case CustomerWrote():
            return _customer_wrote(after, before, event)
        case CustomerDeleted():
            return replace(after, waiting_since=event.waiting_since if before.waiting_since else None)
        case CustomerIdentified():
            return replace(after, customer_id=event.customer_id, ltv=event.ltv, churn_risk=event.churn_risk)
        case QuestionReopened():
            return replace(after, answered_seq=event.answered_seq, waiting_since=before.read_at)
        case Analysed():
            return _analysed(after, event)
        case AiReplied():
            return replace(
                after, answered_seq=event.answered_seq, confidence=event.confidence, waiting_since=None
            )
        case AiAssisted():
            return replace(
                after,
                answered_seq=max(before.answered_seq, event.answered_seq),
                waiting_since=before.waiting_since or event.left_since,
            )
        case AiDrafted():
            return replace(
                after,
                suggested_reply=event.content,
                answered_seq=event.answered_seq,
                confidence=event.confidence,
                person_replied_at=None,
            )
        case Escalated():
            return _escalated(after, event)
        case TakenOver():
            return replace(
                after,
                assignee=before.assignee or event.assignee,
                resolved_at=None,
                waiting_since=before.waiting_since or event.waiting_since,
            )
        case PersonReplied():
            return replace(
                after,
                answered_seq=event.seq,
                waiting_since=None,
                person_replied_at=before.person_replied_at or before.read_at,
            )
        case Snoozed():
            return replace(after, snoozed_until=event.until, snooze_note=event.note)
        case Woken():
            # Whoever set the reminder has something to do, also where the customer waits for nothing.
            return replace(after, waiting_since=before.waiting_since or before.read_at)
        case HandedBack():
            return _handed_back(after, event)
        case Resolved() | Closed():
            return replace(
                after,
                answered_seq=before.last_seq,
                waiting_since=None,
                resolved_at=before.resolved_at or before.read_at,
            )
        case Erased():
            return _erased(after, before, event)
        case FieldsChanged():
            return _fields_changed(after, event)
        case _:
            assert_never(event)


def _customer_wrote(after: Ticket, before: Ticket, event: CustomerWrote) -> Ticket:
    after = replace(after, last_event_id=event.raw_event_id)
    if not (event.to_assistant and after.state == WITH_PERSON):
        after = replace(after, waiting_since=before.waiting_since or event.at)
    if before.status is TicketStatus.RESOLVED:
        return replace(after, episode_seq=event.seq, resolved_at=None)
    return after


def _analysed(after: Ticket, event: Analysed) -> Ticket:
    """The reading's fields, but for what a person has set; with a person the AI leaves the answer to them."""
    reading = event.reading
    asks_nothing = reading.asks_nothing
    after = replace(
        after,
        intent=reading.intent,
        sentiment_score=reading.sentiment_score,
        risk=reading.risk,
        difficulty=reading.difficulty,
        language=reading.language,
        tags=list(dict.fromkeys((*after.tags, *reading.tags))),
    )
    if reading.summary and not (asks_nothing and after.summary):
        after = replace(after, summary=reading.summary)
    if after.category_set_by != "person" and not (asks_nothing and after.category):
        after = replace(after, category=reading.category)
    if _may_set_priority(after, reading):
        after = replace(after, priority=reading.priority)
    if after.state.ai_may_act:
        return after
    after = replace(after, answered_seq=max(after.answered_seq, event.seq))
    if reading.escalation_reason in DANGERS:
        return replace(after, escalation_reason=reading.escalation_reason, person_replied_at=None)
    return after


def _may_set_priority(ticket: Ticket, reading: Reading) -> bool:
    """A producer's priority is only ever raised; a person's stays."""
    if ticket.priority_set_by == "producer":
        return _URGENCY.index(reading.priority) > _URGENCY.index(ticket.priority)
    return ticket.priority_set_by == "ai"


def _escalated(after: Ticket, event: Escalated) -> Ticket:
    return replace(
        after,
        escalation_reason=event.reason,
        suggested_reply=event.suggested_reply,
        escalated_at=after.read_at,
        answered_seq=after.answered_seq if event.answered_seq is None else event.answered_seq,
        confidence=after.confidence if event.confidence is None else event.confidence,
        person_replied_at=None,
    )


def _handed_back(after: Ticket, event: HandedBack) -> Ticket:
    """Where nothing is left to answer, the AI has it and waits for the customer."""
    after = replace(after, assignee=None, answered_seq=event.answered_seq)
    if event.answered_seq == after.last_seq:
        return replace(after, status=WAITING.status, owner=WAITING.owner)
    return after


def _erased(after: Ticket, before: Ticket, event: Erased) -> Ticket:
    """Figures stay (times, vocabulary, risk, confidence); words, names and ties to the customer go."""
    return replace(
        after,
        conversation_id=event.conversation_id or before.conversation_id,
        customer_id=None,
        subject="",
        summary="",
        suggested_reply="",
        tags=[],
        assignee=None,
        waiting_since=None,
        deadline_at=None,
        last_event_id=None,
        answered_seq=before.last_seq,
        resolved_at=before.resolved_at or before.read_at,
        erased_at=before.read_at,
        churn_risk=0.0,
        ltv=0.0,
    )


def _fields_changed(after: Ticket, event: FieldsChanged) -> Ticket:
    if event.priority is not UNCHANGED:
        after = replace(after, priority=event.priority, priority_set_by="person")
    if event.category is not UNCHANGED:
        after = replace(after, category=event.category, category_set_by="person")
    if event.intent is not UNCHANGED:
        after = replace(after, intent=event.intent)
    if event.assignee is not UNCHANGED:
        after = replace(after, assignee=event.assignee)
    if event.tags is not UNCHANGED:
        after = replace(after, tags=list(event.tags))
    return after
