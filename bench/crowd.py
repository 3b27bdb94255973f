"""Many conversations at once with a simulated LLM, on one worker process."""

import asyncio

from bench.desk import chat_message, quiet, rows, value, working
from bench.place import Place
from bench.report import Aim, Figure, Report, percentile
from bench.scripted import InstantReader, ScriptedAnswerer
from frontdesk.desk import Desk, open_desk

LLM_SECONDS = 2.0


async def run(place: Place, scale: float = 1.0) -> Report:
    crowd = max(5, round(1000 * scale))
    llm = LLM_SECONDS if scale >= 0.2 else 0.2
    settings = place.settings()
    async with open_desk(settings, answerer=ScriptedAnswerer(llm), reader=InstantReader()) as desk:
        await _gather(desk, crowd)
        began = await value(desk, "select clock_timestamp()")
        async with working(desk):
            await quiet(desk)
        answered = await rows(
            desk,
            f"select extract(epoch from sent_at - '{began.isoformat()}'::timestamptz)::float8 as seconds"
            " from outbox where sent_at is not null",
        )
    took = [row["seconds"] for row in answered]
    figures = (
        Figure("the LLM alone (floor)", llm, "s"),
        Figure("p50", percentile(took, 0.5), "s"),
        Figure("p99", percentile(took, 0.99), "s"),
        Figure("all answered after", max(took), "s"),
        Figure("throughput", len(took) / max(took), "/s"),
        Figure("p99 against the floor", percentile(took, 0.99) / llm, "x"),
        Figure("against one after the other", crowd * llm / max(took), "x faster"),
        Figure("not answered", crowd - len(took), "", Aim(most=0, least=0, must=True)),
    )
    return Report("crowd", figures, f"{crowd} conversations at once, an LLM of {llm:g} s, one worker process")


async def _gather(desk: Desk, crowd: int) -> None:
    """Send all messages before the worker starts."""
    for start in range(0, crowd, 50):
        batch = range(start, min(crowd, start + 50))
        await asyncio.gather(*(desk.journey.accept(chat_message(f"crowd-{n}", n)) for n in batch))
