"""What the Cloud API delivers, kind by kind; pywa's reader agrees with ours on what the stub sends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pywa import WhatsApp

from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    Reacted,
    RemoteMedia,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.channels.whatsapp.parse import Reader
from frontdesk.intake.raw_event import keep, restore
from frontdesk.terms import DeliveryState, Proof
from tests.emulators.cloud_api import ANN, PHONE_ID, delivered, message, status

READER = Reader({PHONE_ID: "default"})
PYWA = WhatsApp(phone_id=PHONE_ID, token="t")


def read(*messages: dict[str, Any], **value: Any) -> list[InboundEvent]:
    return READER.events(delivered(*messages, **value))


def said(kind: str, body: Any, **more: Any) -> InboundMessage:
    [event] = read(message(kind, body, **more))
    assert isinstance(event, InboundMessage)
    return event


def test_who_writes_is_known_by_their_id_and_their_phone() -> None:
    peer = said("text", {"body": "hi"}).peer
    assert (peer.address, peer.phone, peer.name, peer.proof) == (
        "KZ.1410018717", "+77010000001", "Ann", Proof.ATTESTED,
    )  # fmt: skip


def test_who_hides_the_phone_is_known_by_the_id_alone() -> None:
    written = message("text", {"body": "hi"})
    del written["from"]
    [event] = read(written, contacts=[{"profile": {"name": "Ann"}, "user_id": ANN["user_id"]}])
    assert (event.peer.address, event.peer.phone, event.peer.name) == ("KZ.1410018717", None, "Ann")


def test_a_number_without_an_id_is_the_address() -> None:
    written = message("text", {"body": "hi"}, from_user_id="")
    [event] = read(written, contacts=[])
    assert (event.peer.address, event.peer.phone) == ("77010000001", "+77010000001")


def test_a_group_is_a_conversation_of_its_own_and_vouches_for_nobody() -> None:
    event = said("text", {"body": "hi"}, group_id="group-7")
    assert (event.peer.address, event.thread) == ("group-7", "group")
    assert (event.peer.proof, event.peer.phone) == (Proof.NONE, None)


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text", {"body": "Где заказ?"}, "Где заказ?"),
        ("location", {"latitude": 43.2, "longitude": 76.9}, "📍 43.2, 76.9"),
        (
            "location",
            {"latitude": 43.2, "longitude": 76.9, "name": "Shop", "address": "Abay 1", "url": "https://m.example"},
            "📍 Shop\nAbay 1\n43.2, 76.9\nhttps://m.example",
        ),
        (
            "contacts",
            [{"name": {"formatted_name": "Bob"}, "phones": [{"phone": "+7 701"}]}, {"emails": [{"email": "c@d"}]}],
            "👤 Bob, +7 701\n👤 c@d",
        ),
        (
            "order",
            {
                "text": "please",
                "product_items": [
                    {"product_retailer_id": "A-1", "quantity": 2, "item_price": 10.5, "currency": "KZT"}
                ],
            },
            "please\n🛒 A-1 × 2: 10.5 KZT",
        ),
        (
            "interactive",
            {"type": "nfm_reply", "nfm_reply": {"response_json": '{"size": "L", "flow_token": "s"}', "body": "Sent"}},
            "size: L",
        ),
        ("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{", "body": "Sent"}}, "Sent"),
        ("unsupported", {"type": "poll_creation"}, "[poll_creation]"),
    ],
)  # fmt: skip
def test_what_was_said_in_any_kind_comes_as_words(kind: str, body: Any, words: str) -> None:
    assert said(kind, body).content == words


@pytest.mark.parametrize(
    ("kind", "file", "media"),
    [
        ("image", {"mime_type": "image/jpeg"}, ("image/jpeg", "image.jpg")),
        ("audio", {"mime_type": "audio/ogg; codecs=opus", "voice": True}, ("audio/ogg", "audio.ogg")),
        (
            "document",
            {"mime_type": "application/pdf", "filename": "чек.pdf"},
            ("application/pdf", "чек.pdf"),
        ),
        ("sticker", {"mime_type": "image/webp"}, ("image/webp", "sticker.webp")),
        ("video", {}, ("application/octet-stream", "video")),
    ],
)
def test_files_are_named_and_fetched_later(kind: str, file: dict[str, Any], media: tuple[str, str]) -> None:
    event = said(kind, {"id": "55", "caption": "look", **file})
    assert event.media == (RemoteMedia("55", *media),)
    assert event.content == "look"


def test_an_advertisement_stands_beside_what_is_said_about_it() -> None:
    seen = {"headline": "Sale", "source_url": "https://fb.example/1"}
    assert (
        said("text", {"body": "This one?"}, referral=seen).content
        == "This one?\n\n↗ Sale · https://fb.example/1"
    )


def test_an_answer_names_what_it_answers() -> None:
    assert said("text", {"body": "yes"}, context={"id": "wamid.OUT1", "from": "1"}).reply_to == "wamid.OUT1"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("interactive", {"type": "button_reply", "button_reply": {"id": "yes", "title": "Yes"}}),
        (
            "interactive",
            {"type": "list_reply", "list_reply": {"id": "yes", "title": "Yes", "description": "x"}},
        ),
        ("button", {"payload": "yes", "text": "Yes"}),
    ],
)
def test_a_button_tells_what_it_was_sent_with(kind: str, body: dict[str, Any]) -> None:
    [event] = read(message(kind, body, context={"id": "wamid.OUT1"}))
    assert isinstance(event, ButtonPressed)
    assert (event.payload, event.label, event.target) == ("yes", "Yes", "wamid.OUT1")


def test_what_stands_already_is_edited_taken_back_and_reacted_to() -> None:
    edited, revoked, reacted, unreacted = read(
        message(
            "edit", {"original_message_id": "m0", "message": {"type": "text", "text": {"body": "new"}}}, "m1"
        ),
        message("revoke", {"original_message_id": "m0"}, "m2"),
        message("reaction", {"message_id": "m0", "emoji": "🙏"}, "m3"),
        message("reaction", {"message_id": "m0"}, "m4"),
    )
    assert isinstance(edited, MessageEdited)
    assert (edited.target, edited.content) == ("m0", "new")
    assert isinstance(revoked, MessageDeleted)
    assert revoked.target == "m0"
    assert isinstance(reacted, Reacted)
    assert isinstance(unreacted, Reacted)
    assert (reacted.emoji, unreacted.emoji) == ("🙏", "")


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("read", "read"),
        ("played", "read"),
        ("failed", "failed"),
    ],
)
def test_statuses_tell_how_far_a_message_has_come(word: str, state: str) -> None:
    [event] = read(statuses=[status(word, biz_opaque_callback_data="msg-1")])
    assert isinstance(event, DeliveryReceipt)
    assert (event.target, event.state, event.message_id) == ("wamid.OUT1", DeliveryState(state), "msg-1")
    assert event.external_id == f"wamid.OUT1:{word}"
    assert event.peer.address == ANN["user_id"]


def test_a_failure_tells_why() -> None:
    error = {"code": 131026, "title": "Message undeliverable", "error_data": {"details": "no"}}
    [event] = read(statuses=[status("failed", errors=[error])])
    assert isinstance(event, DeliveryReceipt)
    assert event.error == "the message cannot be delivered to this number (code 131026)"


@pytest.mark.parametrize(
    ("value", "state"), [("stop", Subscription.UNSUBSCRIBED), ("resume", Subscription.OPTED_IN)]
)
def test_who_wants_no_more_says_so(value: str, state: Subscription) -> None:
    asked = {"wa_id": ANN["wa_id"], "category": "marketing_messages", "value": value, "timestamp": 1795000000}
    [event] = read(user_preferences=[asked])
    assert isinstance(event, SubscriptionChanged)
    assert (event.state, event.peer.address) == (state, ANN["user_id"])


@pytest.mark.parametrize(
    ("system", "address"),
    [
        ({"type": "user_changed_number", "wa_id": "77019999999", "body": "Ann changed"}, "77010000001"),
        (
            {"type": "user_changed_user_id", "user_id": "KZ.2", "previous_user_id": "KZ.1"},
            "KZ.1",
        ),
    ],
)
def test_who_has_another_number_is_not_written_to_at_the_old_one(
    system: dict[str, str], address: str
) -> None:
    [event] = read(message("system", system, from_user_id=""), contacts=[])
    assert isinstance(event, SubscriptionChanged)
    assert (event.state, event.peer.address) == (Subscription.MOVED, address)


def test_several_entries_with_several_messages_are_all_read_in_order() -> None:
    two = delivered(message("text", {"body": "1"}, "m1"), message("text", {"body": "2"}, "m2"))
    third = delivered(message("text", {"body": "3"}, "m3"), statuses=[status("read")])
    batch = {"object": two["object"], "entry": two["entry"] + third["entry"]}
    assert [event.external_id for event in READER.events(batch)] == ["m1", "m2", "m3", "wamid.OUT1:read"]


def test_what_comes_to_a_number_that_is_not_the_desks_is_nothing() -> None:
    metadata = {"phone_number_id": "1", "display_phone_number": "1"}
    assert read(message("text", {"body": "hi"}), metadata=metadata) == []


def test_several_numbers_of_one_app_have_their_accounts() -> None:
    both = Reader({PHONE_ID: "default", "2": "shop2"})
    second = delivered(message("text", {"body": "hi"}), metadata={"phone_number_id": "2"})
    assert [event.account for event in both.events(second)] == ["shop2"]


def test_one_broken_message_takes_no_other_with_it() -> None:
    broken: list[Any] = [
        message("text", "no object"),
        {"type": "text"},
        message("text", {"body": 7}),
        5,
        None,
    ]
    value = delivered(message("text", {"body": "hi"}, "good"))
    value["entry"][0]["changes"][0]["value"]["messages"] += broken
    assert [event.external_id for event in READER.events(value)] == ["good"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
KINDS = (
    "text image audio document sticker location contacts interactive button reaction order edit revoke system"
    " unsupported referral context timestamp from id type"
)


@given(st.dictionaries(st.sampled_from(KINDS.split()), JSON, max_size=8), st.sampled_from(KINDS.split()))
def test_no_shape_of_a_message_breaks_the_reader(odd: dict[str, Any], kind: str) -> None:
    for event in read(
        {"from": "1", "id": "m", "type": kind, **odd}, statuses=[{"id": "1", "status": "read", **odd}]
    ):
        assert restore(keep(event)) is not None
