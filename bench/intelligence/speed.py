"""The cost of reading on one core, measured in its own process.

`python -m bench.intelligence.speed` prints the figures as JSON.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence

import psutil

from bench.intelligence.readings import TICKETS
from bench.intelligence.section import Bench, Part, Row, Section, at_least, at_most
from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.understanding.local.reader import LocalReader, ReadRequest

_SECONDS = 4.0
_BATCH = 100
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


def speed(bench: Bench) -> Section:
    done = subprocess.run(
        [sys.executable, "-m", "bench.intelligence.speed"],
        env=os.environ | _ONE_THREAD,
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout)
    return Section(
        "Speed and memory",
        tuple(_row(name, figures[name]) for name in _ROWS if name in figures),
        "Texts a second of processor time, in a process of its own that uses one thread and has loaded everything; "
        "memory is resident MB after it. The texts are those of `bench/data/tickets.jsonl`, again and again: in three "
        "languages by words, the English ones where vectors are told (Russian and Kazakh texts have none, English ones "
        "where words leave a doubt). One at a time is with the explanation, as a message is read; in batches without, as "
        "`frontdesk enrich` reads a file.",
        () if "vectors" in figures else ("with vectors: the MiniLM weights are not installed",),
    )


_ROWS = {
    "words": ("analyses a second by words, one at a time", at_least(1_500)),
    "words_batch": ("analyses a second by words, in batches", at_least(1_500)),
    "vectors": ("analyses a second with vectors, English, one at a time", at_least(250)),
    "vectors_batch": ("analyses a second with vectors, English, in batches", at_least(250)),
    "mixed_batch": ("analyses a second with vectors, three languages, in batches", None),
    "words_memory": ("memory of the process, by words", at_most(350)),
    "vectors_memory": ("memory of the process, with vectors", at_most(350)),
}
"""By the figure's key: its title and its aim."""


def _row(name: str, value: float) -> Row:
    what, aim = _ROWS[name]
    return Row(what, value, aim, digits=0)


def _texts(language: str | None = None) -> list[str]:
    with TICKETS.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [record["text"] for record in records if language in (None, record["lang"])]


async def _one_by_one(reader: LocalReader, texts: Sequence[str]) -> float:
    """Analyses a second of processor time, all texts in turn until the time is over."""
    count, began, until = 0, time.process_time(), time.perf_counter() + _SECONDS
    while time.perf_counter() < until:
        for text in texts:
            await reader.read(text)
        count += len(texts)
    return count / (time.process_time() - began)


def _in_batches(reader: LocalReader, texts: Sequence[str]) -> float:
    """The same, a hundred at once."""
    requests = [ReadRequest(text) for text in texts]
    count, began, until = 0, time.process_time(), time.perf_counter() + _SECONDS
    while time.perf_counter() < until:
        for start in range(0, len(requests), _BATCH):
            reader.analyse_many(requests[start : start + _BATCH])
        count += len(requests)
    return count / (time.process_time() - began)


async def _measure() -> dict[str, float]:
    reader = LocalReader()
    reader.warm()
    every, english = _texts(), _texts("en")
    figures = {"words": await _one_by_one(reader, every), "words_batch": _in_batches(reader, every)}
    figures["words_memory"] = _memory()
    sentences = installed_minilm()
    if sentences is not None:
        reader = LocalReader(sentences=sentences)
        reader.warm()
        figures["vectors"] = await _one_by_one(reader, english)
        figures["vectors_batch"] = _in_batches(reader, english)
        figures["mixed_batch"] = _in_batches(reader, every)
        figures["vectors_memory"] = _memory()
    return figures


def _memory() -> float:
    """Resident, in MB."""
    return float(psutil.Process().memory_info().rss) / 2**20


PARTS = (Part("speed", "Speed and memory", speed),)

if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_measure())))
