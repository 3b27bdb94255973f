"""Uploads that cost much: the desk answers others meanwhile, and says clearly what it did not read."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import psutil
import pytest

from frontdesk.kit.tasks import end
from frontdesk.knowledge.extract.extractor import AT_ONCE, MOST_WAITING
from tests.unit.knowledge.bombs import BOMBS, slow_pdf
from tests.web.conftest import API

_QUICK = [
    "brackets",
    "open tags",
    "deep quotations",
    "html open tags",
    "html deep",
    "docx wide cell",
    "docx deep",
    "docx entities",
    "docx many parts",
    "pdf loop",
    "pdf chain",
    "wrong magic",
    "no text",
]


async def _upload(client: httpx2.AsyncClient, name: str, data: bytes) -> httpx2.Response:
    return await client.post(f"{API}/kb/upload", files={"file": (name, data)})


def _workers() -> int:
    """How many processes read files now."""
    return sum("frontdesk.knowledge.extract.worker" in _words(child) for child in psutil.Process().children())


def _words(process: psutil.Process) -> list[str]:
    """What it was started with; none where it has ended meanwhile."""
    try:
        words: list[str] = process.cmdline()
    except psutil.NoSuchProcess:
        words = []
    return words


@pytest.fixture
async def uploads(client: httpx2.AsyncClient) -> AsyncIterator[list["asyncio.Task[httpx2.Response]"]]:
    """As many slow uploads as are read at once; ended with the test."""
    slow = slow_pdf()
    started = [asyncio.create_task(_upload(client, "slow.pdf", slow)) for _ in range(AT_ONCE)]
    while _workers() < AT_ONCE:  # noqa: ASYNC110  # other processes do not tell it
        await asyncio.sleep(0.01)
    yield started
    await end(started)


async def test_the_desk_answers_while_files_take_their_time(
    client: httpx2.AsyncClient, uploads: list["asyncio.Task[httpx2.Response]"]
) -> None:
    for _ in range(10):
        listed = await client.get(f"{API}/documents")
        assert listed.status_code == 200
        assert not any(upload.done() for upload in uploads)


async def test_uploads_beyond_the_queue_get_503_and_when_to_come_again(
    client: httpx2.AsyncClient, uploads: list["asyncio.Task[httpx2.Response]"]
) -> None:
    more = [asyncio.create_task(_upload(client, "a.txt", b"Two days.")) for _ in range(MOST_WAITING + 1)]
    done, waiting = await asyncio.wait(more, return_when=asyncio.FIRST_COMPLETED)
    refused = done.pop().result()
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.json()["error"]["code"] == "unavailable"
    await end(waiting)


async def test_a_bomb_is_read_or_refused_by_the_contract(client: httpx2.AsyncClient) -> None:
    for bomb in _QUICK:
        name, make = BOMBS[bomb]
        answer = await _upload(client, name, make())
        assert answer.status_code in (201, 415, 422), f"{bomb}: {answer.text}"
        if answer.status_code != 201:
            assert answer.json()["error"]["message"]
