"""A process that re-indexes a knowledge base, for the test that kills it."""

import asyncio

from frontdesk.db.pool import Database
from frontdesk.knowledge.base import Knowledge
from frontdesk.llm.embedding import open_embedder
from frontdesk.settings import Settings


def run(dsn: str, model: str, url: str) -> None:
    """The process's whole life."""
    asyncio.run(_run(dsn, model, url))


async def _run(dsn: str, model: str, url: str) -> None:
    database = Database(dsn, size=3)
    await database.open()
    settings = Settings(_env_file=None, ollama_base_url=url)
    await Knowledge(database, open_embedder(model, settings)).reindex(seconds=60)
    await database.close()
