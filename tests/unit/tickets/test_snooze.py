"""What a snooze does to the row, and what ends it."""

from datetime import timedelta

import pytest

from frontdesk.terms import MessageId
from frontdesk.tickets.entries import EntryType, entries_of
from frontdesk.tickets.events import (
    AiAssisted,
    Closed,
    CustomerWrote,
    FieldsChanged,
    HandedBack,
    PersonReplied,
    Resolved,
    Snoozed,
    StateEvent,
    Woken,
    WokenBy,
)
from frontdesk.tickets.evolve import evolve
from tests.unit.tickets.samples import CREATED, NOW, with_person

TOMORROW = NOW + timedelta(days=1)
ASLEEP = with_person(snoozed_until=TOMORROW, snooze_note="ask the courier")
WROTE = CustomerWrote(MessageId("m"), 4, 18, NOW)


def test_a_snoozed_ticket_still_waits_since_the_customer_wrote() -> None:
    after = evolve(with_person(), Snoozed(TOMORROW, "ask the courier"))
    assert (after.snoozed_until, after.snooze_note, after.waiting_since) == (
        TOMORROW,
        "ask the courier",
        CREATED,
    )


@pytest.mark.parametrize(
    "event",
    [
        WROTE,
        AiAssisted(MessageId("m"), 4, 0.4, NOW),
        Woken(WokenBy.TIME),
        HandedBack(2),
        Resolved(),
        Closed(),
    ],
    ids=lambda event: type(event).__name__,
)
def test_these_end_it(event: StateEvent) -> None:
    after = evolve(ASLEEP, event)
    assert (after.snoozed_until, after.snooze_note) == (None, "")


@pytest.mark.parametrize(
    "event",
    [
        CustomerWrote(MessageId("m"), 4, 18, NOW, to_assistant=True),
        AiAssisted(MessageId("m"), 4, 0.9),
        PersonReplied(MessageId("m"), 4),
        FieldsChanged(tags=("later",)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_these_do_not(event: StateEvent) -> None:
    assert evolve(ASLEEP, event).snoozed_until == TOMORROW


def test_a_reminder_is_due_also_where_the_customer_waits_for_nothing() -> None:
    answered = with_person(waiting_since=None, snoozed_until=NOW)
    assert evolve(answered, Woken(WokenBy.TIME)).waiting_since == answered.read_at


def test_the_log_tells_what_woke_it_and_what_was_to_be_done() -> None:
    entries = [
        (entry.type, entry.data.get("by"), entry.data.get("note")) for entry in entries_of(WROTE, ASLEEP)
    ]
    assert entries == [(EntryType.WOKEN, "message", "ask the courier"), (EntryType.MESSAGE, None, None)]
    [woken] = entries_of(Woken(WokenBy.TIME), ASLEEP)
    assert (woken.type, woken.data) == (EntryType.WOKEN, {"by": "time", "note": "ask the courier"})
    assert [entry.type for entry in entries_of(WROTE, with_person())] == [EntryType.MESSAGE]
