"""Local intelligence on one core: analyses, searches, and whole answers a second."""

import asyncio
import itertools
import json
import time
from importlib.resources import files

from bench.desk import chat_message, quiet, value, working
from bench.place import Place
from bench.report import Figure, Report, percentile
from frontdesk.desk import Desk, open_desk
from frontdesk.sample.load import load_shop
from frontdesk.understanding.local.reader import LocalReader

QUESTIONS = (
    "How long does delivery to Shymkent take?",
    "Сколько идёт доставка в Шымкент?",
    "Шымкентке жеткізу қанша күн алады?",
    "Can I return headphones that I have already opened?",
    "Как оформить рассрочку на холодильник?",
    "Кір жуғыш машинаның кепілдігі қанша жыл?",
)


async def run(place: Place, scale: float = 1.0) -> Report:
    analyses = await asyncio.to_thread(_analyses, max(0.2, 4 * scale))
    async with open_desk(place.settings()) as desk:
        await load_shop(desk)
        searches = await _searches(desk, max(6, round(240 * scale)))
        answers, replies = await _answers(desk, max(3, round(120 * scale)))
    texts = len(_texts())
    figures = (
        Figure("analyses a second of one core", len(analyses) / sum(analyses), "/s"),
        Figure("an analysis, p99", percentile(analyses, 0.99) * 1000, "ms"),
        Figure("searches a second", len(searches) / sum(searches), "/s"),
        Figure("a search, p50", percentile(searches, 0.5) * 1000, "ms"),
        Figure("a search, p99", percentile(searches, 0.99) * 1000, "ms"),
        Figure("questions met a second, end to end", answers, "/s"),
        Figure("of a search's rate", answers / (len(searches) / sum(searches))),
        Figure("replies", replies),
    )
    return Report("local", figures, f"{texts} sample messages; {len(QUESTIONS)} questions to the sample shop")


def _texts() -> list[str]:
    told = json.loads(files("frontdesk.sample").joinpath("conversations.json").read_text(encoding="utf-8"))
    return [text for conversation in told for text in conversation["messages"]]


def _analyses(seconds: float) -> list[float]:
    """Seconds of processor time of each analysis."""
    reader = LocalReader()
    reader.warm()
    took = []
    until = time.perf_counter() + seconds
    for text in itertools.cycle(_texts()):
        began = time.thread_time()
        reader.analyse(text)
        took.append(time.thread_time() - began)
        if time.perf_counter() > until:
            return took
    raise AssertionError("a cycle does not end")


async def _searches(desk: Desk, count: int) -> list[float]:
    """Seconds of each search, one after the other."""
    for question in QUESTIONS:  # each language's index is loaded with its first search
        await desk.knowledge.search(question)
    took = []
    for question in itertools.islice(itertools.cycle(QUESTIONS), count):
        began = time.perf_counter()
        await desk.knowledge.search(question)
        took.append(time.perf_counter() - began)
    return took


async def _answers(desk: Desk, count: int) -> tuple[float, int]:
    """Customers with one question each, met a second; and the replies that they got."""
    asked = itertools.islice(itertools.cycle(QUESTIONS), count)
    for n, question in enumerate(asked):
        await desk.journey.accept(chat_message(f"asker-{n}", n, question))
    began = time.perf_counter()
    async with working(desk):
        await quiet(desk)
    took = time.perf_counter() - began
    return count / took, int(await value(desk, "select count(*) from outbox where sent_at is not null"))
