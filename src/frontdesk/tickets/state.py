"""The life of a ticket: one total function over its state and what happens to it (contracts: Life of a ticket)."""

from dataclasses import dataclass
from typing import assert_never

from frontdesk.terms import Owner, TicketStatus
from frontdesk.tickets.events import (
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
)


@dataclass(frozen=True, slots=True)
class TicketState:
    status: TicketStatus
    owner: Owner

    @property
    def is_over(self) -> bool:
        return self.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)

    @property
    def ai_may_act(self) -> bool:
        return self.owner is not Owner.PERSON and not self.is_over

    @property
    def takes_customer_messages(self) -> bool:
        """Whether a customer's message joins this ticket rather than opening a new one.

        Whether a resolved ticket is still young enough to be reopened is the caller's to check.
        """
        return self.status is not TicketStatus.CLOSED


NEW = TicketState(TicketStatus.NEW, Owner.NOBODY)
WITH_AI = TicketState(TicketStatus.AI_PROCESSING, Owner.AI)
WAITING = TicketState(TicketStatus.WAITING, Owner.AI)
WITH_PERSON = TicketState(TicketStatus.ESCALATED, Owner.PERSON)
CLOSED = TicketState(TicketStatus.CLOSED, Owner.NOBODY)


def next_state(now: TicketState, event: StateEvent) -> TicketState | None:  # noqa: C901, PLR0911, PLR0912  # one case for each event
    """The ticket's next state; None where this event cannot happen to it.

    For a customer's message None means: it opens a new ticket. `resolved` keeps its owner, so that who was
    being helped by a person comes back to a person.
    """
    match event:
        case Opened() | CustomerIdentified() | Analysed() | FieldsChanged():
            return now
        case CustomerWrote():
            return _after_customer_message(now)
        case CustomerDeleted():
            return WAITING if now.ai_may_act and event.waiting_since is None else now
        case AiStarted() | QuestionReopened():
            return WITH_AI if now.ai_may_act else None
        case AiReplied():
            return WAITING if now.ai_may_act else None
        case AiDrafted() | Escalated():
            return WITH_PERSON if now.ai_may_act else None
        case TakenOver():
            return None if now.status is TicketStatus.CLOSED else WITH_PERSON
        case PersonReplied() | AiAssisted() | Snoozed() | Woken():
            return now if now == WITH_PERSON else None
        case HandedBack():
            return WITH_AI if now == WITH_PERSON else None
        case Resolved():
            return None if now.is_over else TicketState(TicketStatus.RESOLVED, now.owner)
        case Erased():
            return CLOSED
        case Closed():
            return None if now.status is TicketStatus.CLOSED else CLOSED
        case _:
            assert_never(event)


def _after_customer_message(now: TicketState) -> TicketState | None:
    match now.status:
        case TicketStatus.NEW | TicketStatus.ESCALATED | TicketStatus.AI_PROCESSING:
            return now
        case TicketStatus.WAITING:
            return WITH_AI
        case TicketStatus.RESOLVED:
            return WITH_PERSON if now.owner is Owner.PERSON else WITH_AI
        case TicketStatus.CLOSED:
            return None
        case _:
            assert_never(now.status)
