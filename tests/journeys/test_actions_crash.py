"""The worker is killed at every pause of the step that proposes and of the step that acts: the effect comes once."""

import asyncio
import signal
from collections import Counter

import pytest

from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from tests.contracts.toy_tool import ToyShop
from tests.journeys import acting_victim, victim
from tests.journeys.acting import proven
from tests.journeys.conftest import OpenDesk
from tests.journeys.processes import PROCESSES
from tests.journeys.proposing import ProposingAnswerer
from tests.journeys.talk import look, quiet, rows

PAUSES = {"attend": 50, "act": 80}
"""More than each step has; the worker that is never killed says so by its exit code."""
LEASE = 300.0
"""Seconds: a killed run is left alone until the killing is over, so that each is killed once."""
TOYS = "tests.contracts.toy_tool"


@pytest.fixture
def settings(settings: Settings, shop: ToyShop, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("TOOL_MODULES", TOYS)  # for the processes that are killed
    return settings.model_copy(update={"tool_modules": (TOYS,)})


async def killed_at(settings: Settings, shop: ToyShop, step: str, pause: int) -> bool:
    """Whether the step has such a pause; the process that ran it is dead by then."""
    words = (settings.database_url, str(settings.frontdesk_home), step, str(pause))
    process = PROCESSES.Process(target=acting_victim.run, args=(shop.url, LEASE, *words), daemon=True)
    process.start()
    await asyncio.to_thread(process.join)
    assert process.exitcode in (-signal.SIGKILL, victim.SURVIVED)
    return process.exitcode == -signal.SIGKILL


async def finish(desk: Desk) -> None:
    """The dead workers' leases end, and a worker that nobody kills brings everything to its end."""
    async with desk.db.transaction() as conn:
        await conn.execute("update lane set lease_until = now() where lease_until is not null")
    worker = asyncio.create_task(desk.worker().run())
    await quiet(desk, seconds=90)
    await end([worker])


async def kill_everywhere(desk: Desk, settings: Settings, shop: ToyShop, step: str, text: str) -> int:
    """A ticket for each pause of the step, whose run was killed there; how many."""
    for pause in range(1, PAUSES[step]):
        await desk.journey.accept(proven(f"{step}-{pause}", text))
        if not await killed_at(settings, shop, step, pause):
            return pause
    return pytest.fail(f"{step} has more pauses than {PAUSES[step]}")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("step", ["attend", "act"])
async def test_an_irreversible_effect_comes_once_wherever_the_worker_is_killed(
    settings: Settings, desk_on: OpenDesk, shop: ToyShop, step: str
) -> None:
    async with desk_on(ProposingAnswerer(), work=False) as desk:
        tickets = await kill_everywhere(desk, settings, shop, step, "Please GIVE 50 now?")
        await finish(desk)
        actions = await rows(desk, "select state, ticket_id, idempotency_key from action")
    assert tickets > 6
    assert Counter(gift["key"] for gift in shop.gifts) == Counter(act["idempotency_key"] for act in actions)
    assert len({act["ticket_id"] for act in actions}) == len(actions) == tickets
    assert {act["state"] for act in actions} == {"done"}


@pytest.mark.timeout(600)
async def test_an_effect_that_cannot_be_settled_comes_at_most_once_and_reaches_a_person(
    settings: Settings, desk_on: OpenDesk, shop: ToyShop
) -> None:
    async with desk_on(ProposingAnswerer(), work=False) as desk:
        tickets = await kill_everywhere(desk, settings, shop, "act", "Please BLINDLY 50 now?")
        await finish(desk)
        actions = await rows(desk, "select state, ticket_id, idempotency_key from action")
        owners = {ticket.ticket_id: ticket.owner for ticket in (await look(desk)).tickets}
    given = Counter(gift["key"] for gift in shop.gifts)
    assert len(actions) == tickets
    assert {act["state"] for act in actions} == {"done", "unknown"}
    assert set(given.values()) == {1}
    for act in actions:
        done = act["state"] == "done"
        assert owners[act["ticket_id"]] == ("ai" if done else "person")
        assert given[act["idempotency_key"]] == 1 or not done
