"""Roles: which lanes each takes, which names there are, what a process says of itself."""

from collections import Counter
from collections.abc import Sequence

import pytest

from frontdesk.db.pool import Connection
from frontdesk.errors import SetupError
from frontdesk.roles import ROLES, run_roles
from frontdesk.settings import Settings
from frontdesk.terms import LaneKind
from frontdesk.tickets.followers import Follower, InTransaction
from frontdesk.tickets.log import Entry
from tests.engine.working import until
from tests.journeys.talk import look, said
from tests.roles.processes import opened, roles_of, running


def test_the_roles_are_the_contracts() -> None:
    assert ROLES.names == ("api", "worker", "scheduler", "channels", "events")


def test_every_kind_of_lane_belongs_to_one_role() -> None:
    assert Counter(kind for role in ROLES for kind in role.lanes) == Counter(LaneKind)


async def test_there_is_work_for_every_kind_of_lane(settings: Settings) -> None:
    async with opened(settings) as desk:
        assert set(desk.lane_work()) == set(LaneKind)


@pytest.mark.parametrize("names", [["porter"], ["api", "porter"], [], [" "]])
def test_names_that_are_no_roles_are_refused(names: list[str]) -> None:
    with pytest.raises(SetupError, match="the roles are api, worker, scheduler, channels, events"):
        ROLES.pick(names)


@pytest.mark.parametrize("name", ["channels", "events"])
async def test_a_process_with_nothing_to_do_says_why(settings: Settings, name: str) -> None:
    async with opened(settings) as desk:
        with pytest.raises(SetupError, match=f"nothing to do .{name}: "):
            await run_roles(desk, [name])


async def test_a_worker_alone_gets_ready_and_works(settings: Settings) -> None:
    async with opened(settings) as desk, running(desk, "worker") as client:
        assert await roles_of(client) == {"worker": "ready"}
        assert (await client.get("/health")).status_code == 200
        await desk.journey.accept(said("ann", "Where is my order?"))

        async def answered() -> bool:
            return bool((await look(desk)).by_ai)

        await until(answered)


async def test_all_roles_in_one_process_say_which_has_nothing_to_do(settings: Settings) -> None:
    async with opened(settings) as desk, running(desk, *ROLES.names) as client:
        states = await roles_of(client)
        checks = (await client.get("/ready")).json()["checks"]
    assert states == {
        "api": "ready",
        "worker": "ready",
        "scheduler": "ready",
        "channels": "not_configured",
        "events": "not_configured",
    }
    assert set(checks["channels"]) == {"web_chat/default", "web_form/default"}


async def test_the_events_role_runs_the_followers(settings: Settings) -> None:
    seen: list[str] = []

    async def note(conn: Connection, entries: Sequence[Entry]) -> None:
        seen.extend(entry.type for entry in entries)

    async with (
        opened(settings, Follower("notes", InTransaction(note))) as desk,
        running(desk, "events", "worker") as client,
    ):
        assert await roles_of(client) == {"events": "ready", "worker": "ready"}
        await desk.journey.accept(said("ann", "Where is my order?"))

        async def followed() -> bool:
            return "answered" in seen

        await until(followed)
        metrics = (await client.get("/metrics")).text
    assert 'support_follower_lag_entries{follower="notes"}' in metrics


async def test_a_role_waits_visibly_while_the_database_is_away(settings: Settings) -> None:
    async with opened(settings) as desk, running(desk, "worker") as client:
        await roles_of(client)
        await desk.db.close()

        async def waits() -> bool:
            answer = await client.get("/ready")
            return answer.status_code == 503 and answer.json()["checks"]["roles"] == {"worker": "waiting"}

        await until(waits)
        assert (await client.get("/health")).status_code == 200


async def test_a_probe_port_that_is_taken_is_said(settings: Settings) -> None:
    async with opened(settings) as desk, running(desk, "worker"):
        with pytest.raises(SetupError, match="is taken"):
            await run_roles(desk, ["worker"])
