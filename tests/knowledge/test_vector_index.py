"""A language with many chunks gets an index over its vectors."""

from frontdesk.db.pool import Database
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.reindex import index_of
from frontdesk.llm.embedding import Embedder
from tests.knowledge.counters import MODEL, articles, by_vector, index_is_valid
from tests.unit.llm.model_server import ModelServer


async def test_a_large_language_gets_an_index_of_the_new_model(db: Database, embedder: Embedder) -> None:
    small, large = Knowledge(db, embedder), Knowledge(db, embedder, most_chunks=5)
    await small.add_articles(articles(20, "ru"))
    await small.reindex(60)
    assert not await index_is_valid(db, MODEL)
    await large.reindex(60)
    assert await index_is_valid(db, MODEL)
    assert await by_vector(large, "ru")
    async with db.connection() as conn:  # as a killed builder leaves it
        await conn.execute(
            "update pg_index set indisvalid = false where indexrelid = %s::regclass", (index_of(MODEL),)
        )
    await large.reindex(60)
    assert await index_is_valid(db, MODEL)


async def test_vectors_too_long_for_a_plain_index_get_one_of_half_precision(
    db: Database, server: ModelServer, embedder: Embedder
) -> None:
    server.dimensions = 3_000
    knowledge = Knowledge(db, embedder, most_chunks=5)
    await knowledge.add_articles(articles(10, "ru"))
    await knowledge.reindex(60)
    assert await index_is_valid(db, MODEL)
    assert await by_vector(knowledge, "ru")
