"""What one analysis costs, in a process of its own: `python -m bench.reading SECONDS` prints the figures as JSON."""

import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Before numpy is loaded: one core is what is measured.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import psutil

from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.understanding.local.reader import LocalReader, ReadRequest

_CHUNK = 50
_TICKETS = Path(__file__).parent / "data" / "tickets.jsonl"


def tickets(language: str | None = None) -> list[str]:
    """Customers' texts of every length, in three languages or in one."""
    told = map(json.loads, _TICKETS.read_text(encoding="utf-8").splitlines())
    return [ticket["text"] for ticket in told if language in (None, ticket["lang"])]


def measure(seconds: float) -> dict[str, float]:
    """Texts for each second of processor time, after each was read once; resident memory in bytes."""
    reader = LocalReader()
    reader.warm()
    share = min(1.0, seconds)
    said = _some([ReadRequest(text) for text in tickets()], share)
    figures = {
        "loop": _rate(_loop, [None] * _CHUNK, seconds / 4),
        "words": _rate(reader.analyse_many, said, seconds),
        "explained": _rate(lambda some: reader.analyse_many(some, explain=True), said, seconds),
    }
    sentences = installed_minilm()
    if sentences is not None:
        with_meaning = LocalReader(sentences=sentences)
        english = _some([ReadRequest(text) for text in tickets("en")], share)
        figures["meaning"] = _rate(with_meaning.analyse_many, english, seconds)
        figures["embeddings"] = _rate(sentences.embed_now, [one.text for one in english], seconds)
    return figures | {"memory": float(psutil.Process().memory_info().rss)}


def _some(items: list[ReadRequest], share: float) -> list[ReadRequest]:
    """A short run reads fewer of them."""
    return items[: max(10, int(len(items) * share))]


def _rate(work: Callable[[list[Any]], object], items: list[Any], seconds: float) -> float:
    """The best of the rounds over all items: what others do on the machine makes the rest slower."""
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
    """Ten thousand additions in plain Python an item: by it the machine's speed of the moment is told."""
    for _ in items:
        total = 0
        for number in range(10_000):
            total += number


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))
