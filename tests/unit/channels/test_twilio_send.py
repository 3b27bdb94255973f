"""What is said as Twilio takes it, and what its answers mean."""

import dataclasses
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.channel import Channels
from frontdesk.channels.inbound import RemoteMedia
from frontdesk.channels.outbound import Button, OutboundMessage, Template
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.split import utf16_units
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.twilio import build
from frontdesk.channels.twilio.channel import TEXT_UNITS, TwilioChannel
from frontdesk.errors import FileRefused, SendDelayed, SendRefused, SendUnknown, SetupError
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName
from tests.emulators.http_stub import HttpStub, Says, http_stub
from tests.emulators.twilio_stub import ANN, FILE, NUMBER, SID, TOKEN, TwilioStub, sent, twilio_error
from tests.unit.channels.no_blobs import NoBlobs

SAID = OutboundMessage("msg-1", ChannelName.SMS, "default", ANN, "", "It is **here** — wait.", "ru")
YES_NO = (Button("Да", "yes"), Button("Нет", "no"))


def channels(api: str = "https://api.twilio.com", **changed: str) -> Channels:
    variables = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": NUMBER}
    variables |= {"TWILIO_API_URL": api, "TWILIO_CONTENT_URL": api, **changed}
    given = {"_env_file": None, "public_url": "https://desk.example", "variables": variables}
    settings = Settings.model_validate(given)
    return Channels(build(settings, ChannelDeps(REPLY_STYLES, NoBlobs(), None)))


@pytest.fixture
def api() -> TwilioStub:
    return TwilioStub()


@pytest.fixture
def stub(api: TwilioStub) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


@pytest.fixture
def text(stub: HttpStub) -> TwilioChannel:
    return twilio(channels(stub.url), ChannelName.SMS, "default")


@pytest.fixture
def whatsapp(stub: HttpStub) -> TwilioChannel:
    return twilio(channels(stub.url), ChannelName.WHATSAPP, "twilio")


def twilio(of: Channels, name: ChannelName, account: str) -> TwilioChannel:
    channel = of.get(name, account)
    assert isinstance(channel, TwilioChannel)
    return channel


def test_one_account_is_two_channels_and_one_webhook() -> None:
    of = channels()
    assert [(channel.name, channel.account) for channel in of] == [("sms", "default"), ("whatsapp", "twilio")]
    hooks: list[object] = [of.webhook("twilio/default")]
    assert hooks == [of.get(ChannelName.SMS, "default")]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("whatsapp:+15551234567", ["whatsapp"]),
        ("MG" + "a" * 32, ["sms"]),
        ("+15551234567, whatsapp:+15550000000", ["sms", "whatsapp"]),
    ],
)
def test_the_senders_say_which_channels_there_are(given: str, names: list[str]) -> None:
    assert [channel.name for channel in channels(TWILIO_FROM=given)] == names


@pytest.mark.parametrize(
    "changed", [{"TWILIO_FROM": "+12"}, {"TWILIO_ACCOUNT_SID": "x"}, {"TWILIO_FROM": ""}]
)
def test_what_is_wrong_is_named_at_start(changed: dict[str, str]) -> None:
    with pytest.raises(SetupError, match=next(iter(changed))) as failed:
        channels(**changed)
    assert TOKEN not in str(failed.value)


async def test_a_text_message_is_plain_and_brings_our_id_back(text: TwilioChannel, stub: HttpStub) -> None:
    receipt = await text.send(SAID)
    assert receipt.external_id.startswith("SM")
    [asked] = stub.asked
    assert asked.path == f"/2010-04-01/Accounts/{SID}/Messages.json"
    assert sent(asked) == {
        "To": ANN,
        "From": NUMBER,
        "Body": "It is here - wait.",
        "StatusCallback": "https://desk.example/webhooks/twilio/default?message_id=msg-1",
    }


async def test_whatsapp_has_its_marks(whatsapp: TwilioChannel, stub: HttpStub) -> None:
    await whatsapp.send(SAID)
    fields = sent(stub.asked[0])
    assert (fields["To"], fields["From"]) == (f"whatsapp:{ANN}", f"whatsapp:{NUMBER}")
    assert fields["Body"] == "It is *here* — wait."


async def test_a_messaging_service_chooses_the_number(stub: HttpStub) -> None:
    service = "MG" + "a" * 32
    await twilio(channels(stub.url, TWILIO_FROM=service), ChannelName.SMS, "default").send(SAID)
    assert sent(stub.asked[0])["MessagingServiceSid"] == service


async def test_a_template_is_a_content_with_what_fills_its_gaps(
    whatsapp: TwilioChannel, stub: HttpStub
) -> None:
    await whatsapp.send(dataclasses.replace(SAID, template=Template("HX1", "ru", ("54321", "завтра"))))
    fields = sent(stub.asked[0])
    assert (fields["ContentSid"], json.loads(fields["ContentVariables"])) == (
        "HX1",
        {"1": "54321", "2": "завтра"},
    )
    assert "Body" not in fields


async def test_the_same_buttons_are_made_once(whatsapp: TwilioChannel, stub: HttpStub) -> None:
    for words in ("Done?", "Sure?"):
        await whatsapp.send(dataclasses.replace(SAID, content=words, buttons=YES_NO))
    made, first, second = stub.asked
    assert made.path == "/v1/Content"
    assert made.json["types"]["twilio/quick-reply"]["actions"][0] == {
        "type": "QUICK_REPLY",
        "title": "Да",
        "id": "yes",
    }
    assert sent(first)["ContentSid"] == sent(second)["ContentSid"]
    assert json.loads(sent(second)["ContentVariables"]) == {"1": "Sure?"}


async def test_more_buttons_than_three_are_a_list(whatsapp: TwilioChannel, stub: HttpStub) -> None:
    topics = tuple(Button(f"T{n}", f"t{n}") for n in range(5))
    await whatsapp.send(dataclasses.replace(SAID, buttons=topics))
    picker = stub.asked[0].json["types"]["twilio/list-picker"]
    assert (picker["button"], len(picker["items"])) == ("Выбрать", 5)


async def test_buttons_that_could_not_be_made_said_nothing(whatsapp: TwilioChannel, api: TwilioStub) -> None:
    api.next_answers.append(Says(502))
    with pytest.raises(SendDelayed):
        await whatsapp.send(dataclasses.replace(SAID, buttons=YES_NO))


@given(st.text(min_size=1, max_size=5_000))
def test_no_part_is_longer_than_twilio_takes(words: str) -> None:
    for channel in channels():
        assert isinstance(channel, TwilioChannel)
        parts = channel.split(dataclasses.replace(SAID, content=words))
        assert [part.part for part in parts] == list(range(len(parts)))
        assert all(utf16_units(part.content) <= TEXT_UNITS for part in parts)


@pytest.mark.parametrize(
    ("says", "error", "wait"),
    [
        (twilio_error(20429, 429), SendDelayed, None),
        (twilio_error(20429, 429, **{"Retry-After": "9"}), SendDelayed, 9.0),
        (twilio_error(63038), SendDelayed, 3600.0),
        (twilio_error(20003, 401), SendRefused, None),
        (twilio_error(21610), SendRefused, None),
        (twilio_error(63016), SendRefused, None),
        (twilio_error(99999), SendRefused, None),
        (Says(503), SendDelayed, None),
        (Says(500), SendUnknown, None),
        (Says(201, {}), SendUnknown, None),
    ],
)
async def test_every_failure_has_its_meaning(
    text: TwilioChannel, api: TwilioStub, says: Says, error: type[Exception], wait: float | None
) -> None:
    api.next_answers.append(says)
    with pytest.raises(error) as failed:
        await text.send(SAID)
    assert getattr(failed.value, "retry_after", None) == wait
    assert TOKEN not in str(failed.value)


async def test_a_file_is_fetched_with_the_password_and_follows_where_it_lies(
    whatsapp: TwilioChannel, stub: HttpStub
) -> None:
    media = RemoteMedia(f"{stub.url}/Media/ME1", "image/png")
    assert b"".join([piece async for piece in whatsapp.fetch(media)]) == FILE
    assert stub.asked[0].headers["authorization"].startswith("Basic ")


async def test_the_password_goes_to_twilio_alone(whatsapp: TwilioChannel, stub: HttpStub) -> None:
    with pytest.raises(FileRefused):
        _ = [piece async for piece in whatsapp.fetch(RemoteMedia("https://x.amazonaws.com/a", "image/png"))]
    assert stub.asked == []
