"""The two groups of the inbox: what a person owes an answer, and all the rest."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest

from frontdesk.db.pool import execute
from frontdesk.desk import Desk, open_desk
from frontdesk.settings import Settings
from frontdesk.web.app import create_app
from tests.web.conftest import API, BASE, Submit, settled

PRAISE = "Спасибо за быструю доставку, всё отлично!"
CALM = (
    "How long does delivery to Shymkent take?",
    "Which cards do you accept?",
    PRAISE,
    "Здравствуйте! Подскажите, есть ли у вас самовывоз?",
    "Сәлеметсіз бе! Жеткізу қанша күн алады?",
    "Can I change the address of my order?",
)
FOR_A_PERSON = (
    "I would like to talk to a person, please",
    "Позовите оператора, пожалуйста",
    "Соедините меня с живым человеком",
    "Адаммен сөйлескім келеді",
    "Please let a human answer me",
)
FRAUD = "Мне позвонили якобы из вашей службы безопасности, я продиктовал код, и с карты списали 180 000 тенге"
BATTERY = "The power bank I bought from you swelled up and started to smoke while charging, it burned my desk"


async def by_group(client: httpx2.AsyncClient, group: str | None, **query: str) -> dict[str, list[str]]:
    """The ticket ids under `listed`, and the counts of both groups."""
    params = {"status": "open", **query, **({"group": group} if group else {})}
    answer = await client.get(f"{API}/tickets", params=params)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["pagination"]["total"] == len(page["tickets"])
    counts = [f"{name} {count}" for name, count in page["groups"].items()]
    return {"listed": [ticket["ticket_id"] for ticket in page["tickets"]], "counts": counts}


async def test_a_person_owes_an_answer_only_while_a_message_of_the_customer_waits_for_it(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    ai_has_it = (await submit())["ticket_id"]
    mine = (await submit())["ticket_id"]
    await settled(client)
    assert await by_group(client, "needs_you") == {"listed": [], "counts": ["needs_you 0", "ai 2"]}

    await client.post(f"{API}/tickets/{mine}/takeover")
    assert (await by_group(client, "needs_you"))["listed"] == []  # taken over; the customer has had an answer
    await client.patch(f"{API}/tickets/{mine}", json={"tags": ["later"]})
    assert set((await by_group(client, "ai"))["listed"]) == {ai_has_it, mine}


async def test_the_groups_part_the_list_and_are_counted_whatever_is_asked_for(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    waiting, answered, other = [(await submit(channel=c))["ticket_id"] for c in ("sms", "sms", "email")]
    await settled(client)
    async with desk.db.connection() as conn:
        await execute(
            conn,
            "update ticket set status = 'escalated', owner = 'person', updated_at = now(),"
            " waiting_since = case when ticket_id = %s then now() end where ticket_id = any(%s)",
            (waiting, [waiting, answered]),
        )
    counts = ["needs_you 1", "ai 2"]
    assert await by_group(client, "needs_you") == {"listed": [waiting], "counts": counts}
    rest = await by_group(client, "ai")
    assert (set(rest["listed"]), rest["counts"]) == ({answered, other}, counts)
    assert len((await by_group(client, None))["listed"]) == 3
    assert (await by_group(client, "ai", channel="sms"))["counts"] == ["needs_you 1", "ai 1"]
    assert (await by_group(client, None, waiting="person"))["listed"] == [waiting]
    refused = await client.get(f"{API}/tickets", params={"group": "mine"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "validation_error")


async def test_a_cursor_stays_within_its_group(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> None:
    wanted = {(await submit())["ticket_id"] for _ in range(3)}
    await submit()
    await settled(client)
    async with desk.db.connection() as conn:
        await execute(
            conn,
            "update ticket set status = 'escalated', owner = 'person', waiting_since = now()"
            " where ticket_id = any(%s)",
            (list(wanted),),
        )
    listed: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"group": "needs_you", "limit": "1", **({"cursor": cursor} if cursor else {})}
        page = (await client.get(f"{API}/tickets", params=query)).json()
        assert page["pagination"]["total"] == 3
        listed += [ticket["ticket_id"] for ticket in page["tickets"]]
        cursor = page["pagination"]["next_cursor"]
    assert (len(listed), set(listed)) == (3, wanted)


@pytest.fixture
async def understanding(settings: Settings) -> AsyncIterator[tuple[Desk, httpx2.AsyncClient]]:
    """A desk whose own local intelligence reads and answers."""
    async with open_desk(settings, demo=True) as desk:
        worker = asyncio.create_task(desk.worker().run())
        transport = httpx2.ASGITransport(create_app(desk))
        async with httpx2.AsyncClient(transport=transport, base_url=BASE) as client:
            yield desk, client
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


@pytest.mark.timeout(120)
async def test_danger_and_fraud_come_before_calm_tickets_of_valuable_customers(
    understanding: tuple[Desk, httpx2.AsyncClient],
) -> None:
    desk, client = understanding
    async with desk.db.connection() as conn:
        for number in range(len(CALM) + len(FOR_A_PERSON)):
            await execute(
                conn,
                "insert into customer (customer_id, name, ltv, churn_risk, vip) values (%s, 'Dana', 2500, 0.3, true)",
                (f"VALUED-{number}",),
            )
    ids: dict[str, str] = {}
    for number, body in enumerate((*CALM, *FOR_A_PERSON)):
        ids[body] = await _submit(client, body, customer_id=f"VALUED-{number}")
    for body in (FRAUD, BATTERY):
        ids[body] = await _submit(client, body, customer_id=None)
    await settled(client, 60)
    top = (await by_group(client, "needs_you"))["listed"][:5]
    assert ids[FRAUD] in top
    assert ids[BATTERY] in top
    for body in (FRAUD, BATTERY):
        why = (await client.get(f"{API}/tickets/{ids[body]}/score-breakdown")).json()
        assert why["components"]["safety"] == 8.0
    assert ids[PRAISE] in (await by_group(client, "ai"))["listed"]


async def _submit(client: httpx2.AsyncClient, body: str, customer_id: str | None) -> str:
    given = {"subject": "A question", "body": body, "channel": "web_form", "customer_id": customer_id}
    accepted = await client.post(f"{API}/tickets", json=given)
    assert accepted.status_code == 202, accepted.text
    return str(accepted.json()["ticket_id"])
