"""Whether a customer can be written to now, templates, and what was set aside, sent again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from frontdesk.channels.outbound import Template
from frontdesk.desk import Desk
from frontdesk.errors import SendRefused
from frontdesk.settings import Settings
from tests.contracts import toy_channel
from tests.contracts.toy_channel import Wire, delivery, event
from tests.journeys.talk import later, look, quiet, rows
from tests.web.conftest import API, BASE

PATH = "/webhooks/toy/default"
CLOSED = "update conversation set last_inbound_at = now() - interval '8 days'"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    variables = {"TOY_SECRET": "s", "TOY_WIRE": "sending"}
    return settings.model_copy(
        update={"channel_modules": ("tests.contracts.toy_channel",), "variables": variables}
    )


@pytest.fixture(autouse=True)
async def wire() -> AsyncIterator[Wire]:
    toy_channel.WIRES["sending"] = fresh = Wire()
    yield fresh
    toy_channel.WIRES.clear()


async def asked(client: httpx2.AsyncClient, desk: Desk) -> str:
    """A ticket whose customer wrote just now; its address."""
    body = delivery(event("message", "m1", content="Where is my order?"))
    request = toy_channel.signed("s", BASE + PATH, body)
    assert (await client.post(PATH, content=body, headers=dict(request.headers))).status_code == 200
    await quiet(desk)
    [ticket] = (await look(desk)).tickets
    return f"{API}/tickets/{ticket.ticket_id}"


async def reach(client: httpx2.AsyncClient, ticket: str) -> dict[str, Any]:
    answer = await client.get(f"{ticket}/reach")
    assert answer.status_code == 200
    return dict(answer.json())


async def test_staff_see_until_when_they_may_write(client: httpx2.AsyncClient, desk: Desk) -> None:
    seen = await reach(client, await asked(client, desk))
    closes_at = datetime.fromisoformat(seen["window_closes_at"])
    assert timedelta(days=6, hours=23) < closes_at - datetime.now(UTC) <= timedelta(days=7)
    assert (seen["open"], seen["templates"], seen["hindrance"], seen["parked"]) == (True, True, None, [])


async def test_free_text_is_refused_once_the_window_is_closed_and_a_template_goes(
    client: httpx2.AsyncClient, desk: Desk, wire: Wire
) -> None:
    ticket = await asked(client, desk)
    await later(desk, CLOSED)
    assert (await reach(client, ticket))["open"] is False
    refused = await client.post(f"{ticket}/messages", json={"content": "Are you still there?"})
    assert refused.status_code == 409
    assert refused.json()["error"]["details"] | {"closed_at": ""} == {
        "reason": "window_closed",
        "closed_at": "",
        "templates": True,
    }
    template = {"name": "order_update", "language": "ru", "parameters": ["54321"]}
    sent = await client.post(f"{ticket}/messages", json={"content": "Order 54321", "template": template})
    assert sent.status_code == 201
    await quiet(desk)
    assert wire.taken[-1].template == Template("order_update", "ru", ("54321",))
    contents = [message.content for message in (await look(desk)).messages]
    assert "Are you still there?" not in contents


async def test_what_was_set_aside_is_shown_with_its_reason_and_sent_again(
    client: httpx2.AsyncClient, desk: Desk, wire: Wire
) -> None:
    ticket = await asked(client, desk)
    wire.errors = [SendRefused("the access token is not valid any more (code 190)")]
    written = (await client.post(f"{ticket}/messages", json={"content": "On its way."})).json()
    await quiet(desk)
    message_id = written["message_id"]
    assert (await reach(client, ticket))["parked"] == [
        {"message_id": message_id, "reason": "the access token is not valid any more (code 190)"}
    ]
    assert (await client.post(f"{ticket}/messages/{message_id}/resend")).status_code == 202
    await quiet(desk)
    assert wire.taken[-1].message_id == message_id
    assert (await reach(client, ticket))["parked"] == []
    acts = await rows(desk, "select action from audit_entry where action = 'ticket.resent'")
    assert len(acts) == 1


async def test_what_went_out_is_sent_no_second_time(
    client: httpx2.AsyncClient, desk: Desk, wire: Wire
) -> None:
    ticket = await asked(client, desk)
    [ours] = (await look(desk)).by_ai
    count = len(wire.taken)
    assert (await client.post(f"{ticket}/messages/{ours.message_id}/resend")).status_code == 409
    assert (await client.post(f"{ticket}/messages/nothing/resend")).status_code == 404
    await quiet(desk)
    assert len(wire.taken) == count


async def test_who_has_unsubscribed_cannot_be_written_to(client: httpx2.AsyncClient, desk: Desk) -> None:
    ticket = await asked(client, desk)
    await later(desk, "update conversation set unreachable = 'the customer has unsubscribed'")
    seen = await reach(client, ticket)
    assert (seen["open"], seen["hindrance"]) == (False, "the customer has unsubscribed")


async def test_a_channel_without_templates_has_none(client: httpx2.AsyncClient) -> None:
    assert (await client.get(f"{API}/channels/web_chat/default/templates")).json() == {"templates": []}
    assert (await client.get(f"{API}/channels/web_chat/nowhere/templates")).status_code == 404
