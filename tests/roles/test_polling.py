"""Channels that have to be asked: everything is kept once, whoever asks and whatever fails."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from frontdesk.channels.capabilities import Capabilities, Settlement
from frontdesk.channels.channel import Channel, Channels, Polled
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.db.pool import Database, execute, fetch_dicts, fetch_value
from frontdesk.engine.disk import Disk
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.engine.worker import LaneWork
from frontdesk.errors import PermanentError, SendRefused
from frontdesk.intake.poll import PARKED_FOR, Polling
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, LaneKind
from tests.engine.working import lanes_on, until, working
from tests.journeys.talk import said
from tests.roles.processes import opened, roles_of, running


class Wire:
    """The channel's side: what customers wrote, and who is asking for it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.asking = self.most_asking = 0
        self.fails = False
        self._came = asyncio.Event()

    def write(self, *texts: str) -> None:
        self.texts += texts
        self._came.set()

    async def look(self, cursor: int, waits: bool) -> AsyncGenerator[int, None]:
        """The places that are there, then those that come; each fails where the channel does."""
        self.asking += 1
        self.most_asking = max(self.most_asking, self.asking)
        try:
            while True:
                if self.fails:
                    raise PermanentError("the token is not valid")
                while cursor < len(self.texts):
                    yield cursor
                    cursor += 1
                if not waits:
                    return
                self._came.clear()
                await self._came.wait()
        finally:
            self.asking -= 1


class AskedChannel:
    name = ChannelName.TELEGRAM
    account = "default"
    capabilities = Capabilities(Settlement.NONE, REPLY_STYLES[ChannelName.TELEGRAM])

    def __init__(self, wire: Wire, waits: bool = True) -> None:
        self._wire = wire
        self._waits = waits

    async def send(self, message: OutboundMessage) -> Receipt:
        raise SendRefused("nobody is there")

    async def poll(self, cursor: str | None) -> AsyncGenerator[Polled, None]:
        async with aclosing(self._wire.look(int(cursor or 0), self._waits)) as places:
            async for place in places:
                text = self._wire.texts[place]
                event = said("ann", text, place, ChannelName.TELEGRAM)
                yield Polled((event,), str(place + 1), text.encode())


wire = Wire()


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    """This module is also a channel's, as `CHANNEL_MODULES` names it."""
    return [AskedChannel(wire)]


def polling_of(lanes: Lanes, wire: Wire, waits: bool = True) -> tuple[Polling, dict[str, LaneWork]]:
    polling = Polling(lanes.db, lanes, Channels([AskedChannel(wire, waits)]), Disk({}, 0))
    return polling, {LaneKind.POLL: LaneWork(polling.run)}


async def kept(db: Database) -> list[str]:
    async with db.connection() as conn:
        rows = await fetch_dicts(conn, "select body->>'content' as text from raw_event order by event_id")
    return [row["text"] for row in rows]


async def reach(db: Database, texts: list[str]) -> None:
    async def there() -> bool:
        return len(await kept(db)) >= len(texts)

    await until(there)
    assert await kept(db) == texts


async def test_what_is_there_and_what_comes_is_kept_with_its_bytes(lanes: Lanes) -> None:
    wire = Wire()
    wire.write("one", "two")
    polling, work = polling_of(lanes, wire)
    await polling.start()
    async with working(lanes, work):
        await reach(lanes.db, ["one", "two"])
        wire.write("three")
        await reach(lanes.db, ["one", "two", "three"])
    async with lanes.db.connection() as conn:
        assert await fetch_value(conn, "select cursor from poll_cursor") == "3"
        assert await fetch_value(conn, "select count(*) from raw_delivery") == 3
        assert await fetch_value(conn, "select count(*) from lane where kind = 'in'") == 1


async def test_who_takes_over_goes_on_where_the_last_one_was(dsn: str) -> None:
    wire = Wire()
    for n in range(4):
        async with lanes_on(dsn, lease=0.5) as lanes:
            polling, work = polling_of(lanes, wire)
            await polling.start()
            wire.write(f"text {n}")
            async with working(lanes, work):
                await reach(lanes.db, [f"text {m}" for m in range(n + 1)])


async def test_two_processes_never_ask_at_once(dsn: str) -> None:
    wire = Wire()
    async with lanes_on(dsn, lease=30) as here, lanes_on(dsn, lease=30) as there:
        for lanes in (here, there):
            polling, work = polling_of(lanes, wire)
            await polling.start()
        async with working(here, work), working(there, polling_of(there, wire)[1]):
            for n in range(20):
                wire.write(f"text {n}")
                await reach(here.db, [f"text {m}" for m in range(n + 1)])
    assert wire.most_asking == 1


async def test_a_channel_that_has_no_more_to_say_is_asked_again(lanes: Lanes) -> None:
    wire = Wire()
    polling, work = polling_of(lanes, wire, waits=False)
    await polling.start()
    async with working(lanes, work):
        wire.write("one")
        await reach(lanes.db, ["one"])
        wire.write("two")
        async with lanes.db.connection() as conn:
            await until(
                lambda: fetch_value(
                    conn, "select due_at < 'infinity' and lease_until is null from lane where kind = 'poll'"
                )
            )
            await execute(conn, "update lane set due_at = now() where kind = 'poll'")
        await reach(lanes.db, ["one", "two"])


async def test_a_failing_channel_is_given_up_visibly_and_tried_again(lanes: Lanes) -> None:
    wire = Wire()
    wire.fails = True
    polling, work = polling_of(lanes, wire)
    await polling.start()
    async with working(lanes, work):
        await until(lanes.parked)
        [parked] = await lanes.parked()
        assert (parked.key, parked.last_error) == ("poll:telegram/default", "the token is not valid")
        await polling.start()
        assert await lanes.parked()
        wire.fails = False
        wire.write("one")
        async with lanes.db.connection() as conn:
            await execute(conn, "update lane set parked_at = parked_at - %s", (PARKED_FOR,))
        await polling.start()
        await reach(lanes.db, ["one"])


async def test_the_role_channels_asks_the_configured_accounts(settings: Settings) -> None:
    wire.texts.clear()
    wire.write("one")
    with_channel = settings.model_copy(update={"channel_modules": (__name__,)})
    async with opened(with_channel) as desk, running(desk, "channels") as client:
        assert await roles_of(client) == {"channels": "ready"}
        assert "telegram/default" in (await client.get("/ready")).json()["checks"]["channels"]
        await reach(desk.db, ["one"])


async def test_a_channel_is_not_asked_where_the_disk_has_no_room(lanes: Lanes) -> None:
    wire = Wire()
    wire.write("one", "two")
    low = Disk({"home": Path("/")}, 10**9)
    polling = Polling(lanes.db, lanes, Channels([AskedChannel(wire, waits=False)]), low)
    await polling.start()
    [claim] = await lanes.claim({LaneKind.POLL: 1})
    await polling.run(LaneRun(lanes, claim))
    assert (await kept(lanes.db), wire.most_asking) == ([], 0)
    async with lanes.db.connection() as conn:
        assert await fetch_value(conn, "select due_at > now() from lane where kind = 'poll'")
