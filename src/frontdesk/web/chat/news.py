"""What a window is told without asking: streamed words at once, everything lasting as the database has it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from frontdesk.engine.fanout import LiveSignal
from frontdesk.errors import TemporaryError
from frontdesk.kit.tasks import not_cancelled
from frontdesk.kit.waiting import SlimQueue
from frontdesk.web.chat.frames import error_frame
from frontdesk.web.chat.talk import Talk

LOOK_AGAIN_SECONDS = 0.5
Frame = dict[str, Any]
Say = Callable[[Frame], Awaitable[None]]
"""Sends a frame to the window; waits while the window does not read."""

_STREAMED = ("text", "retract", "typing")


async def follow_news(talk: Talk, news: SlimQueue[LiveSignal], say: Say) -> None:
    """Until cancelled: a reply's words come before the reply, and nothing is told twice."""
    await talk.ready()
    waiting: deque[LiveSignal] = deque()
    while not_cancelled():
        signal = waiting.popleft() if waiting else await news.get()
        if _asks_for_look(signal, talk):
            frames = await _look(talk, say)
            waiting.extend(_arrived(news))
            if signal.kind == "text" and signal.data["ticket_id"] == talk.ticket_id:
                waiting.appendleft(signal)
            for frame in _with_words(frames, waiting):
                await say(frame)
        elif signal.kind in _STREAMED:
            await say(_streamed(signal))


def _asks_for_look(signal: LiveSignal, talk: Talk) -> bool:
    """A stream may begin before the window has heard of its ticket: then it looks first, and loses no word."""
    unheard = signal.kind == "text" and signal.data["ticket_id"] != talk.ticket_id
    return unheard or signal.kind in ("resume", "changed", "lagging")


def _arrived(news: SlimQueue[LiveSignal]) -> Iterator[LiveSignal]:
    while not news.empty():
        yield news.get_nowait()


def _with_words(frames: list[Frame], waiting: deque[LiveSignal]) -> Iterator[Frame]:
    """The frames, each whole reply after the words of its stream that still wait: a look may be ahead of them."""
    for frame in frames:
        message_id = frame.get("message_id") or frame.get("message", {}).get("message_id")
        words = [
            signal for signal in waiting if signal.kind == "text" and signal.data["message_id"] == message_id
        ]
        for signal in words:
            waiting.remove(signal)
            yield _streamed(signal)
        yield frame


def _streamed(signal: LiveSignal) -> Frame:
    return {"type": signal.kind, **{key: value for key, value in signal.data.items() if key != "ticket_id"}}


async def _look(talk: Talk, say: Say) -> list[Frame]:
    """The window is told where it has to wait, once, and is brought up to date as soon as that can be."""
    is_told = False
    while True:
        try:
            return await talk.look()
        except TemporaryError as error:
            if not is_told:
                await say(error_frame(error))
                is_told = True
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
