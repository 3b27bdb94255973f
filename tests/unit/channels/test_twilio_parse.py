"""What Twilio delivers, field by field."""

import pytest

from frontdesk.channels.inbound import (
    ButtonPressed,
    DeliveryReceipt,
    InboundEvent,
    InboundMessage,
    RemoteMedia,
    Subscription,
    SubscriptionChanged,
)
from frontdesk.channels.twilio.parse import Reader
from frontdesk.terms import ChannelName, DeliveryState, Proof
from tests.emulators.twilio_stub import ANN, URL, request, sms, status, whatsapp

READER = Reader({ChannelName.SMS: "default", ChannelName.WHATSAPP: "twilio"})


def read(fields: dict[str, str], url: str = URL) -> list[InboundEvent]:
    return READER.events(request(fields, url))


def said(fields: dict[str, str]) -> InboundMessage:
    [event] = read(fields)
    assert isinstance(event, InboundMessage)
    return event


def test_a_text_message_is_its_numbers() -> None:
    event = said(sms("Где заказ?"))
    assert (event.channel, event.account, event.external_id) == (ChannelName.SMS, "default", "SM1")
    assert (event.peer.address, event.peer.phone, event.peer.proof) == (ANN, ANN, Proof.ATTESTED)


def test_whatsapp_over_the_same_webhook_is_a_channel_of_its_own() -> None:
    event = said(whatsapp("hi"))
    assert (event.channel, event.account) == (ChannelName.WHATSAPP, "twilio")
    assert (event.peer.address, event.peer.name) == (ANN, "Ann")


def test_a_sender_with_a_name_for_a_number_vouches_for_nobody() -> None:
    peer = said(sms("Your code is 1", From="BANK")).peer
    assert (peer.address, peer.phone, peer.proof) == ("BANK", None, Proof.NONE)


def test_files_are_fetched_later() -> None:
    files = {"MediaUrl0": "https://a/0", "MediaContentType0": "image/jpeg", "MediaUrl1": "https://a/1"}
    event = said(whatsapp("look", NumMedia="2", **files))
    assert event.media == (
        RemoteMedia("https://a/0", "image/jpeg", "file1.jpg"),
        RemoteMedia("https://a/1", "application/octet-stream", "file2"),
    )


@pytest.mark.parametrize("count", ["", "x", "-1", "9" * 30, "99999999"])
def test_no_number_of_files_is_believed(count: str) -> None:
    assert said(sms("hi", NumMedia=count, MediaUrl0="https://a/0")).media in (
        (),
        (RemoteMedia("https://a/0", "application/octet-stream", "file1"),),
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"Latitude": "43.2", "Longitude": "76.9", "Label": "Shop", "Address": "Abay 1"}, "📍 Shop\nAbay 1\n43.2, 76.9"),
        ({"InteractiveData": '{"size": "L", "flow_token": "s"}'}, "size: L"),
        ({"ReferralHeadline": "Sale", "ReferralSourceUrl": "https://fb.example"}, "↗ Sale · https://fb.example"),
        ({"MessageType": "poll"}, "[poll]"),
    ],
)  # fmt: skip
def test_what_was_said_in_any_kind_comes_as_words(fields: dict[str, str], words: str) -> None:
    assert said(whatsapp("", **fields)).content == words


def test_buttons_and_lists_tell_what_they_were_sent_with() -> None:
    replied = {"OriginalRepliedMessageSid": "SM0"}
    button = read(whatsapp("Yes", ButtonPayload="yes", ButtonText="Yes", **replied))
    row = read(whatsapp("Topic", ListId="t1", ListTitle="Topic"))
    pressed = [(e.payload, e.label, e.target) for e in button + row if isinstance(e, ButtonPressed)]
    assert pressed == [("yes", "Yes", "SM0"), ("t1", "Topic", None)]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (sms("STOP"), Subscription.UNSUBSCRIBED),
        (sms(" стоп. "), Subscription.UNSUBSCRIBED),
        (sms("no more", OptOutType="STOP"), Subscription.UNSUBSCRIBED),
        (sms("Start"), Subscription.OPTED_IN),
        (whatsapp("back", OptOutType="START"), Subscription.OPTED_IN),
    ],
)
def test_who_wants_no_more_says_so(fields: dict[str, str], state: Subscription) -> None:
    [event] = read(fields)
    assert isinstance(event, SubscriptionChanged)
    assert event.state is state


def test_a_word_that_ends_the_subscription_and_may_be_an_answer_is_both() -> None:
    written, chosen = read(sms("Cancel"))
    assert isinstance(written, InboundMessage)
    assert isinstance(chosen, SubscriptionChanged)
    assert chosen.state is Subscription.UNSUBSCRIBED


def test_stop_in_whatsapp_is_a_word() -> None:
    assert said(whatsapp("stop")).content == "stop"


@pytest.mark.parametrize(
    ("word", "state"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("undelivered", "failed"), ("failed", "failed")],
)  # fmt: skip
def test_statuses_bring_our_own_id_back(word: str, state: str) -> None:
    [event] = read(status(word), f"{URL}?message_id=msg-1")
    assert isinstance(event, DeliveryReceipt)
    assert (event.target, event.state, event.message_id) == ("SM9", DeliveryState(state), "msg-1")
    assert (event.peer.address, event.channel) == (ANN, ChannelName.SMS)


def test_a_failure_tells_why() -> None:
    [event] = read(status("undelivered", prefix="whatsapp:", ErrorCode="63016"))
    assert isinstance(event, DeliveryReceipt)
    assert "only a template may be sent (code 63016)" in event.error
    assert event.account == "twilio"


@pytest.mark.parametrize("word", ["queued", "accepted", "sending", "scheduled", "of tomorrow"])
def test_what_is_no_news_is_nothing(word: str) -> None:
    assert read(status(word)) == []
