"""The life of a ticket: every state that can be, with everything that can happen to it."""

import pytest

from frontdesk.terms import Owner, TicketStatus
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
)
from frontdesk.tickets.state import CLOSED, NEW, WAITING, WITH_AI, WITH_PERSON, TicketState, next_state
from tests.unit.tickets.samples import EVENTS

SOLVED = TicketState(TicketStatus.RESOLVED, Owner.AI)
SOLVED_NEW = TicketState(TicketStatus.RESOLVED, Owner.NOBODY)
SOLVED_BY_PERSON = TicketState(TicketStatus.RESOLVED, Owner.PERSON)
Kind = type[StateEvent]

OF_THE_AI: tuple[Kind, ...] = (QuestionReopened, AiStarted, AiReplied, AiDrafted, Escalated)
ALWAYS: tuple[Kind, ...] = (Opened, CustomerIdentified, Analysed, FieldsChanged)
"""These leave the state as it is."""


def _open(solved: TicketState, customer_wrote: TicketState) -> dict[Kind, TicketState | None]:
    """An open ticket that no person owns."""
    return {
        CustomerWrote: customer_wrote, QuestionReopened: WITH_AI, AiStarted: WITH_AI, AiReplied: WAITING,
        AiDrafted: WITH_PERSON, Escalated: WITH_PERSON, TakenOver: WITH_PERSON, PersonReplied: None, HandedBack: None,
        Resolved: solved, Closed: CLOSED, Erased: CLOSED, AiAssisted: None, Snoozed: None, Woken: None,
    }  # fmt: skip


def _solved(reopened: TicketState) -> dict[Kind, TicketState | None]:
    return {
        CustomerWrote: reopened, QuestionReopened: None, AiStarted: None, AiReplied: None, AiDrafted: None,
        Escalated: None, TakenOver: WITH_PERSON, PersonReplied: None, HandedBack: None, Resolved: None,
        Closed: CLOSED, Erased: CLOSED, AiAssisted: None, Snoozed: None, Woken: None,
    }  # fmt: skip


TABLE: dict[TicketState, dict[Kind, TicketState | None]] = {
    NEW: _open(SOLVED_NEW, NEW),
    WITH_AI: _open(SOLVED, WITH_AI),
    WAITING: _open(SOLVED, WITH_AI),
    WITH_PERSON: {
        CustomerWrote: WITH_PERSON, QuestionReopened: None, AiStarted: None, AiReplied: None, AiDrafted: None,
        Escalated: None, TakenOver: WITH_PERSON, PersonReplied: WITH_PERSON, HandedBack: WITH_AI,
        Resolved: SOLVED_BY_PERSON, Closed: CLOSED, Erased: CLOSED, AiAssisted: WITH_PERSON,
        Snoozed: WITH_PERSON, Woken: WITH_PERSON,
    },
    SOLVED: _solved(WITH_AI),
    SOLVED_NEW: _solved(WITH_AI),
    SOLVED_BY_PERSON: _solved(WITH_PERSON),
    CLOSED: {kind: CLOSED if kind is Erased else None for kind in _solved(CLOSED)},
}  # fmt: skip
"""For a customer's message None means: a new ticket."""

EVERY = [(now, event) for now in TABLE for event in EVENTS]


def _id(value: object) -> str:
    return f"{value.status}-{value.owner}" if isinstance(value, TicketState) else type(value).__name__


@pytest.mark.parametrize(("now", "event"), EVERY, ids=_id)
def test_an_event_leads_where_the_table_says(now: TicketState, event: StateEvent) -> None:
    expected = now if isinstance(event, ALWAYS) else TABLE[now][type(event)]
    assert next_state(now, event) == expected


def test_the_table_holds_every_state_that_can_be_reached() -> None:
    reached, border = {NEW}, {NEW}
    while border:
        border = {to for now in border for e in EVENTS if (to := next_state(now, e)) is not None} - reached
        reached |= border
    assert reached == set(TABLE)


@pytest.mark.parametrize("status", TicketStatus)
@pytest.mark.parametrize("owner", Owner)
@pytest.mark.parametrize("event", EVENTS, ids=_id)
def test_the_function_is_total(status: TicketStatus, owner: Owner, event: StateEvent) -> None:
    to = next_state(TicketState(status, owner), event)
    assert to is None or isinstance(to, TicketState)


@pytest.mark.parametrize("now", TABLE, ids=_id)
def test_the_ai_never_acts_where_a_person_owns_the_ticket_or_it_is_over(now: TicketState) -> None:
    silent = now.owner is Owner.PERSON or now.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)
    assert now.ai_may_act is not silent
    its_own = [event for event in EVENTS if isinstance(event, OF_THE_AI)]
    assert len(its_own) == len(OF_THE_AI)
    assert all((next_state(now, event) is None) == silent for event in its_own)


@pytest.mark.parametrize("now", TABLE, ids=_id)
def test_a_ticket_takes_customer_messages_until_it_is_closed(now: TicketState) -> None:
    assert now.takes_customer_messages is (TABLE[now][CustomerWrote] is not None)


def test_whoever_has_work_to_do_is_named() -> None:
    """Only what just came in and what is over may be nobody's; the clock looks after the first."""
    assert {now for now in TABLE if now.owner is Owner.NOBODY} == {NEW, SOLVED_NEW, CLOSED}
    assert all((now.status is TicketStatus.ESCALATED) <= (now.owner is Owner.PERSON) for now in TABLE)
