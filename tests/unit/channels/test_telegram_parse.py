"""What the desk makes of each kind of a Telegram update."""

import json
from typing import Any

import pytest

from frontdesk.channels.inbound import (
    ButtonPressed,
    InboundEvent,
    InboundMessage,
    MessageEdited,
    Reacted,
    RemoteMedia,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.channels.telegram import parse
from frontdesk.errors import BadRequest, DeliveryUnreadable
from frontdesk.terms import Proof
from tests.emulators.bot_api import ANN, AT, CHAT, membership, message, pressed, reacted, update


def read(**kind: Any) -> InboundEvent | None:
    events = parse.events("default", update(1, **kind))
    return events[0] if events else None


def words(**content: Any) -> str:
    event = read(message=message(**content))
    assert isinstance(event, InboundMessage)
    return event.content


def media(**content: Any) -> RemoteMedia:
    event = read(message=message(**content))
    assert isinstance(event, InboundMessage)
    [file] = event.media
    return file


def test_a_message_names_its_chat_its_sender_and_what_it_answers() -> None:
    event = read(message=message(7, text="Where is it?", reply_to_message=message(5, text="On its way")))
    assert isinstance(event, InboundMessage)
    assert (event.external_id, event.reply_to, event.content) == ("111:7", "111:5", "Where is it?")
    assert (event.peer.address, event.peer.name, event.peer.locale) == ("111", "Ann", "en")
    assert (event.peer.customer_id, event.peer.proof) == ("telegram:111", Proof.ATTESTED)
    assert event.sent_at.timestamp() == AT


def test_an_address_that_lies_behind_words_is_shown() -> None:
    entities = [
        {"type": "text_link", "offset": 3, "length": 4, "url": "https://a.example"},
        {"type": "bold", "offset": 0, "length": 2},
    ]
    assert words(text="😀 here!", entities=entities) == "😀 here (https://a.example)!"


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        ({"voice": {"file_id": "f", "mime_type": "audio/ogg"}}, "audio/ogg", "voice.ogg"),
        (
            {"document": {"file_id": "f", "mime_type": "application/pdf", "file_name": "чек.pdf"}},
            "application/pdf",
            "чек.pdf",
        ),
        ({"document": {"file_id": "f"}}, "application/octet-stream", "document"),
        ({"video": {"file_id": "f", "mime_type": "video/mp4"}}, "video/mp4", "video.mp4"),
        ({"animation": {"file_id": "f"}, "document": {"file_id": "g"}}, "video/mp4", "animation.mp4"),
        ({"audio": {"file_id": "f"}}, "audio/mpeg", "audio.mp3"),
        ({"video_note": {"file_id": "f"}}, "video/mp4", "video_note.mp4"),
        ({"sticker": {"file_id": "f", "emoji": "👍"}}, "image/webp", "sticker.webp"),
    ],
)
def test_files_are_named_and_left_with_telegram(content: dict[str, Any], kind: str, name: str) -> None:
    file = media(**content)
    assert (file.reference, file.content_type, file.filename) == ("f", kind, name)


def test_of_a_picture_in_several_sizes_the_largest_is_taken_with_its_caption() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60},
        {"file_id": "large", "width": 900, "height": 600, "file_size": 5000},
        {"file_id": "middle", "width": 300, "height": 200},
    ]
    assert media(photo=sizes) == RemoteMedia("large", "image/jpeg", "photo.jpg", 5000)
    assert words(photo=sizes, caption="It is broken") == "It is broken"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"location": {"latitude": 43.25, "longitude": 76.9}}, "📍 43.25, 76.9"),
        (
            {
                "venue": {"location": {"latitude": 1, "longitude": 2}, "title": "Shop", "address": "Abay 1"},
                "location": {"latitude": 1, "longitude": 2},
            },
            "📍 Shop\nAbay 1\n1, 2",
        ),
        ({"contact": {"phone_number": "77010000001", "first_name": "Bob"}}, "👤 Bob, +77010000001"),
        ({"poll": {"question": "Which?", "options": [{"text": "A"}, {"text": "B"}]}}, "📊 Which?\n- A\n- B"),
        ({"dice": {"emoji": "🎲", "value": 4}}, "🎲 4"),
        ({"story": {"id": 1}}, "[story]"),
    ],
)
def test_what_is_no_text_is_told_in_words(content: dict[str, Any], text: str) -> None:
    assert words(**content) == text


def test_only_the_senders_own_contact_vouches_for_a_phone() -> None:
    contact = {"phone_number": "77010000001", "first_name": "Ann"}
    own = read(message=message(contact=contact | {"user_id": ANN["id"]}))
    other = read(message=message(contact=contact | {"user_id": 5}))
    assert own is not None
    assert other is not None
    assert (own.peer.phone, other.peer.phone) == ("+77010000001", None)


def test_an_edit_names_the_message_and_each_edit_has_a_name_of_its_own() -> None:
    edits = [
        parse.events("default", update(n, edited_message=message(7, text=f"v{n}", edit_date=AT + 9)))[0]
        for n in (1, 2)
    ]
    assert isinstance(edits[0], MessageEdited)
    assert (edits[0].target, edits[0].content, edits[0].sent_at.timestamp()) == ("111:7", "v1", AT + 9)
    assert edits[0].external_id != edits[1].external_id


def test_a_live_location_that_moves_is_no_edit() -> None:
    assert read(edited_message=message(7, location={"latitude": 1.0, "longitude": 2.0})) is None


def test_a_pressed_button_says_what_stands_on_it() -> None:
    event = read(callback_query=pressed("yes"))
    assert isinstance(event, ButtonPressed)
    assert (event.payload, event.label, event.target) == ("yes", "Yes", "111:9")
    forged = read(callback_query=pressed("delete-all"))
    assert isinstance(forged, ButtonPressed)
    assert (forged.payload, forged.label) == ("delete-all", "delete-all")


@pytest.mark.parametrize(("emoji", "shown"), [(("👍", "🔥"), "👍"), ((), "")])
def test_a_reaction_is_set_and_taken_back(emoji: tuple[str, ...], shown: str) -> None:
    event = read(message_reaction=reacted(*emoji))
    assert isinstance(event, Reacted)
    assert (event.target, event.emoji) == ("111:7", shown)


@pytest.mark.parametrize(
    ("status", "state"), [("kicked", Subscription.BLOCKED), ("member", Subscription.OPTED_IN)]
)
def test_who_blocks_the_bot_or_lets_it_write_again_is_heard(status: str, state: Subscription) -> None:
    event = read(my_chat_member=membership(status))
    assert isinstance(event, SubscriptionChanged)
    assert event.state is state


@pytest.mark.parametrize(
    ("command", "language", "label"),
    [
        ("/start", "ru-RU", "Здравствуйте!"),
        ("/start order_42", "kk", "Сәлеметсіз бе!"),
        ("/human@shop_bot", "en", "I want to talk to a person, please."),
        ("/STATUS", "de", "Where is my order?"),
    ],
)
def test_a_command_of_the_menu_says_its_words_in_the_customers_language(
    command: str, language: str, label: str
) -> None:
    event = read(message=message(text=command) | {"from": ANN | {"language_code": language}})
    assert isinstance(event, ButtonPressed)
    assert (event.payload, event.label) == (command, label)


@pytest.mark.parametrize("text", ["/unknown", "start", "/human please, it burns", "and/or"])
def test_what_is_no_command_of_the_menu_stays_what_was_written(text: str) -> None:
    assert words(text=text) == text


@pytest.mark.parametrize(
    "kind",
    [
        {"message": message(text="hi") | {"chat": CHAT | {"id": -5, "type": "group"}}},
        {"message": message(text="hi") | {"from": ANN | {"is_bot": True}}},
        {"message": message(pinned_message=message(3, text="x"))},
        {"channel_post": message(text="hi")},
        {"my_chat_member": membership("restricted")},
        {},
    ],
)
def test_groups_bots_and_service_messages_are_none_of_the_desks_business(kind: dict[str, Any]) -> None:
    assert read(**kind) is None


def test_an_update_that_names_no_chat_is_kept_for_a_person() -> None:
    with pytest.raises(DeliveryUnreadable, match="names no chat"):
        read(message={"text": "hi"})
    with pytest.raises(DeliveryUnreadable, match="names no message"):
        read(message={"text": "hi", "chat": CHAT})


def test_what_is_no_update_is_a_bad_request() -> None:
    with pytest.raises(BadRequest):
        parse.events("default", json.loads('{"update_id": "7"}'))
