"""What each event makes of the row."""

from dataclasses import replace

import pytest

from frontdesk.errors import Conflict
from frontdesk.terms import Difficulty, EscalationReason, MessageId, Owner, Priority, TicketStatus
from frontdesk.tickets.events import (
    AiReplied,
    Analysed,
    CustomerWrote,
    Escalated,
    FieldsChanged,
    HandedBack,
    PersonReplied,
    Resolved,
    StateEvent,
    TakenOver,
)
from frontdesk.tickets.evolve import evolve
from frontdesk.tickets.state import next_state
from frontdesk.tickets.ticket import Ticket
from tests.unit.tickets.samples import CREATED, EVENTS, NOW, READING, a_ticket, with_person

RESOLVED_BY_AI = a_ticket(status=TicketStatus.RESOLVED, resolved_at=CREATED, waiting_since=None)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("ticket", [a_ticket(), with_person(), RESOLVED_BY_AI], ids=lambda t: t.status)
def test_the_row_follows_the_state_or_nothing_happens(ticket: Ticket, event: StateEvent) -> None:
    expected = next_state(ticket.state, event)
    if expected is None:
        with pytest.raises(Conflict):
            evolve(ticket, event)
    elif not isinstance(event, HandedBack):
        assert evolve(ticket, event).state == expected


def test_a_waiting_customer_keeps_the_first_moment_of_waiting() -> None:
    assert evolve(a_ticket(), CustomerWrote(MessageId("m"), 4, 18, NOW)).waiting_since == CREATED
    answered = a_ticket(waiting_since=None)
    assert evolve(answered, CustomerWrote(MessageId("m"), 4, 18, NOW)).waiting_since == NOW


def test_a_message_after_the_end_begins_an_episode() -> None:
    after = evolve(RESOLVED_BY_AI, CustomerWrote(MessageId("m"), 9, 18, NOW))
    assert (after.episode_seq, after.resolved_at, after.status) == (9, None, TicketStatus.AI_PROCESSING)


def test_a_reading_leaves_alone_what_a_person_has_set() -> None:
    ticket = a_ticket(category="payment", category_set_by="person", priority_set_by="person")
    after = evolve(ticket, Analysed(READING, 3))
    assert (after.category, after.priority) == ("payment", Priority.NORMAL)
    assert (after.intent, after.difficulty, after.tags) == ("return", Difficulty.COMPLEX, ["refund"])


def test_a_producers_priority_is_only_raised() -> None:
    assert evolve(a_ticket(priority_set_by="producer"), Analysed(READING, 3)).priority is Priority.HIGH
    urgent = a_ticket(priority=Priority.URGENT, priority_set_by="producer")
    assert evolve(urgent, Analysed(READING, 3)).priority is Priority.URGENT


def test_small_talk_does_not_rename_a_ticket_that_has_a_matter() -> None:
    thanks = replace(READING, small_talk="thanks", summary="thanks")
    ticket = a_ticket(category="delivery", summary="where is the parcel")
    after = evolve(ticket, Analysed(thanks, 3))
    assert (after.category, after.summary) == ("delivery", "where is the parcel")


def test_with_a_person_a_reading_leaves_the_answer_to_them() -> None:
    assert evolve(with_person(), Analysed(READING, 3)).answered_seq == 3
    assert evolve(a_ticket(), Analysed(READING, 3)).answered_seq == 0


def test_an_answer_ends_the_waiting_and_an_escalation_does_not() -> None:
    assert evolve(a_ticket(), AiReplied(MessageId("m"), 3, 0.9, "local")).waiting_since is None
    assert evolve(a_ticket(), Escalated(EscalationReason.ANGER, "", "", 3)).waiting_since == CREATED


def test_danger_counts_until_a_person_has_replied() -> None:
    escalated = evolve(a_ticket(), Escalated(EscalationReason.SAFETY, "", "", 3))
    assert escalated.score_inputs.in_danger
    replied = evolve(escalated, PersonReplied(MessageId("m"), 4))
    again = evolve(replied, CustomerWrote(MessageId("m"), 5, 20, NOW))
    assert (replied.person_replied_at, again.score_inputs.in_danger) == (NOW, False)


def test_danger_that_shows_while_a_person_has_the_ticket_counts_too() -> None:
    busy = with_person(escalation_reason="anger", person_replied_at=CREATED)
    fire = replace(READING, escalate=True, escalation_reason=EscalationReason.SAFETY)
    assert evolve(busy, Analysed(fire, 3)).score_inputs.in_danger


def test_other_reasons_are_no_danger() -> None:
    after = evolve(a_ticket(), Escalated(EscalationReason.LOW_CONFIDENCE, "", "", 3))
    assert not after.score_inputs.in_danger


def test_who_takes_over_is_assigned_where_nobody_was() -> None:
    assert evolve(a_ticket(), TakenOver("Dana")).assignee == "Dana"
    assert evolve(a_ticket(assignee="Aru"), TakenOver("Dana")).assignee == "Aru"


def test_what_nobody_had_answered_waits_again_once_the_ticket_is_opened_again() -> None:
    resolved = a_ticket(status=TicketStatus.RESOLVED, waiting_since=None)
    assert evolve(resolved, TakenOver("Dana", NOW)).waiting_since == NOW


def test_handing_back_with_nothing_to_answer_waits_for_the_customer() -> None:
    assert evolve(with_person(assignee="Dana"), HandedBack(3)).status is TicketStatus.WAITING
    after = evolve(with_person(assignee="Dana"), HandedBack(2))
    assert (after.status, after.owner, after.assignee) == (TicketStatus.AI_PROCESSING, Owner.AI, None)


def test_resolving_answers_everything_once() -> None:
    after = evolve(with_person(), Resolved())
    assert (after.answered_seq, after.waiting_since, after.resolved_at) == (3, None, NOW)


def test_what_a_person_sets_is_marked_as_theirs() -> None:
    after = evolve(a_ticket(assignee="Aru"), FieldsChanged(priority=Priority.LOW, assignee=None))
    assert (after.priority, after.priority_set_by, after.assignee) == (Priority.LOW, "person", None)
    assert after.category_set_by == "ai"
