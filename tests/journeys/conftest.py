"""A whole desk on a database of its own, its worker running, its intelligence scripted or the shipped one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from frontdesk.answering.answerer import Answerer
from frontdesk.desk import Desk, open_desk
from frontdesk.kit.tasks import end
from frontdesk.perception.perceiver import Perceiver
from frontdesk.settings import Settings
from tests.ground import settings_on
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader

OpenDesk = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def settings(dsn: str, home: Path) -> Settings:
    return settings_on(dsn, home, lane_lease=3.0, working_hours="24/7")


@pytest.fixture
def desk_on(settings: Settings) -> OpenDesk:
    """Opens a desk with its worker; each test says what intelligence it has, and which settings are others."""

    @asynccontextmanager
    async def opened(
        answerer: Answerer | None = None,
        local: bool = False,
        work: bool = True,
        perceivers: Sequence[Perceiver] = (),
        **changed: Any,
    ) -> AsyncIterator[Desk]:
        reader = None if local else ScriptedReader()
        async with open_desk(
            settings.model_copy(update=changed),
            answerer=answerer or (None if local else ScriptedAnswerer()),
            reader=reader,
            perceivers=perceivers,
        ) as desk:
            worker = asyncio.create_task(desk.worker().run()) if work else None
            try:
                yield desk
            finally:
                if worker:
                    await end([worker])

    return opened
