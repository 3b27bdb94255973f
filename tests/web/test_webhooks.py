"""Where providers call: nothing unproven is kept, nothing proven is lost."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
from prometheus_client import REGISTRY

from frontdesk.db.pool import execute
from frontdesk.desk import Desk
from frontdesk.settings import Settings
from tests.contracts import toy_channel
from tests.contracts.toy_channel import ToyChannel, delivery, event
from tests.journeys.talk import look, quiet, rows
from tests.web.conftest import BASE

PATH = "/webhooks/toy/default"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    toy = {
        "channel_modules": ("tests.contracts.toy_channel",),
        "variables": {"TOY_SECRET": "s", "TOY_WIRE": "web"},
    }
    return settings.model_copy(update=toy)


@pytest.fixture(autouse=True)
async def _fresh_wire() -> AsyncIterator[None]:
    yield
    toy_channel.WIRES.clear()


async def call(
    client: httpx2.AsyncClient, body: bytes, path: str = PATH, secret: str = "s"
) -> httpx2.Response:
    request = toy_channel.signed(secret, BASE + path, body)
    return await client.post(path, content=body, headers=dict(request.headers))


async def kept(desk: Desk) -> list[dict[str, object]]:
    return await rows(desk, "select source, body, events, failure from raw_delivery order by delivery_id")


async def test_a_message_is_taken_answered_and_sent(client: httpx2.AsyncClient, desk: Desk) -> None:
    body = delivery(event("message", "m1", content="Where is my order?"))
    answer = await call(client, body)
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (
        200,
        "<ok/>",
        "text/xml; charset=utf-8",
    )
    await quiet(desk)
    [sent] = toy_channel.WIRES["web"].taken
    assert (sent.content, sent.address) == ("RE: WHERE IS MY ORDER?", "ann")
    assert await kept(desk) == [{"source": "toy/default", "body": body, "events": 1, "failure": None}]


async def test_a_repetition_is_taken_and_has_no_effect(client: httpx2.AsyncClient, desk: Desk) -> None:
    body = delivery(
        event("message", "m1", content="Hello"), event("message", "m2", content="Where is my order?")
    )
    for _ in range(3):
        assert (await call(client, body)).status_code == 200
    again = delivery(event("message", "m2", content="Where is my order?"))
    assert (await call(client, again)).status_code == 200
    await quiet(desk)
    assert [m.content for m in (await look(desk)).messages if m.sender_type == "customer"] == [
        "Hello",
        "Where is my order?",
    ]
    assert len(await kept(desk)) == 2


@pytest.mark.parametrize("headers", [{}, {"x-toy-signature": ""}, {"x-toy-signature": "0" * 64}])
async def test_a_bad_signature_is_refused_and_nothing_is_kept(
    client: httpx2.AsyncClient, desk: Desk, headers: dict[str, str]
) -> None:
    answer = await client.post(PATH, content=delivery(event("message", "m1", content="Hi")), headers=headers)
    assert answer.status_code == 401
    assert await kept(desk) == await rows(desk, "select * from raw_event") == []


async def test_the_whole_public_address_is_proven(client: httpx2.AsyncClient, desk: Desk) -> None:
    body, path = delivery(event("message", "m1", content="Hi")), f"{PATH}?a=%2F+b&c"
    assert (await call(client, body, path)).status_code == 200
    request = toy_channel.signed("s", BASE + PATH, body)
    assert (await client.post(path, content=body, headers=dict(request.headers))).status_code == 401


async def test_an_unknown_kind_is_taken_and_its_bytes_are_kept(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    body = delivery(event("dance", "d1"))
    assert (await call(client, body)).status_code == 200
    assert await kept(desk) == [{"source": "toy/default", "body": body, "events": 0, "failure": None}]


async def test_what_cannot_be_read_is_a_bad_request(client: httpx2.AsyncClient) -> None:
    answer = await call(client, b"{")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


async def test_a_delivery_on_which_the_reader_fails_is_set_aside(
    client: httpx2.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToyChannel, "parse", lambda self, request: dict[str, str]()["type"])
    body = b'{"events": [{"type": "message"}]}'
    assert (await call(client, body)).status_code == 200
    [delivery] = await kept(desk)
    assert (delivery["body"], delivery["failure"]) == (body, "KeyError while it was read")


async def test_what_is_too_large_is_refused(client: httpx2.AsyncClient, desk: Desk) -> None:
    body = delivery(event("message", "m1", content="x" * 300_000))
    assert (await call(client, body)).status_code == 413
    assert await kept(desk) == []


async def test_an_unknown_account_is_not_found(client: httpx2.AsyncClient) -> None:
    assert (await call(client, b"{}", "/webhooks/toy/another")).status_code == 404
    assert (await call(client, b"{}", "/webhooks/fax/default")).status_code == 404


async def test_without_the_database_the_provider_must_come_again(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    await desk.db.close()
    answer = await call(client, delivery(event("message", "m1", content="Hi")))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) >= 1


async def test_a_challenge_is_answered_to_who_knows_the_secret(client: httpx2.AsyncClient) -> None:
    answer = await client.get(PATH, params={"challenge": "1158201444", "secret": "s"})
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")
    assert (await client.get(PATH, params={"challenge": "1", "secret": "x"})).status_code == 401


async def test_calls_are_counted_by_their_result(client: httpx2.AsyncClient) -> None:
    def counted(result: str) -> float:
        labels = {"webhook": "toy/default", "result": result}
        return REGISTRY.get_sample_value("support_webhook_requests_total", labels) or 0.0

    before = {result: counted(result) for result in ("accepted", "duplicate", "unauthorized")}
    body = delivery(event("message", "m1", content="Hi"))
    await call(client, body)
    await call(client, body)
    await call(client, body, secret="wrong")
    assert {result: counted(result) - was for result, was in before.items()} == dict.fromkeys(before, 1)


async def test_the_console_sees_what_an_account_can_do(client: httpx2.AsyncClient) -> None:
    accounts = (await client.get("/api/v1/channels")).json()
    [toy] = [delivery for delivery in accounts if delivery["webhook"]]
    assert toy["webhook"] == BASE + PATH
    assert (toy["channel"], toy["account"]) == (ToyChannel.name, "default")
    can = toy["capabilities"]
    assert can["style"] == {"max_words": 100, "max_characters": None, "tone": "friendly"}
    assert can["buttons"] == {"most": 3, "label_characters": 20}
    assert can["window"] == {"ai_seconds": 86_400, "person_seconds": 7 * 86_400}
    assert can["receipts"] == ["delivered", "failed", "read"]
    assert can["media"] == [{"content_type": "image/*", "most_bytes": 1000}]


async def test_only_of_a_channel_that_is_the_desk_itself_is_the_health_known(
    client: httpx2.AsyncClient,
) -> None:
    accounts = (await client.get("/api/v1/channels")).json()
    health = {account["channel"]: account["health"] for account in accounts if account["account"] != "api"}
    assert health == {"web_chat": "ok", "web_form": "ok", ToyChannel.name: "unknown"}


async def test_what_was_set_aside_is_listed_and_can_be_tried_again(
    client: httpx2.AsyncClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = {
        "type": "message",
        "id": "m1",
        "sender": "ann",
        "at": toy_channel.NOW,
        "fields": {"content": "Hi there"},
    }
    await call(client, delivery(newer))
    listed = (await client.get("/api/v1/channels/set-aside")).json()
    [aside] = listed["deliveries"]
    assert (aside["source"], aside["reason"]) == ("toy/default", "KeyError in a toy's event")
    read = ToyChannel._event
    monkeypatch.setattr(
        ToyChannel, "_event", lambda self, event: read(self, event | {"from": event["sender"]})
    )
    again = await client.post(f"/api/v1/channels/set-aside/deliveries/{aside['delivery_id']}/retry")
    assert again.json() == {"status": "accepted"}
    await quiet(desk)
    assert (await look(desk)).messages[0].content == "Hi there"
    assert (await client.get("/api/v1/channels/set-aside")).json() == {"events": [], "deliveries": []}


async def test_an_event_that_was_set_aside_is_recorded_after_all(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    kept_by_a_newer_version = (
        'update raw_event set body = body || \'{"kind": "hologram"}\', recorded_at = now(), parked_at = now(),'
        " failure = 'unknown' where event_id = (select max(event_id) from raw_event)"
    )
    await call(client, delivery(event("message", "m1", content="Hi")))
    await quiet(desk)
    async with desk.db.connection() as conn:
        await execute(conn, kept_by_a_newer_version)
    [aside] = (await client.get("/api/v1/channels/set-aside")).json()["events"]
    assert (aside["kind"], aside["channel"], aside["reason"]) == ("hologram", ToyChannel.name, "unknown")
    path = f"/api/v1/channels/set-aside/events/{aside['event_id']}/retry"
    assert (await client.post(path)).json() == {"status": "queued"}
    await quiet(desk)
    [still] = (await client.get("/api/v1/channels/set-aside")).json()["events"]
    assert "hologram" in still["reason"]
    assert (await client.post("/api/v1/channels/set-aside/events/999/retry")).status_code == 404


async def test_one_delivery_five_times_at_once_is_one_message_and_one_answer(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    body = delivery(*(event("message", f"m{n}", content=f"n{n} where is my order?") for n in range(3)))
    answers = await asyncio.gather(*(call(client, body) for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    await call(client, body)
    await quiet(desk)
    contents = [m.content for m in (await look(desk)).messages if m.sender_type == "customer"]
    assert contents == [f"n{n} where is my order?" for n in range(3)]
    assert len(await kept(desk)) == 1
