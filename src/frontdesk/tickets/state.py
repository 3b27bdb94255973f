"""The life of a ticket: one total function over where it stands and what happens to it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from frontdesk.terms import Owner, TicketStatus


class Happening(StrEnum):
    CUSTOMER_MESSAGE = "customer_message"
    AI_STARTED = "ai_started"
    AI_REPLIED = "ai_replied"
    AI_DRAFTED = "ai_drafted"
    """Copilot and shadow mode: the draft waits for a person."""
    ESCALATED = "escalated"
    TAKEN_OVER = "taken_over"
    """A person takes the ticket, by the button or by replying."""
    HANDED_BACK = "handed_back"
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    status: TicketStatus
    owner: Owner


OPENED = Standing(TicketStatus.NEW, Owner.NOBODY)
_WITH_AI = Standing(TicketStatus.AI_PROCESSING, Owner.AI)
_WITH_PERSON = Standing(TicketStatus.ESCALATED, Owner.PERSON)


def after(now: Standing, happening: Happening) -> Standing | None:
    """Where the ticket stands next; None where this cannot happen to it.

    For a customer's message None means: a new ticket. `resolved` keeps its owner, so that who was
    being helped by a person comes back to a person. Whether a resolved ticket is still young enough
    to be reopened is the caller's to check.
    """
    match happening:
        case Happening.CUSTOMER_MESSAGE:
            return _after_customer_message(now)
        case Happening.AI_STARTED:
            return _WITH_AI if _ai_may_act(now) else None
        case Happening.AI_REPLIED:
            return Standing(TicketStatus.WAITING, Owner.AI) if _ai_may_act(now) else None
        case Happening.AI_DRAFTED | Happening.ESCALATED:
            return _WITH_PERSON if _ai_may_act(now) else None
        case Happening.TAKEN_OVER:
            return None if now.status is TicketStatus.CLOSED else _WITH_PERSON
        case Happening.HANDED_BACK:
            return _WITH_AI if now == _WITH_PERSON else None
        case Happening.RESOLVED:
            return None if _is_over(now) else Standing(TicketStatus.RESOLVED, now.owner)
        case Happening.CLOSED:
            return None if now.status is TicketStatus.CLOSED else Standing(TicketStatus.CLOSED, Owner.NOBODY)
        case _:
            assert_never(happening)


def _after_customer_message(now: Standing) -> Standing | None:
    match now.status:
        case TicketStatus.NEW | TicketStatus.ESCALATED | TicketStatus.AI_PROCESSING:
            return now
        case TicketStatus.WAITING:
            return _WITH_AI
        case TicketStatus.RESOLVED:
            return _WITH_PERSON if now.owner is Owner.PERSON else _WITH_AI
        case TicketStatus.CLOSED:
            return None
        case _:
            assert_never(now.status)


def _ai_may_act(now: Standing) -> bool:
    return now.owner is not Owner.PERSON and not _is_over(now)


def _is_over(now: Standing) -> bool:
    return now.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)
