"""What a window is sent while a reply streams: a look at the database may be ahead of the stream's words."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from frontdesk.engine.fanout import LiveSignal
from frontdesk.kit.waiting import SlimQueue
from frontdesk.web.chat.news import follow_news
from frontdesk.web.chat.talk import Talk

CHANGED = LiveSignal("changed", {})
COMPLETE = {"type": "complete", "message": {"message_id": "m"}}


def word(n: int, ticket_id: str = "t") -> LiveSignal:
    return LiveSignal("text", {"ticket_id": ticket_id, "message_id": "m", "n": n, "content": str(n)})


class ScriptedTalk:
    """A window that finds the reply complete at its first look, after which `late` signals have come."""

    def __init__(self, news: SlimQueue[LiveSignal], late: Sequence[LiveSignal]) -> None:
        self.ticket_id: str | None = None
        self._news = news
        self._late = late

    async def ready(self) -> None: ...

    async def look(self) -> list[dict[str, Any]]:
        first, self.ticket_id = self.ticket_id is None, "t"
        if not first:
            return []
        for signal in self._late:
            self._news.put_nowait(signal)
        return [{"type": "ack"}, {"type": "sources", "message_id": "m"}, COMPLETE]


async def sent(before: Sequence[LiveSignal], late: Sequence[LiveSignal], count: int) -> list[dict[str, Any]]:
    news: SlimQueue[LiveSignal] = SlimQueue()
    outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    for signal in before:
        news.put_nowait(signal)
    talk = cast(Talk, ScriptedTalk(news, late))
    task = asyncio.create_task(follow_news(talk, news, outgoing.put))
    async with asyncio.timeout(20):
        frames = [await outgoing.get() for _ in range(count)]
    await asyncio.sleep(0)
    assert outgoing.empty()
    task.cancel()
    return frames


@pytest.mark.parametrize(
    ("before", "late"),
    [
        ([CHANGED], [word(0), word(1)]),
        ([CHANGED, word(0), word(1)], []),
        ([word(0)], [word(1), CHANGED]),
        ([CHANGED, word(0)], [CHANGED, word(1)]),
    ],
)
async def test_words_come_before_the_whole_reply(before: list[LiveSignal], late: list[LiveSignal]) -> None:
    frames = await sent(before, late, 5)
    assert [frame["type"] for frame in frames] == ["ack", "text", "text", "sources", "complete"]
    assert [frame["n"] for frame in frames if frame["type"] == "text"] == [0, 1]


async def test_words_of_a_ticket_that_is_not_the_windows_are_dropped() -> None:
    frames = await sent([word(0, "other"), CHANGED, word(0)], [], 4)
    assert [frame["type"] for frame in frames] == ["ack", "text", "sources", "complete"]
