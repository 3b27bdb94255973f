"""What local intelligence learned, over HTTP."""

from typing import Any

import httpx2
import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from frontdesk.terms import TicketId
from frontdesk.understanding.learning import corrections, versions
from frontdesk.understanding.learning.corrections import Field
from tests.web.conftest import API, Submit, settled

MEASURED = {"accuracy": 0.9, "accuracy_before": 0.6, "held_out": 10, "compared_with": 0}


async def _add(desk: Desk, task: str, *, promoted: bool = False) -> int:
    async with desk.db.transaction() as conn:
        added = await versions.add(
            conn,
            task,
            b"never read here",
            made_from="corrections",
            examples=8,
            labels=["delivery", "payment"],
            measured=MEASURED,
        )
        if promoted:
            await versions.promote(conn, task, added.number, OPERATOR)
        return added.number


async def _tasks(client: httpx2.AsyncClient) -> dict[str, dict[str, Any]]:
    listed = await client.get(f"{API}/classifiers")
    assert listed.status_code == 200, listed.text
    return {task["task"]: task for task in listed.json()["tasks"]}


def _told(task: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(task[name] for name in names)


async def test_a_new_desk_uses_what_ships(client: httpx2.AsyncClient) -> None:
    tasks = await _tasks(client)
    assert list(tasks) == ["category", "intent"]
    assert all(
        _told(task, "in_use", "back_to", "corrections", "versions") == (0, None, 0, [])
        for task in tasks.values()
    )


async def test_versions_are_listed_newest_first_with_what_was_measured(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    await _add(desk, "category", promoted=True)
    await _add(desk, "category")
    await _add(desk, "wishes")
    tasks = await _tasks(client)
    category = tasks["category"]
    assert _told(category, "in_use", "back_to") == (1, 0)
    assert [_told(task, "number", "state") for task in category["versions"]] == [
        (2, "candidate"),
        (1, "promoted"),
    ]
    assert category["versions"][0]["measured"] == MEASURED
    assert _told(tasks["wishes"], "in_use", "back_to", "needed") == (None, None, None)


async def test_a_version_comes_into_use_and_goes_back_step_by_step(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    for _ in range(3):
        await _add(desk, "category")
    for number in (1, 3):
        done = await client.post(f"{API}/classifiers/category/promote", json={"number": number})
        assert (done.status_code, done.json()["state"]) == (200, "promoted"), done.text
    assert _told((await _tasks(client))["category"], "in_use", "back_to") == (3, 1)

    seen = []
    for _ in range(2):
        back = await client.post(f"{API}/classifiers/category/rollback")
        seen.append(_told(back.json()["tasks"][0], "in_use", "back_to"))
    assert seen == [(1, 0), (0, None)]
    again = await client.post(f"{API}/classifiers/category/rollback")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "conflict")


async def test_the_first_version_of_a_desks_own_task_has_nothing_before_it(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    await _add(desk, "wishes", promoted=True)
    assert (await _tasks(client))["wishes"]["back_to"] is None
    assert (await client.post(f"{API}/classifiers/wishes/rollback")).status_code == 409


@pytest.mark.parametrize("task", ["category", "nothing-of-the-kind"])
async def test_a_version_that_is_not_there_is_not_found(client: httpx2.AsyncClient, task: str) -> None:
    refused = await client.post(f"{API}/classifiers/{task}/promote", json={"number": 7})
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("number", [0, -1, 2**40, "one", None])
async def test_no_number_of_a_version_is_told(client: httpx2.AsyncClient, number: object) -> None:
    refused = await client.post(f"{API}/classifiers/category/promote", json={"number": number})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "validation_error")


async def test_what_people_do_not_correct_cannot_be_learned_here(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    await _add(desk, "wishes")
    for task in ("wishes", "nothing-of-the-kind"):
        assert (await client.post(f"{API}/classifiers/{task}/train")).status_code == 404


async def _correct(desk: Desk, ticket_id: str, field: Field, became: str) -> None:
    async with desk.db.transaction() as conn:
        await corrections.keep(conn, TicketId(ticket_id), field, was="delivery", became=became, by="operator")


async def test_learning_starts_with_enough_corrections_alone(
    client: httpx2.AsyncClient, desk: Desk, submit: Submit
) -> None:
    tickets = [(await submit(f"Question {at}"))["ticket_id"] for at in range(6)]
    await settled(client)
    for ticket_id in tickets[:5]:
        await _correct(desk, ticket_id, "category", "payment")
    refused = await client.post(f"{API}/classifiers/category/train")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")

    await _correct(desk, tickets[5], "category", "payment")
    assert _told((await _tasks(client))["category"], "corrections", "new_corrections", "needed") == (6, 6, 6)
    await _hold_the_lane(desk)
    started = await client.post(f"{API}/classifiers/category/train")
    assert (started.status_code, started.json()) == (202, {"status": "started"})
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, "select due_at <= now() from lane where key = 'learn:category'")


async def _hold_the_lane(desk: Desk) -> None:
    """A worker that is long at it: the desk's own must not spend seconds on a training here."""
    async with desk.db.transaction() as conn:
        await execute(
            conn,
            "insert into lane (key, kind, due_at, lease_until)"
            " values ('learn:category', 'learn', 'infinity', now() + interval '1 hour')",
        )


async def test_a_category_set_right_is_a_correction_until_it_is_what_the_ai_said(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    name = (await submit())["ticket_id"]
    await settled(client)

    async def change(**fields: str) -> dict[str, Any]:
        changed = await client.patch(f"{API}/tickets/{name}", json=fields)
        assert changed.status_code == 200, changed.text
        return dict(changed.json())

    assert (await change(category="payment", intent="complaint"))["category"] == "payment"
    tasks = await _tasks(client)
    assert [_told(task, "corrections", "new_corrections") for task in tasks.values()] == [(1, 1), (1, 1)]
    await change(category="billing")  # thought better of: still one
    assert (await _tasks(client))["category"]["corrections"] == 1
    await change(category="delivery")
    tasks = await _tasks(client)
    assert [task["corrections"] for task in tasks.values()] == [0, 1]


async def test_an_intent_that_there_is_not_is_told(client: httpx2.AsyncClient, submit: Submit) -> None:
    name = (await submit())["ticket_id"]
    refused = await client.patch(f"{API}/tickets/{name}", json={"intent": "mood"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "validation_error")
