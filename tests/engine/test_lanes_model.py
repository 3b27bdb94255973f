"""Lanes under scripted workers, faults and clocks: nothing lost, one runner, order, fences, nobody pays for others."""

import asyncio
import os
from random import Random

import pytest

from frontdesk.db.pool import Database, execute
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.signals import Signals
from tests.engine.simulated import LEASE, Simulation

SEEDS = int(os.environ.get("MODEL_SEEDS", "60"))
"""Thousands are for a night; each is a story of its own."""
STEPS = 50


async def tell(lanes: Lanes, seed: int) -> None:
    async with lanes.db.connection() as conn:
        await execute(conn, "truncate lane")
    story = Simulation(lanes, Random(seed), has_poison=seed % 3 == 0)
    for _ in range(STEPS):
        await story.step()
    await story.settle()


@pytest.mark.timeout(60 + SEEDS)
async def test_whatever_happens_the_lanes_keep_their_promises(dsn: str) -> None:
    db = Database(dsn, size=2)
    await db.open()
    lanes = Lanes(db, Signals(), lease=LEASE)
    for seed in range(SEEDS):
        try:
            async with asyncio.timeout(60):
                await tell(lanes, seed)
        except AssertionError as error:
            pytest.fail(f"seed {seed}: {error}")
    await db.close()
