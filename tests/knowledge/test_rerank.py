"""A reranker gives another order, and nothing else."""

import asyncio

from frontdesk.db.pool import Database
from frontdesk.knowledge.base import Knowledge
from frontdesk.llm.rerank import open_reranker
from frontdesk.settings import Settings
from tests.knowledge.counters import articles
from tests.unit.llm.model_server import ModelServer, dead_address


async def test_a_reranker_changes_the_order_and_leaves_the_chances_in_place(
    db: Database, server: ModelServer
) -> None:
    plain = Knowledge(db)
    await plain.add_articles(articles(40, "en"))
    reranker = open_reranker(f"{server.url}/v1/rerank#tiny", Settings(_env_file=None))
    assert reranker is not None
    reranked = Knowledge(db, reranker=reranker)
    server.upside_down = True
    query = "rule 7 counter serves customers"
    before = await plain.search(query, language="en", limit=20)
    after = await reranked.search(query, language="en", limit=20)
    assert sorted(passage.doc_key for passage in after) == sorted(passage.doc_key for passage in before)
    assert (before[0].doc_key, after[-1].doc_key) == ("en-7", "en-7")
    assert [passage.score for passage in after] == [passage.score for passage in before]
    assert [len(await reranked.search(query, language="en", limit=n)) for n in (1, 5)] == [1, 5]
    await reranked.aclose()


async def test_a_reranker_that_is_away_or_late_changes_nothing(db: Database, server: ModelServer) -> None:
    plain = Knowledge(db)
    await plain.add_articles(articles(40, "en"))
    before = await plain.search("rule 7", language="en")
    for url, delay in ((dead_address(), 0.0), (server.url, 30.0)):
        server.delay = delay
        reranker = open_reranker(f"{url}/v1/rerank", Settings(_env_file=None))
        knowledge = Knowledge(db, reranker=reranker, rerank_seconds=0.3)
        async with asyncio.timeout(20):
            assert await knowledge.search("rule 7", language="en") == before
        await knowledge.aclose()
