"""From one model of vectors to another on a real database, while questions are answered."""

import asyncio
import multiprocessing
import signal
import time
from collections.abc import Coroutine
from typing import Any

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from frontdesk.clocks import vectors
from frontdesk.db.pool import Database
from frontdesk.engine.clock import Clocks
from frontdesk.engine.lanes import Lanes
from frontdesk.engine.signals import Signals
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.errors import SetupError
from frontdesk.kit.tasks import end
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.intake import article_from_text
from frontdesk.llm.embedding import Embedder, Matrix, Role
from frontdesk.terms import LaneKind
from tests.knowledge import reindexer
from tests.knowledge.counters import MODEL, articles, by_vector, embedder_at, index_is_valid, vectors_of
from tests.unit.llm.model_server import ModelServer, dead_address

_processes = multiprocessing.get_context("forkserver")


async def age_of_use(db: Database, model: str, hours: int) -> None:
    async with db.connection() as conn:
        await conn.execute(
            "update embedding_model set seen_at = now() - make_interval(hours => %s) where model = %s",
            (hours, model),
        )


async def test_search_stays_on_the_old_model_until_the_new_one_is_complete(
    db: Database, server: ModelServer, embedder: Embedder, minilm: Embedder
) -> None:
    old = Knowledge(db, minilm)
    await old.add_articles([*articles(30, "en"), *articles(30, "ru")])
    await old.reindex(60)
    new = Knowledge(db, embedder, former=minilm)
    assert (await by_vector(new, "en"), await by_vector(new, "ru")) == (True, False)
    assert await new.embed_missing(batch=28) == 28
    asked = len(server.bodies)
    assert (await by_vector(new, "en"), await by_vector(new, "ru")) == (True, False)
    assert len(server.bodies) == asked  # English was asked of MiniLM
    assert [row.missing for row in await new.reindex(60)] == [0, 0]
    assert (await by_vector(new, "en"), await by_vector(new, "ru")) == (True, True)
    assert len(server.bodies) > asked
    assert await by_vector(old, "en")  # a process that still runs with the old setting


async def test_a_new_article_does_not_put_its_language_back_to_words(
    db: Database, embedder: Embedder
) -> None:
    knowledge = Knowledge(db, embedder)
    await knowledge.add_articles(articles(20, "ru"))
    await knowledge.reindex(60)
    await knowledge.add_articles([article_from_text("new", "Новое", "Совсем другая тема.", language="ru")])
    assert await by_vector(knowledge, "ru")
    assert [(row.language, row.chunks, row.missing) for row in await knowledge.progress()] == [("ru", 21, 1)]


@pytest.mark.timeout(120)
async def test_a_process_killed_in_the_middle_loses_at_most_a_slice(
    db: Database, dsn: str, server: ModelServer, embedder: Embedder
) -> None:
    knowledge = Knowledge(db, embedder)
    await knowledge.add_articles(articles(170, "ru"))
    server.delay = 0.25
    process = _processes.Process(target=reindexer.run, args=(dsn, MODEL, server.url), daemon=True)
    process.start()
    searches = 0
    until = time.monotonic() + 60
    while (await vectors_of(db)).get(MODEL, 0) < 50 and time.monotonic() < until:
        assert not await by_vector(knowledge, "ru")
        searches += 1
    process.kill()
    await asyncio.to_thread(process.join)
    assert process.exitcode == -signal.SIGKILL
    made = (await vectors_of(db))[MODEL]
    assert 50 <= made < 170
    assert searches > 0
    server.delay = 0.0
    server.bodies.clear()
    await knowledge.reindex(60)
    assert await vectors_of(db) == {MODEL: 170}
    assert len([text for text in server.texts if "Окно" in text]) == 170 - made
    assert await by_vector(knowledge, "ru")


async def test_a_server_that_dies_is_soon_left_alone_with_one_warning_and_search_goes_by_words(
    db: Database, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Knowledge(db, embedder).add_articles(articles(10, "ru"))
    await Knowledge(db, embedder).reindex(60)
    assert await by_vector(Knowledge(db, embedder), "ru")
    dead = embedder_at(dead_address())
    knowledge, attempts, embed = Knowledge(db, dead), 0, dead.embed

    async def counted(texts: list[str], role: Role = "passage") -> Matrix:
        nonlocal attempts
        attempts += 1
        return await embed(texts, role)

    monkeypatch.setattr(dead, "embed", counted)
    with capture_logs() as logs:
        for number in range(6):
            assert await knowledge.search(f"когда открывается окно {number}", language="ru")
    assert attempts == 3
    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["query_vectors_away"]
    assert not await by_vector(knowledge, "ru")


async def test_an_article_is_added_though_its_vectors_cannot_be_made(
    db: Database, server: ModelServer, embedder: Embedder
) -> None:
    knowledge = Knowledge(db, embedder)
    server.faults = [401]
    with capture_logs() as logs:
        added = await knowledge.add_text("a", "Гарантия", "Гарантия 12 месяцев.", language="ru")
    assert added.changed
    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["new_vectors_delayed"]
    assert [row.missing for row in await knowledge.progress()] == [1]
    assert [row.missing for row in await knowledge.reindex(60)] == [0]


async def test_models_in_use_keep_their_vectors_and_an_unused_one_loses_them(
    db: Database, embedder: Embedder, minilm: Embedder
) -> None:
    old, new = Knowledge(db, minilm), Knowledge(db, embedder)
    await old.add_articles(articles(12, "en"))
    for _ in range(2):  # both run side by side, as in a rolling update
        await old.reindex(60)
        await new.reindex(60)
    assert await vectors_of(db) == {"minilm": 12, MODEL: 12}
    await age_of_use(db, MODEL, hours=30)
    await new.delete_vectors()
    await new.embed_missing(batch=100)  # as a long `kb reindex` does, beside a desk that has the other model
    await old.reindex(60)
    assert await vectors_of(db) == {"minilm": 12, MODEL: 12}
    await age_of_use(db, "minilm", hours=30)
    await new.reindex(60)
    assert await vectors_of(db) == {MODEL: 12}
    assert not await index_is_valid(db, "minilm")
    assert await by_vector(new, "en")


async def test_old_vectors_stay_as_long_as_anything_is_missing(
    db: Database, server: ModelServer, embedder: Embedder, minilm: Embedder
) -> None:
    old, new = Knowledge(db, minilm), Knowledge(db, embedder)
    await old.add_articles(articles(12, "en"))
    await old.reindex(60)
    await age_of_use(db, "minilm", hours=30)
    server.faults = [401]
    with pytest.raises(SetupError):
        await new.reindex(60)
    assert (await vectors_of(db))["minilm"] == 12


async def test_every_space_is_re_indexed(db: Database, embedder: Embedder) -> None:
    knowledge = Knowledge(db, embedder)
    await knowledge.add_articles(articles(3, "en"), "one")
    await knowledge.add_articles(articles(3, "ru"), "two")
    progress = await knowledge.reindex(60)
    assert [(row.space, row.missing) for row in progress] == [("one", 0), ("two", 0)]


@pytest.mark.parametrize("most_chunks", [0, 1000])
async def test_a_model_that_changed_behind_its_name_does_no_harm(
    db: Database, server: ModelServer, embedder: Embedder, most_chunks: int
) -> None:
    await Knowledge(db, embedder).add_articles(articles(10, "ru"))
    await Knowledge(db, embedder).reindex(60)
    server.dimensions = 64
    changed = embedder_at(server.url)
    knowledge = Knowledge(db, changed, most_chunks=most_chunks)
    assert not await by_vector(knowledge, "ru")
    await knowledge.add_articles([article_from_text("new", "Новое", "Другая тема.", language="ru")])
    with pytest.raises(SetupError, match="--anew"):
        await knowledge.reindex(60)
    assert await knowledge.delete_vectors() > 0
    await knowledge.reindex(60)
    assert await by_vector(knowledge, "ru")
    await changed.aclose()


async def test_the_clock_re_indexes_and_outlives_a_model_that_is_away(
    db: Database, dsn: str, server: ModelServer, embedder: Embedder
) -> None:
    knowledge = Knowledge(db, embedder)
    await knowledge.add_articles(articles(12, "ru"))
    server.faults = [401]
    with capture_logs() as logs:
        await one_round(db, dsn, knowledge)
    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["vectors_delayed"]
    assert await vectors_of(db) == {}
    await one_round(db, dsn, knowledge)
    assert await vectors_of(db) == {MODEL: 12}
    assert REGISTRY.get_sample_value("support_chunks_to_embed") == 0


async def one_round(db: Database, dsn: str, knowledge: Knowledge) -> None:
    """One round of the clock, by a real worker on a real lane."""
    signals = Signals(dsn)
    await signals.start()
    lanes = Lanes(db, signals)
    clocks = Clocks(lanes, [vectors.clock(knowledge)])
    done = asyncio.Event()
    worker = Worker(lanes, {LaneKind.CLOCK: LaneWork(lambda run: _then(clocks.run(run), done))})
    await clocks.start()
    task = asyncio.create_task(worker.run())
    await asyncio.wait_for(done.wait(), 30)
    await end([task])
    await signals.stop()


async def _then(work: Coroutine[Any, Any, None], done: asyncio.Event) -> None:
    await work
    done.set()
