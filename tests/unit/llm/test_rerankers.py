"""Rerankers behind their port, and the care with which optional help is asked."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import structlog
from structlog.testing import capture_logs

from frontdesk.errors import ModelUnavailable, PermanentError, SetupError
from frontdesk.llm import best_effort
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.rerank import Reranker, open_reranker
from frontdesk.settings import Settings
from tests.unit.llm import fake_libraries
from tests.unit.llm.model_server import ModelServer, served

KINDS = ["http", "texts", "fastembed:tiny", "sentence-transformers:tiny"]
TEXTS = ["the weather is fine", "delivery costs 500", "delivery to Almaty costs 500"]
QUERY = "delivery to Almaty"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with served() as model:
        yield model


@pytest.fixture(autouse=True)
def fresh(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in fake_libraries.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    server.__dict__.update(ModelServer().__dict__ | {"url": server.url})


def opened(wanted: str) -> Reranker:
    reranker = open_reranker(wanted, Settings(_env_file=None, reranker_api_key="rk-test"))
    assert reranker is not None
    return reranker


@pytest.fixture(params=KINDS)
async def reranker(request: pytest.FixtureRequest, server: ModelServer) -> AsyncIterator[Reranker]:
    server.wants_texts = request.param == "texts"
    at_server = request.param in ("http", "texts")
    model = opened(f"{server.url}/v1/rerank#tiny" if at_server else request.param)
    yield model
    await model.aclose()


async def test_each_text_gets_its_number_in_its_place(reranker: Reranker) -> None:
    for _ in range(2):  # the second time the form that the server wants is known
        weather, delivery, almaty = await reranker.relevance(QUERY, TEXTS)
        assert weather < delivery < almaty


async def test_a_server_hears_the_model_and_the_key_and_no_personal_data(server: ModelServer) -> None:
    reranker = opened(f"http:{server.url}/v1/rerank#tiny")
    await reranker.relevance("delivery for ann@mail.example", TEXTS)
    assert server.bodies == [{"model": "tiny", "query": "delivery for [email_1]", "documents": TEXTS}]
    assert server.headers[0]["authorization"] == "Bearer rk-test"
    assert "rk-test" not in reranker.name
    await reranker.aclose()


@pytest.mark.parametrize(
    ("status", "error"), [(503, ModelUnavailable), (401, SetupError), (422, PermanentError)]
)
async def test_a_server_s_failure_is_the_desk_s_error(
    server: ModelServer, status: int, error: type[Exception]
) -> None:
    reranker = opened(f"{server.url}/v1/rerank")
    server.faults = [status, status]
    with pytest.raises(error):
        await reranker.relevance(QUERY, TEXTS)
    await reranker.aclose()


async def test_a_reply_of_another_form_is_a_failure(server: ModelServer) -> None:
    reranker = opened(f"{server.url}/api/embed")
    with pytest.raises((ModelUnavailable, PermanentError)):
        await reranker.relevance(QUERY, TEXTS)
    await reranker.aclose()


async def test_a_library_s_failure_is_the_desk_s_error() -> None:
    reranker = opened("sentence-transformers:broken")
    with pytest.raises(ModelUnavailable, match="out of memory"):
        await reranker.relevance(QUERY, TEXTS)
    await reranker.aclose()


@pytest.mark.parametrize("wanted", ["cohere", "fastembed:", "http:somewhere", "llm"])
def test_an_unknown_reranker_is_a_setup_error(wanted: str) -> None:
    with pytest.raises(SetupError, match="RERANKER"):
        open_reranker(wanted, Settings(_env_file=None))


def test_no_reranker_is_the_default() -> None:
    assert open_reranker(Settings(_env_file=None).reranker, Settings(_env_file=None)) is None


async def test_help_that_fails_is_left_alone_and_told_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_effort, "_log", structlog.get_logger())  # one that wrote before keeps its way
    helper = BestEffort("helper_away", "model", seconds=5)
    calls = 0

    async def fails() -> str:
        nonlocal calls
        calls += 1
        raise ModelUnavailable("it is away")

    with capture_logs() as logs:
        assert [await helper.ask(fails) for _ in range(10)] == [None] * 10
    assert calls == 3
    [entry] = logs
    assert (entry["event"], entry["log_level"], entry["reason"]) == ("helper_away", "warning", "it is away")


async def test_help_that_is_late_is_done_without() -> None:
    helper = BestEffort("helper_away", "model", seconds=0.05)

    async def late() -> str:
        await asyncio.sleep(30)
        return "too late"

    async def timely() -> str:
        return "here"

    assert await helper.ask(late) is None
    assert await helper.ask(timely) == "here"


async def test_one_odd_question_does_not_close_the_door_for_others() -> None:
    helper = BestEffort("helper_away", "model", seconds=5)

    async def refused() -> str:
        raise PermanentError("this text is refused")

    async def fine() -> str:
        return "here"

    for _ in range(5):
        assert await helper.ask(refused) is None
    assert await helper.ask(fine) == "here"


async def test_a_fault_of_ours_is_not_hidden() -> None:
    async def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await BestEffort("helper_away", "model", seconds=5).ask(broken)
