"""Records of the bus: what the contract needs is insisted on, what it does not know is passed over."""

from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.bus.ticket_record import MOST_CHARACTERS, read
from frontdesk.errors import RecordInvalid
from frontdesk.terms import ChannelName, Priority

RIGHT: dict[str, object] = {
    "schema_version": 1,
    "event_id": "event-0001",
    "ticket_id": "TICKET-001",
    "ts": "2026-11-20T09:00:00Z",
    "subject": "Where is my order?",
    "body": "Order 54321 was to arrive on Monday.",
    "channel": "chat",
    "priority": "medium",
}


def record(**changes: object) -> bytes:
    return orjson.dumps({name: value for name, value in (RIGHT | changes).items() if value is not ...})


def test_aliases_are_read_and_unknown_fields_passed_over() -> None:
    taken = read(record(shoe_size=43, customer={"email": "dana@mail.example", "mood": "fine"}))
    assert (taken.channel, taken.priority) == (ChannelName.WEB_CHAT, Priority.NORMAL)
    assert taken.customer.email == "dana@mail.example"


def test_a_record_without_version_is_of_the_first() -> None:
    assert read(record(schema_version=...)).ticket_id == "TICKET-001"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "no_value"),
        (b"", "no_value"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[1]", "not_an_object"),
        (record(schema_version=2), "unknown_version"),
        (record(schema_version="1"), "unknown_version"),
        *((record(**{name: ...}), "schema_broken") for name in RIGHT if name != "schema_version"),
        (record(event_id="short"), "schema_broken"),
        (record(ticket_id="   "), "schema_broken"),
        (record(ts="yesterday"), "schema_broken"),
        (record(ts="2026-11-20T09:00:00"), "schema_broken"),
        (record(body="\x00 \n"), "schema_broken"),
        (record(body="x" * (MOST_CHARACTERS + 1)), "schema_broken"),
        (record(channel="pigeon"), "schema_broken"),
        (record(priority=7), "schema_broken"),
    ],
)
def test_what_breaks_the_contract_is_told_by_a_word_of_its_own(value: bytes | None, reason: str) -> None:
    with pytest.raises(RecordInvalid) as refused:
        read(value)
    assert refused.value.reason == reason


def test_the_reason_holds_nothing_of_what_the_customer_said() -> None:
    with pytest.raises(RecordInvalid) as refused:
        read(record(channel="my card is 4242 4242 4242 4242"))
    assert "4242" not in refused.value.message


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(value: bytes) -> None:
    with suppress(RecordInvalid):
        read(value)


FIELDS = st.one_of(st.none(), st.text(max_size=20), st.integers(-(2**53), 2**53), st.lists(st.booleans()))


@given(st.dictionaries(st.sampled_from([*RIGHT, "customer", "customer_id"]), FIELDS))
def test_fields_of_any_kind_are_read_or_refused(fields: dict[str, object]) -> None:
    with suppress(RecordInvalid):
        read(record(**fields))
