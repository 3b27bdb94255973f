"""The life of a ticket: every standing that can be, with everything that can happen to it."""

import pytest

from frontdesk.terms import Owner, TicketStatus
from frontdesk.tickets.state import OPENED, Happening, Standing, after

H = Happening
NEW = OPENED
AT_WORK = Standing(TicketStatus.AI_PROCESSING, Owner.AI)
WAITS = Standing(TicketStatus.WAITING, Owner.AI)
PERSONS = Standing(TicketStatus.ESCALATED, Owner.PERSON)
SOLVED = Standing(TicketStatus.RESOLVED, Owner.AI)
SOLVED_NEW = Standing(TicketStatus.RESOLVED, Owner.NOBODY)
SOLVED_BY_PERSON = Standing(TicketStatus.RESOLVED, Owner.PERSON)
CLOSED = Standing(TicketStatus.CLOSED, Owner.NOBODY)

TABLE: dict[Standing, dict[Happening, Standing | None]] = {
    NEW: {
        H.CUSTOMER_MESSAGE: NEW, H.AI_STARTED: AT_WORK, H.AI_REPLIED: WAITS, H.AI_DRAFTED: PERSONS,
        H.ESCALATED: PERSONS, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: None, H.RESOLVED: SOLVED_NEW, H.CLOSED: CLOSED,
    },
    AT_WORK: {
        H.CUSTOMER_MESSAGE: AT_WORK, H.AI_STARTED: AT_WORK, H.AI_REPLIED: WAITS, H.AI_DRAFTED: PERSONS,
        H.ESCALATED: PERSONS, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: None, H.RESOLVED: SOLVED, H.CLOSED: CLOSED,
    },
    WAITS: {
        H.CUSTOMER_MESSAGE: AT_WORK, H.AI_STARTED: AT_WORK, H.AI_REPLIED: WAITS, H.AI_DRAFTED: PERSONS,
        H.ESCALATED: PERSONS, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: None, H.RESOLVED: SOLVED, H.CLOSED: CLOSED,
    },
    PERSONS: {
        H.CUSTOMER_MESSAGE: PERSONS, H.AI_STARTED: None, H.AI_REPLIED: None, H.AI_DRAFTED: None,
        H.ESCALATED: None, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: AT_WORK, H.RESOLVED: SOLVED_BY_PERSON,
        H.CLOSED: CLOSED,
    },
    SOLVED: {
        H.CUSTOMER_MESSAGE: AT_WORK, H.AI_STARTED: None, H.AI_REPLIED: None, H.AI_DRAFTED: None,
        H.ESCALATED: None, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: None, H.RESOLVED: None, H.CLOSED: CLOSED,
    },
    SOLVED_NEW: {
        H.CUSTOMER_MESSAGE: AT_WORK, H.AI_STARTED: None, H.AI_REPLIED: None, H.AI_DRAFTED: None,
        H.ESCALATED: None, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: None, H.RESOLVED: None, H.CLOSED: CLOSED,
    },
    SOLVED_BY_PERSON: {
        H.CUSTOMER_MESSAGE: PERSONS, H.AI_STARTED: None, H.AI_REPLIED: None, H.AI_DRAFTED: None,
        H.ESCALATED: None, H.TAKEN_OVER: PERSONS, H.HANDED_BACK: None, H.RESOLVED: None, H.CLOSED: CLOSED,
    },
    CLOSED: {
        H.CUSTOMER_MESSAGE: None, H.AI_STARTED: None, H.AI_REPLIED: None, H.AI_DRAFTED: None,
        H.ESCALATED: None, H.TAKEN_OVER: None, H.HANDED_BACK: None, H.RESOLVED: None, H.CLOSED: None,
    },
}  # fmt: skip
"""For a customer's message None means: a new ticket."""

EVERY = [(now, happening) for now in TABLE for happening in Happening]


@pytest.mark.parametrize(("now", "happening"), EVERY, ids=lambda x: str(getattr(x, "status", x)))
def test_what_happens_leads_where_the_table_says(now: Standing, happening: Happening) -> None:
    assert after(now, happening) == TABLE[now][happening]


def test_the_table_holds_every_standing_that_can_be_reached() -> None:
    reached, border = {OPENED}, {OPENED}
    while border:
        border = {to for now in border for h in Happening if (to := after(now, h)) is not None} - reached
        reached |= border
    assert reached == set(TABLE)


@pytest.mark.parametrize("status", TicketStatus)
@pytest.mark.parametrize("owner", Owner)
@pytest.mark.parametrize("happening", Happening)
def test_the_function_is_total(status: TicketStatus, owner: Owner, happening: Happening) -> None:
    to = after(Standing(status, owner), happening)
    assert to is None or isinstance(to, Standing)


@pytest.mark.parametrize("now", TABLE)
def test_the_ai_never_acts_where_a_person_owns_the_ticket_or_it_is_over(now: Standing) -> None:
    its_own = (H.AI_STARTED, H.AI_REPLIED, H.AI_DRAFTED, H.ESCALATED)
    silent = now.owner is Owner.PERSON or now.status in (TicketStatus.RESOLVED, TicketStatus.CLOSED)
    assert all((after(now, happening) is None) == silent for happening in its_own)


def test_whoever_has_work_to_do_is_named() -> None:
    """Only what just came in and what is over may be nobody's; the clock looks after the first."""
    assert {now for now in TABLE if now.owner is Owner.NOBODY} == {NEW, SOLVED_NEW, CLOSED}
    assert all((now.status is TicketStatus.ESCALATED) <= (now.owner is Owner.PERSON) for now in TABLE)
