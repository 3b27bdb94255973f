"""One event of each kind, and a ticket to apply them to."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from frontdesk.terms import (
    Category,
    ChannelName,
    ConversationId,
    CustomerId,
    Difficulty,
    EscalationReason,
    Intent,
    MessageId,
    Owner,
    Priority,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.events import (
    AiAssisted,
    AiDrafted,
    AiReplied,
    AiStarted,
    Analysed,
    Closed,
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
from frontdesk.tickets.ticket import Ticket

CREATED = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)

READING = Reading(
    language="kk",
    category=Category.RETURNS,
    intent=Intent.RETURN,
    priority=Priority.HIGH,
    sentiment_score=0.2,
    risk=0.4,
    difficulty=Difficulty.COMPLEX,
    confidence=0.8125,
    summary="wants to return a kettle",
    tags=("refund",),
)

EVENTS: tuple[StateEvent, ...] = (
    Opened(),
    CustomerWrote(MessageId("m3"), 3, 17, NOW),
    CustomerIdentified(CustomerId("c-9"), 3500.0, 0.8),
    QuestionReopened(0),
    AiStarted(),
    Analysed(READING, 3),
    AiReplied(MessageId("m4"), 3, 0.9, "local"),
    AiAssisted(MessageId("m4"), 3, 0.9),
    AiDrafted("a draft", 3, 0.7, "copilot mode"),
    Escalated(EscalationReason.ANGER, "the customer is angry", "a suggestion", 3, 0.6),
    TakenOver("Dana"),
    PersonReplied(MessageId("m5"), 5),
    Snoozed(NOW, "ask the courier"),
    Woken(WokenBy.TIME),
    HandedBack(2),
    Resolved(),
    Closed(),
    Erased(),
    FieldsChanged(category="payment"),
)


def a_ticket(**changes: Any) -> Ticket:
    ticket = Ticket(
        ticket_id=TicketId("t"),
        number=1,
        conversation_id=ConversationId("c"),
        customer_id=None,
        previous_id=None,
        subject="kettle",
        channel=ChannelName.WEB_CHAT,
        status=TicketStatus.AI_PROCESSING,
        owner=Owner.AI,
        priority=Priority.NORMAL,
        priority_set_by="ai",
        category=None,
        category_set_by="ai",
        intent=None,
        sentiment_score=0.5,
        risk=0.0,
        difficulty=Difficulty.NORMAL,
        confidence=None,
        language=None,
        tags=[],
        summary="",
        suggested_reply="",
        assignee=None,
        waiting_since=CREATED,
        escalated_at=None,
        escalation_reason=None,
        resolved_at=None,
        last_event_id=16,
        last_seq=3,
        answered_seq=0,
        episode_seq=1,
        deadline_at=None,
        snoozed_until=None,
        snooze_note="",
        static_score=0.0,
        person_replied_at=None,
        erased_at=None,
        created_at=CREATED,
        updated_at=CREATED,
        churn_risk=0.0,
        ltv=0.0,
        read_at=NOW,
    )
    return replace(ticket, **changes)


def with_person(**changes: Any) -> Ticket:
    return a_ticket(status=TicketStatus.ESCALATED, owner=Owner.PERSON, **changes)
