"""What Instagram delivers, kind by kind."""

import json
from typing import Any

import pytest

from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Reacted,
    RemoteMedia,
)
from frontdesk.channels.instagram.parse import Reader
from frontdesk.terms import DeliveryState, Proof
from tests.emulators.instagram_api import ACCOUNT_ID, ANN, AT, comment, delivered, direct, message

READER = Reader({ACCOUNT_ID: "default"})


def read(*messaging: dict[str, Any], **entry: Any) -> list[InboundEvent]:
    return READER.events(json.dumps(delivered(*messaging, **entry)).encode())


def said(*messaging: dict[str, Any], **entry: Any) -> InboundMessage:
    [event] = read(*messaging, **entry)
    assert isinstance(event, InboundMessage)
    return event


def test_a_direct_message_is_its_writers() -> None:
    event = said(message("Где заказ?", reply_to={"mid": "mid.0"}))
    assert (event.content, event.external_id, event.reply_to, event.thread) == (
        "Где заказ?",
        "mid.IN1",
        "mid.0",
        "",
    )
    assert (event.peer.address, event.peer.proof) == (ANN, Proof.ATTESTED)
    assert event.sent_at.timestamp() == AT / 1000


def test_files_are_fetched_later_each_by_its_address() -> None:
    files = [
        {"type": kind, "payload": {"url": f"https://a/{kind}"}}
        for kind in ("image", "audio", "story_mention")
    ]
    event = said(message("", attachments=files))
    assert event.media == (
        RemoteMedia("https://a/image", "image/jpeg", "image.jpg"),
        RemoteMedia("https://a/audio", "audio/mp4", "audio.m4a"),
        RemoteMedia("https://a/story_mention", "application/octet-stream", "story_mention"),
    )


def test_an_answer_to_a_story_brings_the_story() -> None:
    event = said(message("How much?", reply_to={"story": {"url": "https://a/s", "id": "1"}}))
    assert (event.content, event.media) == (
        "How much?",
        (RemoteMedia("https://a/s", "application/octet-stream", "story"),),
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"attachments": [{"type": "ig_reel", "payload": {"title": "Sale", "url": "https://r"}}]}, "↗ Sale · https://r"),
        ({"referral": {"ads_context_data": {"ad_title": "Sale"}}, "text": "This?"}, "This?\n\n↗ Sale"),
        ({"is_unsupported": True}, "[unsupported]"),
        ({"attachments": [{"type": "template"}]}, "[template]"),
    ],
)  # fmt: skip
def test_what_was_passed_on_comes_as_words(more: dict[str, Any], words: str) -> None:
    assert said(direct("message", {"mid": "m1", **more})).content == words


def test_buttons_of_both_kinds_tell_what_they_were_sent_with() -> None:
    events = read(
        message("Yes", quick_reply={"payload": "yes"}),
        direct("postback", {"mid": "m2", "title": "Begin", "payload": "start"}),
    )
    assert [(e.payload, e.label) for e in events if isinstance(e, ButtonPressed)] == [
        ("yes", "Yes"),
        ("start", "Begin"),
    ]


def test_what_stands_already_is_edited_taken_back_reacted_to_and_read() -> None:
    edited, deleted, reacted, unreacted, seen = read(
        direct("message_edit", {"mid": "m1", "text": "new", "num_edit": "2"}),
        direct("message", {"mid": "m1", "is_deleted": True}),
        direct("reaction", {"mid": "m1", "action": "react", "reaction": "love", "emoji": "❤"}),
        direct("reaction", {"mid": "m1", "action": "unreact"}),
        direct("read", {"mid": "mid.OUT1"}),
    )
    assert isinstance(edited, MessageEdited)
    assert (edited.target, edited.content) == ("m1", "new")
    assert isinstance(deleted, MessageDeleted)
    assert deleted.target == "m1"
    assert isinstance(reacted, Reacted)
    assert isinstance(unreacted, Reacted)
    assert (reacted.emoji, unreacted.emoji) == ("❤", "")
    assert reacted.external_id != unreacted.external_id
    assert isinstance(seen, DeliveryReceipt)
    assert (seen.target, seen.state) == ("mid.OUT1", DeliveryState.READ)


def test_an_edit_number_nought_is_the_message_itself_and_the_same_event() -> None:
    first = said(direct("message_edit", {"mid": "mid.IN1", "text": "hi", "num_edit": 0}))
    assert first.external_id == said(message("hi")).external_id


@pytest.mark.parametrize(
    "messaging",
    [
        message("we said this", is_echo=True),
        message("we said this", sender=ACCOUNT_ID),
        direct("optin", {"mid": "m"}),
        direct("message", {"text": "without an id"}),
    ],
)
def test_our_own_words_and_unknown_kinds_are_nothing(messaging: dict[str, Any]) -> None:
    assert read(messaging) == []


def test_what_another_app_answers_is_left_to_it() -> None:
    assert read(standby=[message("hi")]) == []


def test_another_account_is_none_of_ours() -> None:
    foreign = message("hi") | {"recipient": {"id": "1"}}
    body = delivered(foreign)
    body["entry"][0]["id"] = "1"
    assert READER.events(json.dumps(body).encode()) == []


@pytest.mark.parametrize("shape", ["changes", "entry", "list"])
def test_a_comment_is_a_conversation_in_which_nobody_is_proven(shape: str) -> None:
    written = comment("How much is it?")
    body: Any = delivered(changes=[written]) if shape != "entry" else delivered(**written)
    [event] = READER.events(json.dumps([body] if shape == "list" else body).encode())
    assert isinstance(event, InboundMessage)
    assert (event.content, event.external_id, event.thread) == ("How much is it?", "c1", "comment:c1")
    assert (event.peer.address, event.peer.name, event.peer.proof) == (ANN, "ann", Proof.NONE)


def test_an_answer_under_a_comment_stays_in_its_thread() -> None:
    assert said(changes=[comment("And in red?", "c2", parent_id="c1")]).thread == "comment:c1"


def test_our_own_comment_is_nothing() -> None:
    assert read(changes=[comment("We answered", author=ACCOUNT_ID)]) == []
    assert read(changes=[{"field": "mentions", "value": {"media_id": "1"}}]) == []
