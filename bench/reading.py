"""The cost of an analysis, in its own process: `python -m bench.reading SECONDS` prints the figures as JSON."""

import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Set before numpy is loaded, so that only one core is used.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import psutil

from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.understanding.local.reader import LocalReader, ReadRequest

_CHUNK = 50
_TICKETS = Path(__file__).parent / "data" / "tickets.jsonl"


def tickets(language: str | None = None) -> list[str]:
    """Customers' texts of every length, in three languages or in one."""
    records = map(json.loads, _TICKETS.read_text(encoding="utf-8").splitlines())
    return [ticket["text"] for ticket in records if language in (None, ticket["lang"])]


def measure(seconds: float) -> dict[str, float]:
    """Texts for each second of processor time, after each was read once; resident memory in bytes."""
    reader = LocalReader()
    reader.warm()
    share = min(1.0, seconds)
    requests = _some([ReadRequest(text) for text in tickets()], share)
    figures = {
        "loop": _rate(_loop, [None] * _CHUNK, seconds / 4),
        "words": _rate(reader.analyse_many, requests, seconds),
        "explained": _rate(lambda some: reader.analyse_many(some, explain=True), requests, seconds),
    }
    sentences = installed_minilm()
    if sentences is not None:
        with_meaning = LocalReader(sentences=sentences)
        english = _some([ReadRequest(text) for text in tickets("en")], share)
        figures["meaning"] = _rate(with_meaning.analyse_many, english, seconds)
        figures["embeddings"] = _rate(sentences.embed_now, [request.text for request in english], seconds)
    return figures | {"memory": float(psutil.Process().memory_info().rss)}


def _some(items: list[ReadRequest], share: float) -> list[ReadRequest]:
    """Fewer of them for a short run."""
    return items[: max(10, int(len(items) * share))]


def _rate(work: Callable[[list[Any]], object], items: list[Any], seconds: float) -> float:
    """Items a second in the best round over all items; other work on the machine makes the rest slower."""
    chunks = [items[at : at + _CHUNK] for at in range(0, len(items), _CHUNK)]
    rates = []
    until = time.perf_counter() + seconds
    for turn in itertools.count():
        began = time.process_time()
        for chunk in chunks:
            work(chunk)
        if turn:
            rates.append(len(items) / (time.process_time() - began))
        if turn and time.perf_counter() > until:
            break
    return max(rates)


def _loop(items: list[None]) -> None:
    """Ten thousand additions in plain Python for each item: shows the machine's speed at the moment."""
    for _ in items:
        total = 0
        for number in range(10_000):
            total += number


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))
