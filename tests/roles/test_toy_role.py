"""A toy role, whole in this file: a lane of its own, a part beside it, a process that has it."""

import asyncio

import httpx2
import pytest
from bench.place import free_port

from frontdesk.desk import Desk, open_desk
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.worker import LaneWork
from frontdesk.kit.tasks import end
from frontdesk.roles import ROLES, Process, Role, run_roles
from frontdesk.settings import Settings
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader


class Toy:
    """Each second or sooner a lane is woken by the part, and greets whom it names."""

    def __init__(self) -> None:
        self.greeted: list[str] = []
        self.enough = asyncio.Event()

    async def greet(self, run: LaneRun) -> None:
        self.greeted.append(run.subject)
        self.enough.set()

    async def wake(self, process: Process) -> None:
        async with process.desk.db.connection() as conn:
            await process.desk.lanes.wake(conn, "toy", "ann")
        await asyncio.Event().wait()

    def work(self, desk: Desk) -> dict[str, LaneWork]:
        return {"toy": LaneWork(self.greet)}

    @property
    def role(self) -> Role:
        return Role("toy", "greets", lanes=("toy",), work=self.work, parts=(self.wake,))


@pytest.fixture
def probed(settings: Settings) -> Settings:
    return settings.model_copy(update={"probe_port": free_port()})


async def test_a_process_of_a_toy_role_works_gets_ready_and_is_probed(probed: Settings) -> None:
    toy, listening = Toy(), asyncio.Event()
    async with open_desk(probed, answerer=ScriptedAnswerer(), reader=ScriptedReader()) as desk:
        process = asyncio.create_task(run_roles(desk, ["toy"], listening.set, ROLES.plus(toy.role)))
        async with asyncio.timeout(20):
            await listening.wait()
            await toy.enough.wait()
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{probed.probe_port}") as client:
            ready = await client.get("/ready")
            metrics = (await client.get("/metrics")).text
            assert (await client.get("/api/v1/tickets")).status_code == 404
        await end([process])
    assert toy.greeted == ["ann"]
    assert (ready.status_code, ready.json()["checks"]["roles"]) == (200, {"toy": "ready"})
    assert 'support_lane_runs_total{kind="toy",outcome="done"} 1.0' in metrics
