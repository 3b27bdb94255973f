"""Local intelligence: analyses on one core, files enriched on all, searches, and whole answers a second."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.desk import chat_message, quiet, value, working
from bench.place import Place
from bench.reading import tickets
from bench.report import Aim, Figure, Report, percentile
from frontdesk.desk import Desk, open_desk
from frontdesk.sample.load import load_shop

QUESTIONS = (
    "How long does delivery to Shymkent take?",
    "Сколько идёт доставка в Шымкент?",
    "Шымкентке жеткізу қанша күн алады?",
    "Can I return headphones that I have already opened?",
    "Как оформить рассрочку на холодильник?",
    "Кір жуғыш машинаның кепілдігі қанша жыл?",
)


_MIB = 1024 * 1024
_LINES = 6_000
"""Of the file that is enriched."""


async def run(place: Place, scale: float = 1.0) -> Report:
    read = await asyncio.to_thread(_read, max(0.2, 4 * scale))
    enriched = await asyncio.to_thread(_enriched, place, max(50, round(_LINES * scale)))
    async with open_desk(place.settings()) as desk:
        await load_shop(desk)
        searches = await _searches(desk, max(6, round(240 * scale)))
        answers, replies = await _answers(desk, max(3, round(120 * scale)))
    figures = (
        *_reading_figures(read),
        Figure("tickets enriched a second (--fast --no-replies)", enriched, "/s"),
        Figure("of one core's analyses, on all cores", enriched / read["words"]),
        Figure("searches a second", len(searches) / sum(searches), "/s"),
        Figure("a search, p50", percentile(searches, 0.5) * 1000, "ms"),
        Figure("a search, p99", percentile(searches, 0.99) * 1000, "ms"),
        Figure("questions met a second, end to end", answers, "/s"),
        Figure("of a search's rate", answers / (len(searches) / sum(searches))),
        Figure("replies", replies),
    )
    setting = (
        f"{len(tickets())} tickets; {os.cpu_count()} cores; {len(QUESTIONS)} questions to the sample shop"
    )
    return Report("local", figures, setting)


def _reading_figures(read: dict[str, float]) -> list[Figure]:
    figures = [
        Figure("analyses a second of one core, by words", read["words"], "/s", Aim(least=1_500)),
        Figure("the same, explained", read["explained"], "/s"),
        Figure("an analysis by words, in additions of plain Python", 10_000 * read["loop"] / read["words"]),
    ]
    if "meaning" in read:
        figures += [
            Figure("English, by meaning too", read["meaning"], "/s", Aim(least=250)),
            Figure("of the bare sentence vectors' rate", read["meaning"] / read["embeddings"]),
        ]
    return [*figures, Figure("memory of a reader (RSS)", read["memory"] / _MIB, "MB", Aim(most=350))]


def _read(seconds: float) -> dict[str, float]:
    """The figures of `bench.reading`, measured in its own process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", str(seconds)], capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _enriched(place: Place, lines: int) -> float:
    """Tickets a second of the whole command, its start included."""
    given, made = place.root / "tickets.jsonl", place.root / "enriched.jsonl"
    texts = itertools.islice(itertools.cycle(tickets()), lines)
    given.write_text("\n".join(json.dumps({"body": f"{text} {n}"}) for n, text in enumerate(texts)), "utf-8")
    command = [
        sys.executable,
        "-m",
        "frontdesk",
        "enrich",
        str(given),
        "-o",
        str(made),
        "--fast",
        "--no-replies",
    ]
    began = time.perf_counter()
    subprocess.run(
        command, cwd=place.root, env=_environment(place.root), stderr=subprocess.DEVNULL, check=True
    )
    return lines / (time.perf_counter() - began)


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "FRONTDESK_HOME": str(home / "none"),
        "DATABASE_URL": "",
        "OPENBLAS_NUM_THREADS": "1",
    }


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
    """Customers with one question each that were handled in a second, and the number of replies sent."""
    asked = itertools.islice(itertools.cycle(QUESTIONS), count)
    for n, question in enumerate(asked):
        await desk.journey.accept(chat_message(f"asker-{n}", n, question))
    began = time.perf_counter()
    async with working(desk):
        await quiet(desk)
    took = time.perf_counter() - began
    return count / took, int(await value(desk, "select count(*) from outbox where sent_at is not null"))
