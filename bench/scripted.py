"""A reader and an answerer that take no time of their own, so that only the road's time is measured."""

import asyncio
from datetime import datetime

from frontdesk.answering.answerer import Stream
from frontdesk.terms import Category, Difficulty, Intent, Priority
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision, Provenance, Source
from frontdesk.tickets.reading import Reading

_MADE_BY = Provenance(provider="scripted", model="none", prompt_version="0")
_SOURCE = Source("delivery", "Delivery", "Times", "Orders arrive within three days.", 0.9)
_CHUNKS = 8


class InstantReader:
    """Reads every text as a calm question about delivery."""

    async def read(
        self,
        text: str,
        *,
        subject: str = "",
        language_hint: str | None = None,
        earlier: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> Reading:
        return Reading(
            language="en",
            category=Category.DELIVERY,
            intent=Intent.QUESTION,
            priority=Priority.NORMAL,
            sentiment_score=0.5,
            risk=0.1,
            difficulty=Difficulty.EASY,
            confidence=0.9,
            summary=text[:60],
            escalate=False,
            escalation_reason=None,
        )


class ScriptedAnswerer:
    """Repeats the pending messages, in chunks over `seconds`, as an LLM streams."""

    name = "scripted"

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        content = "RE: " + " | ".join(turn.content for turn in case.pending)
        size = len(content) // _CHUNKS + 1
        for start in range(0, len(content), size):
            if self._seconds:
                await asyncio.sleep(self._seconds / _CHUNKS)
            await stream.text(content[start : start + size])
        return Decision(Act.ANSWER, content, 0.9, "the script says so", _MADE_BY, (_SOURCE,))
