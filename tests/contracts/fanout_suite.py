"""What every fan-out does: one suite, run on each adapter."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.engine.fanout import LAGGING, Fanout, LiveSignal
from frontdesk.kit.waiting import SlimQueue

DEPTH = 5
SECONDS = 10.0


def said(n: int) -> LiveSignal:
    return LiveSignal(
        "text", {"n": n, "content": "сәлем", "on": True, "nothing": None, "parts": [{"a": 1.5}]}
    )


async def take(queue: SlimQueue[LiveSignal], count: int = 1) -> list[LiveSignal]:
    async with asyncio.timeout(SECONDS):
        return [await queue.get() for _ in range(count)]


class FanoutSuite:
    """A subclass gives two fan-outs that reach each other; within one process they may be the same."""

    @pytest.fixture
    def pair(self) -> AsyncIterator[tuple[Fanout, Fanout]]:
        """Of processes that reach each other; each keeps `DEPTH` signals for a listener."""
        raise NotImplementedError

    @pytest.fixture
    def here(self, pair: tuple[Fanout, Fanout]) -> Fanout:
        return pair[0]

    @pytest.fixture
    def there(self, pair: tuple[Fanout, Fanout]) -> Fanout:
        return pair[1]

    async def test_what_is_published_reaches_every_listener_in_order(
        self, here: Fanout, there: Fanout
    ) -> None:
        with there.subscribe("a") as first, there.subscribe("a") as second, here.subscribe("a") as own:
            for n in range(DEPTH):
                here.publish("a", said(n))
            for queue in (first, second, own):
                assert await take(queue, DEPTH) == [said(n) for n in range(DEPTH)]

    async def test_a_listener_hears_its_own_topics_alone(self, here: Fanout, there: Fanout) -> None:
        with there.subscribe("a", "b") as queue, there.subscribe("c") as other:
            here.publish("c", said(0))
            here.publish("b", said(1))
            here.publish("a", said(2))
            assert await take(queue, 2) == [said(1), said(2)]
            assert await take(other) == [said(0)]
            assert queue.empty()

    async def test_nothing_is_kept_for_who_listens_later(self, here: Fanout, there: Fanout) -> None:
        with there.subscribe("a") as early:
            here.publish("a", said(0))
            await take(early)
            with there.subscribe("a") as late:
                here.publish("a", said(1))
                assert await take(late) == [said(1)]

    async def test_who_stops_listening_hears_no_more(self, here: Fanout, there: Fanout) -> None:
        with there.subscribe("a") as ended:
            pass
        with there.subscribe("a") as queue:
            here.publish("a", said(0))
            await take(queue)
        assert ended.empty()

    async def test_a_slow_listener_learns_that_it_lost_signals_and_hears_on(
        self, here: Fanout, there: Fanout
    ) -> None:
        with there.subscribe("a") as slow, there.subscribe("a", "end") as quick:
            for n in range(DEPTH + 1):
                here.publish("a", said(n))
                await take(quick)
            here.publish("end", said(0))
            await take(quick)
            assert await take(slow) == [LAGGING]
            here.publish("a", said(7))
            assert await take(slow) == [said(7)]

    async def test_what_is_published_here_needs_no_form_and_reaches_this_process(self, here: Fanout) -> None:
        anything = LiveSignal("changed", {"entry": object()})
        with here.subscribe("a") as queue:
            here.publish_here("a", anything)
            [came] = await take(queue)
        assert came is anything

    async def test_publishing_to_nobody_is_no_fault(self, here: Fanout) -> None:
        here.publish("nobody", said(0))
        here.publish_here("nobody", said(0))
