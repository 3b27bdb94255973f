"""While a process warms up it answers probes, accepts messages and records them; what thinks begins afterwards."""

import asyncio

import pytest

from frontdesk.desk import Desk
from frontdesk.roles import ROLES
from frontdesk.settings import Settings
from tests.engine.working import until
from tests.journeys.talk import look, said
from tests.roles.processes import opened, roles_of, running


async def test_a_message_that_comes_before_the_models_is_recorded_at_once_and_answered_after(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed = asyncio.Event()

    async def warm(desk: Desk) -> None:
        await warmed.wait()

    monkeypatch.setattr(Desk, "warm", warm)
    async with opened(settings) as desk, running(desk, *ROLES.names) as client:
        assert (await client.get("/health")).status_code == 200
        assert (await client.get("/ready")).json()["checks"]["roles"]["worker"] == "starting"
        assert not (await desk.journey.accept(said("ann", "Where is my order?"))).duplicate

        async def recorded() -> bool:
            return bool((await look(desk)).tickets)

        await until(recorded)
        assert (await client.get("/ready")).json()["checks"]["roles"]["worker"] == "starting"
        assert not (await look(desk)).by_ai
        warmed.set()

        async def answered() -> bool:
            return bool((await look(desk)).by_ai)

        await until(answered)
        assert (await roles_of(client))["worker"] == "ready"


async def test_a_process_that_cannot_warm_up_works_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def warm(desk: Desk) -> None:
        raise OSError("the model's file cannot be read")

    monkeypatch.setattr(Desk, "warm", warm)
    async with opened(settings) as desk, running(desk, "worker") as client:
        assert await roles_of(client) == {"worker": "ready"}
