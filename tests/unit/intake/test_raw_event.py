"""What one version kept, another one reads."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_type_hints

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.inbound import (
    EVENTS,
    EventKind,
    InboundEvent,
    InboundMessage,
    Peer,
    RemoteMedia,
    Upload,
)
from frontdesk.intake.raw_event import Unreadable, keep, restore
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, Priority, Proof

TEXT = st.text(max_size=30).map(clean)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    str | None: st.none() | TEXT,
    int | None: st.none() | st.integers(0, 2**40),
    int: st.integers(0, 2**40),
    bool: st.booleans(),
    datetime: st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=5)), timezone(-timedelta(hours=9))])
    ),
    tuple[tuple[str, str], ...]: st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    tuple[str, ...]: st.lists(TEXT, max_size=3).map(tuple),
    Priority | None: st.none() | st.sampled_from(Priority),
}


def strategy(kind: Any) -> st.SearchStrategy[Any]:
    if kind in PLAIN:
        return PLAIN[kind]
    if kind in (tuple[Upload, ...], tuple[RemoteMedia, ...]):
        return st.lists(strategy(kind.__args__[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(
            kind, **{field.name: strategy(hints[field.name]) for field in dataclasses.fields(kind)}
        )
    return st.sampled_from(kind)


ANY_EVENT = st.one_of([strategy(kind) for kind in EVENTS])


def through_json(body: dict[str, Any]) -> dict[str, Any]:
    return dict(orjson.loads(orjson.dumps(body)))


def test_every_kind_has_its_event() -> None:
    assert {event.kind for event in EVENTS} == set(EventKind)


@given(ANY_EVENT)
def test_what_was_kept_is_restored(event: InboundEvent) -> None:
    assert restore(through_json(keep(event))) == event


@given(ANY_EVENT, st.dictionaries(st.text(max_size=5).map("x-".__add__), st.integers(), max_size=3))
def test_fields_of_a_newer_version_are_passed_over(event: InboundEvent, more: dict[str, int]) -> None:
    body = through_json(keep(event))
    body["peer"] |= more
    assert restore(body | more) == event


@given(
    ANY_EVENT,
    st.dictionaries(
        st.sampled_from(["kind", "peer", "sent_at", "content", "proof", "media", "target", "state"]),
        st.none() | st.integers() | st.text(max_size=5) | st.lists(st.none(), max_size=2),
    ),
)
def test_whatever_stands_there_nothing_is_raised(event: InboundEvent, wrong: dict[str, Any]) -> None:
    restored = restore(through_json(keep(event)) | wrong)
    assert isinstance(restored, (*EVENTS, Unreadable))


def test_a_kind_of_a_newer_version_is_told_by_its_name() -> None:
    unread = restore({"kind": "hologram", "channel": "telegram"})
    assert isinstance(unread, Unreadable)
    assert (unread.kind, "hologram" in unread.reason) == ("hologram", True)


def test_what_is_missing_is_named() -> None:
    unread = restore({"kind": "edit", "channel": "telegram"})
    assert isinstance(unread, Unreadable)
    assert unread.reason.startswith("account:")


FORMAT_1 = [
    (
        {"channel": "web_chat", "account": "default", "external_id": "s1:m1",
         "peer": {"address": "s1", "customer_id": None, "name": "Ann", "email": "ann@mail.example",
                  "phone": None, "locale": "kk", "proof": "verified"},
         "content": "Where is my order?", "sent_at": "2026-11-21T10:00:00.123456+00:00", "kind": "message",
         "subject": "", "thread": "", "priority": None, "ticket_id": None, "ticket_number": None,
         "client_msg_id": "m1", "request_id": "r1",
         "uploads": [{"filename": "a.png", "content_type": "image/png", "size": 7, "blob_key": "b1"}]},
        InboundMessage(
            channel=ChannelName.WEB_CHAT, account="default", external_id="s1:m1",
            peer=Peer("s1", None, "Ann", "ann@mail.example", None, "kk", Proof.VERIFIED),
            content="Where is my order?", sent_at=datetime(2026, 11, 21, 10, 0, 0, 123456, UTC),
            client_msg_id="m1", request_id="r1", uploads=(Upload("a.png", "image/png", 7, "b1"),)),
    ),
    (
        {"channel": "sms", "account": "api", "external_id": "api:T-1",
         "peer": {"address": "T-1", "customer_id": None, "name": None, "email": None, "phone": None,
                  "locale": None, "proof": "none"},
         "content": "Hi", "sent_at": "2026-11-21T10:00:00+00:00", "kind": "message", "subject": "Order",
         "thread": "T-1", "priority": "urgent", "ticket_id": "T-1", "ticket_number": 12,
         "client_msg_id": None, "request_id": None, "uploads": []},
        InboundMessage(
            channel=ChannelName.SMS, account="api", external_id="api:T-1", peer=Peer("T-1"), content="Hi",
            sent_at=datetime(2026, 11, 21, 10, tzinfo=UTC), subject="Order", thread="T-1",
            priority=Priority.URGENT, ticket_id="T-1", ticket_number=12),
    ),
]  # fmt: skip
"""As they stand in the databases of the versions that wrote format 1."""


@pytest.mark.parametrize(("body", "message"), FORMAT_1)
def test_format_1_is_read(body: dict[str, Any], message: InboundMessage) -> None:
    assert restore(body) == message


@pytest.mark.parametrize(("body", "message"), FORMAT_1)
def test_a_plain_message_is_still_written_as_format_1_knows_it(
    body: dict[str, Any], message: InboundMessage
) -> None:
    assert set(through_json(keep(message))) == set(body)
