"""Intelligence that does what a test says, through the same ports as the real one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from frontdesk.answering.answerer import Stream
from frontdesk.terms import Category, Difficulty, EscalationReason, Intent, Priority
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision, Provenance, Source
from frontdesk.tickets.reading import Reading

BY_SCRIPT = Provenance(provider="scripted", model="script-1", prompt_version="0")
ARTICLE = Source("delivery", "Delivery", "Times", "Orders arrive in 3 days.", 0.9)


class ScriptedReader:
    """Everything is a calm question about delivery, but a message that says HUMAN."""

    async def read(
        self,
        text: str,
        *,
        subject: str = "",
        language_hint: str | None = None,
        earlier: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> Reading:
        wants = "HUMAN" in text
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
            escalate=wants,
            escalation_reason=EscalationReason.ASKS_HUMAN if wants else None,
        )


class ScriptedAnswerer:
    """Streams the pending messages back in capitals; `during` is awaited in the middle of the stream."""

    name = "scripted"

    def __init__(
        self,
        during: Callable[[Case], Awaitable[None]] | None = None,
        seconds: float = 0.0,
        confidence: float = 0.9,
    ) -> None:
        self.during = during
        self.seconds = seconds
        self.confidence = confidence
        self.cases: list[Case] = []

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        self.cases.append(case)
        content = "RE: " + " | ".join(turn.content for turn in case.pending).upper()
        half = len(content) // 2
        await stream.text(content[:half])
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.during is not None:
            await self.during(case)
        await stream.text(content[half:])
        return Decision(Act.ANSWER, content, self.confidence, "the script says so", BY_SCRIPT, (ARTICLE,))
