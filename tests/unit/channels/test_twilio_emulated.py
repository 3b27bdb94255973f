"""Both ways against an emulator of Twilio that others wrote: its API takes what we send, its signatures pass."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.channels.channel import Channels, Checked, Connectable
from frontdesk.channels.inbound import DeliveryReceipt, InboundEvent, InboundMessage
from frontdesk.channels.outbound import OutboundMessage
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.twilio import build
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, DeliveryState
from tests.emulators import twilio
from tests.emulators.http_stub import HttpStub, Says, http_stub
from tests.emulators.twilio import TwilioEmulator
from tests.unit.channels.no_blobs import NoBlobs

NUMBER, ANN = "+15551234567", "+77010000001"

pytestmark = pytest.mark.skipif(not twilio.PROGRAM.exists(), reason=twilio.WHY_NOT)


@pytest.fixture(scope="module")
def desk() -> Iterator[HttpStub]:
    """Where the emulator calls."""
    with http_stub(lambda asked: Says(200, b"<Response/>", {"Content-Type": "text/xml"})) as running:
        yield running


@pytest.fixture(scope="module")
def emulator(desk: HttpStub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwilioEmulator]:
    numbers = [NUMBER, f"whatsapp:{NUMBER}"]
    folder: Path = tmp_path_factory.mktemp("twilio")
    running = TwilioEmulator(folder, numbers, f"{desk.url}/webhooks/twilio/default")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def channels(desk: HttpStub, emulator: TwilioEmulator) -> Channels:
    variables = {
        "TWILIO_ACCOUNT_SID": twilio.SID,
        "TWILIO_AUTH_TOKEN": twilio.TOKEN,
        "TWILIO_FROM": NUMBER,
        "TWILIO_API_URL": emulator.url,
    }
    desk.asked.clear()
    given = {"_env_file": None, "public_url": desk.url, "variables": variables}
    return Channels(build(Settings.model_validate(given), ChannelDeps(REPLY_STYLES, NoBlobs(), None)))


async def called(desk: HttpStub, channels: Channels) -> list[InboundEvent]:
    """What the emulator's first call says; its signature has passed."""
    for _ in range(200):
        if desk.asked:
            break
        await asyncio.sleep(0.02)
    asked = desk.asked.pop(0)
    request = Request(asked.method, desk.url + asked.path, asked.headers, asked.body)
    hook = channels.webhook("twilio/default")
    hook.verify(request)
    return hook.parse(request)


@pytest.mark.parametrize(("prefix", "channel"), [("", ChannelName.SMS), ("whatsapp:", ChannelName.WHATSAPP)])
async def test_what_a_customer_writes_comes_with_a_signature_that_passes(
    desk: HttpStub, emulator: TwilioEmulator, channels: Channels, prefix: str, channel: ChannelName
) -> None:
    body = "Где мой заказ №54321?"
    await asyncio.to_thread(
        emulator.simulate, "inbound-message", To=prefix + NUMBER, From=prefix + ANN, Body=body
    )
    [event] = await called(desk, channels)
    assert isinstance(event, InboundMessage)
    assert (event.channel, event.content, event.peer.address) == (channel, body, ANN)


async def test_what_we_send_is_taken_and_its_status_comes_back_with_our_id(
    desk: HttpStub, emulator: TwilioEmulator, channels: Channels
) -> None:
    message = OutboundMessage("msg-1", ChannelName.SMS, "default", ANN, "", "It is **here**.", "en")
    receipt = await channels.get(ChannelName.SMS, "default").send(message)
    desk.asked.clear()
    await asyncio.to_thread(
        emulator.simulate, "message-status", MessageSid=receipt.external_id, Status="delivered"
    )
    [event] = await called(desk, channels)
    assert isinstance(event, DeliveryReceipt)
    assert (event.target, event.state) == (receipt.external_id, DeliveryState.DELIVERED)
    assert event.message_id == "msg-1"


async def test_the_emulator_is_told_where_to_call(
    desk: HttpStub, emulator: TwilioEmulator, channels: Channels
) -> None:
    channel = channels.get(ChannelName.SMS, "default")
    assert isinstance(channel, Connectable)
    assert isinstance(channel, Checked)
    assert await channel.connect()
    health = await channel.health()
    assert (health.is_connected, health.missing) == (True, ())
