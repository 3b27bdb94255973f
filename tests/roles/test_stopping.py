"""An orderly stop under requests: what is in flight comes to its end, and who waits too long is told by the contract."""

import asyncio
import signal

import httpx2
import pytest
from bench.place import free_port

from frontdesk.desk import open_desk
from frontdesk.roles import run_roles
from frontdesk.settings import Settings
from frontdesk.web import server
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.web.talking import visit

API = "/api/v1"


async def _stopped_while_answering(
    settings: Settings, answerer: ScriptedAnswerer
) -> tuple[httpx2.Response, int]:
    """The answer to a chat message under which the process was told to stop, and how a window was closed."""
    settings = settings.model_copy(update={"port": free_port()})
    listening = asyncio.Event()
    async with open_desk(settings, answerer=answerer, reader=ScriptedReader()) as desk:
        process = asyncio.create_task(run_roles(desk, ["api", "worker"], listening.set))
        await listening.wait()
        async with httpx2.AsyncClient(base_url=settings.base_url, timeout=60) as client:
            visitor = await visit(client)
            async with visitor.window() as window:
                path = f"{API}/chat/sessions/{visitor.session_id}/messages"
                headers = {"Authorization": f"Bearer {visitor.token}"}
                sent = client.post(path, data={"content": "Where is my order?"}, headers=headers)
                saying = asyncio.create_task(sent)
                async with asyncio.timeout(30):
                    while not answerer.cases:  # noqa: ASYNC110  # the script tells nobody
                        await asyncio.sleep(0.02)
                signal.raise_signal(signal.SIGTERM)
                answer = await saying
                closed = await window.gone()
        await asyncio.wait_for(process, 30)
        return answer, closed


async def test_a_request_in_flight_gets_its_answer(settings: Settings) -> None:
    answer, closed = await _stopped_while_answering(settings, ScriptedAnswerer(seconds=1.5))
    assert answer.status_code == 200
    assert [message["content"] for message in answer.json()["messages"]] == ["RE: WHERE IS MY ORDER?"]
    assert closed == 1012


async def test_who_would_wait_too_long_is_told_by_the_contract(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "STOP_SECONDS", 1)
    answer, _ = await _stopped_while_answering(settings, ScriptedAnswerer(seconds=120))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert answer.json()["error"]["request_id"] == answer.headers["x-request-id"]
    assert answer.headers["retry-after"]
    assert not [record for record in caplog.records if record.exc_info]
