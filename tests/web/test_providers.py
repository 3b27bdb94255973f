"""Providers call a whole desk over HTTP: what comes is answered on their wire, and nothing hostile is kept."""

import dataclasses
import gzip
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from frontdesk.channels.request import Request
from frontdesk.desk import Desk
from frontdesk.settings import Settings
from tests.emulators import cloud_api, instagram_api, twilio_stub
from tests.emulators.cloud_api import CloudApi
from tests.emulators.http_stub import HttpStub, http_stub
from tests.emulators.instagram_api import InstagramApi
from tests.emulators.twilio_stub import TwilioStub
from tests.journeys.talk import quiet, rows
from tests.web.conftest import BASE

MEGABYTE = 1024 * 1024
TWILIO = f"{BASE}/webhooks/twilio/default"
QUESTION = "Where is my order?"
ANSWER = "RE: WHERE IS MY ORDER?"


@pytest.fixture(scope="module")
def stubs() -> Iterator[dict[str, HttpStub]]:
    with (
        http_stub(CloudApi()) as meta,
        http_stub(InstagramApi()) as photos,
        http_stub(TwilioStub()) as twilio,
    ):
        yield {"whatsapp": meta, "instagram": photos, "twilio": twilio}


@pytest.fixture
def settings(settings: Settings, stubs: dict[str, HttpStub]) -> Settings:
    variables = {
        "WHATSAPP_TOKEN": "t", "WHATSAPP_PHONE_NUMBER_ID": cloud_api.PHONE_ID,
        "WHATSAPP_APP_SECRET": cloud_api.APP_SECRET, "WHATSAPP_VERIFY_TOKEN": "v",
        "WHATSAPP_API_URL": stubs["whatsapp"].url,
        "INSTAGRAM_TOKEN": "t", "INSTAGRAM_ACCOUNT_ID": instagram_api.ACCOUNT_ID,
        "INSTAGRAM_APP_SECRET": instagram_api.APP_SECRET, "INSTAGRAM_VERIFY_TOKEN": "v",
        "INSTAGRAM_API_URL": stubs["instagram"].url,
        "TWILIO_ACCOUNT_SID": twilio_stub.SID, "TWILIO_AUTH_TOKEN": twilio_stub.TOKEN,
        "TWILIO_FROM": twilio_stub.NUMBER, "TWILIO_API_URL": stubs["twilio"].url,
    }  # fmt: skip
    return settings.model_copy(update={"variables": variables})


REQUESTS = {
    "whatsapp": cloud_api.request(cloud_api.delivered(cloud_api.message("text", {"body": QUESTION}))),
    "instagram": instagram_api.request(instagram_api.delivered(instagram_api.message(QUESTION))),
    "twilio": twilio_stub.request(twilio_stub.sms(QUESTION), TWILIO),
}


async def call(client: httpx2.AsyncClient, provider: str, request: Request) -> httpx2.Response:
    path = f"/webhooks/{provider}/default"
    return await client.post(path, content=request.body, headers=dict(request.headers))


def sent(provider: str, stub: HttpStub) -> list[str]:
    """The words that left for the customer."""
    sends = [
        asked
        for asked in stub.asked
        if asked.method == "POST" and asked.path.lower().partition(".json")[0].endswith("/messages")
    ]
    readers: dict[str, Any] = {
        "whatsapp": lambda asked: asked.json["text"]["body"],
        "instagram": lambda asked: asked.json["message"]["text"],
        "twilio": lambda asked: twilio_stub.sent(asked)["Body"],
    }
    return [readers[provider](asked) for asked in sends]


@pytest.mark.parametrize("provider", REQUESTS)
async def test_a_question_is_answered_on_the_providers_wire_once(
    client: httpx2.AsyncClient, desk: Desk, stubs: dict[str, HttpStub], provider: str
) -> None:
    stubs[provider].asked.clear()
    for _ in range(3):
        taken = await call(client, provider, REQUESTS[provider])
        assert taken.status_code == 200
    await quiet(desk)
    assert sent(provider, stubs[provider]) == [ANSWER]


async def test_a_status_brings_the_message_forward(
    client: httpx2.AsyncClient, desk: Desk, stubs: dict[str, HttpStub]
) -> None:
    await call(client, "whatsapp", REQUESTS["whatsapp"])
    await quiet(desk)
    [part] = await rows(desk, "select external_id from sent_part")
    read = cloud_api.delivered(statuses=[cloud_api.status("read", part["external_id"])])
    await call(client, "whatsapp", cloud_api.request(read))
    await quiet(desk)
    states = await rows(desk, "select delivery_state from message where sender_type = 'ai'")
    assert states == [{"delivery_state": "read"}]


@pytest.mark.parametrize("provider", REQUESTS)
async def test_what_is_too_large_packed_or_too_deep_is_refused_and_not_kept(
    client: httpx2.AsyncClient, desk: Desk, provider: str
) -> None:
    sign: dict[str, Any] = {
        "whatsapp": cloud_api.signed,
        "instagram": instagram_api.signed,
        "twilio": lambda body: twilio_stub.signed(body, TWILIO),
    }
    large = await client.post(f"/webhooks/{provider}/default", content=b"a" * 30 * MEGABYTE)
    assert large.status_code == 413
    bomb = gzip.compress(json.dumps({"entry": "0" * 50 * MEGABYTE}).encode(), 1)
    packed = sign[provider](bomb)
    packed = dataclasses.replace(packed, headers={**packed.headers, "content-encoding": "gzip"})
    assert (await call(client, provider, packed)).status_code == 400
    deep = sign[provider](b'{"entry":' + b"[" * 100_000)
    assert (await call(client, provider, deep)).status_code == 400
    assert await rows(desk, "select source from raw_delivery") == []
