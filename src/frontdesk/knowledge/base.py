"""The knowledge base: what the rest of the desk calls to add, find, read and delete articles."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from frontdesk.db.pool import Database
from frontdesk.knowledge import documents, reindex, vectors
from frontdesk.knowledge.document import Added, Article, DocumentPage, DocumentText
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.intake import article_from_text, article_of
from frontdesk.knowledge.passage import Passage
from frontdesk.knowledge.reindex import Progress
from frontdesk.knowledge.reorder import Reorder
from frontdesk.knowledge.search import Searcher
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.embedding import Embedder
from frontdesk.llm.rerank import Reranker

MAIN = "main"
HELD_CHUNKS = 2_500
"""A language of a space with more is searched by PostgreSQL first; a held chunk takes about 30 kB."""
_EMBED_NOW = 8
"""So many chunks of a new document get their vectors at once; the rest is the background lane's work."""
_EMBED_NOW_SECONDS = 15.0
_REINDEX_BATCH = 250
"""Chunks; after each batch the index in memory is laid out anew, and searches wait for it."""


class Knowledge:
    """One per process. Spaces keep corpora apart; without an embedder search goes by words alone.

    `former` serves its languages as long as it knows more of them than `embedder` does. `rerank_seconds` is
    what `reranker` may take for one search.
    """

    def __init__(
        self,
        database: Database,
        embedder: Embedder | None = None,
        *,
        former: Embedder | None = None,
        reranker: Reranker | None = None,
        rerank_seconds: float = 2.0,
        most_chunks: int = HELD_CHUNKS,
    ) -> None:
        self._database = database
        self._embedder = embedder
        self._former = former
        self._reranker = reranker
        self._most_chunks = most_chunks
        self._searcher = Searcher(
            database,
            [one for one in (embedder, former) if one is not None],
            most_chunks,
            Reorder(reranker, rerank_seconds) if reranker else None,
        )
        self._at_once = BestEffort(
            "new_vectors_delayed", embedder.name if embedder else "none", _EMBED_NOW_SECONDS
        )

    @property
    def model(self) -> str | None:
        """The name of the model whose vectors are wanted; None where search goes by words alone."""
        return self._embedder.name if self._embedder else None

    async def aclose(self) -> None:
        """Let go of the models' connections and threads."""
        for one in (self._embedder, self._former, self._reranker):
            if one is not None:
                await one.aclose()

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = MAIN
    ) -> list[Passage]:
        """Best passages first; `language` routes the search (ru, kk, en), None detects it."""
        return await self._searcher.search(query, language, limit, space)

    async def warm(self, space: str = MAIN) -> None:
        """Read the space into memory, so that the first search is as quick as the others."""
        await self._searcher.warm(space)

    async def add_file(
        self,
        name: str,
        data: bytes,
        *,
        source: str | None = None,
        source_url: str | None = None,
        space: str = MAIN,
        doc_key: str | None = None,
        language: str | None = None,
    ) -> Added:
        """Read a PDF, DOCX, TXT, MD or HTML file; a file of the same key (its name, unless told) is replaced.

        Raises `PayloadTooLarge`, `UnsupportedMediaType`, `ValidationFailed` (encrypted, broken or empty).
        """
        found = await asyncio.to_thread(extract, name, data)
        article = article_of(
            found, doc_key=doc_key or name, language=language, source=source or name, source_url=source_url
        )
        added = await self._add(article, space)
        return replace(added, warnings=list(found.warnings))

    async def add_text(
        self,
        doc_key: str,
        title: str,
        text: str,
        *,
        language: str | None = None,
        questions: Sequence[str] = (),
        category: str | None = None,
        source: str | None = None,
        source_url: str | None = None,
        space: str = MAIN,
    ) -> Added:
        """Add or replace an article given as text. Raises `ValidationFailed` where it is empty."""
        article = article_from_text(
            doc_key, title, text,
            language=language, questions=questions, category=category, source=source, source_url=source_url,
        )  # fmt: skip
        return await self._add(article, space)

    async def add_articles(self, articles: Sequence[Article], space: str = MAIN) -> list[Added]:
        """Add or replace many in one transaction; their vectors are left to `embed_missing`."""
        prepared = await asyncio.to_thread(lambda: [documents.prepare(article) for article in articles])
        async with self._database.transaction() as conn:
            return await documents.put(conn, space, prepared)

    async def _add(self, article: Article, space: str) -> Added:
        [added] = await self.add_articles([article], space)
        embedder = self._embedder
        if added.changed and embedder is not None:
            # Where the model is away the article is there all the same; its vectors follow in the background.
            await self._at_once.ask(
                lambda: vectors.embed_missing(
                    self._database, embedder, space, batch=_EMBED_NOW, document=added.document_id
                )
            )
        return added

    async def embed_missing(self, space: str = MAIN, batch: int = 16) -> int:
        """Make vectors for up to `batch` chunks that lack them; 0 when nothing is left to do.

        Raises `ModelUnavailable`, `SetupError` or `PermanentError` where the model cannot do it.
        """
        if self._embedder is None:
            return 0
        return await vectors.embed_missing(self._database, self._embedder, space, batch=batch)

    async def progress(self) -> list[Progress]:
        """How far the wanted model is, by space and language; nothing without a model."""
        return await reindex.progress(self._database, self._embedder) if self._embedder else []

    async def reindex(self, seconds: float) -> list[Progress]:
        """Work in all spaces towards the wanted model, for about so long; what has been reached.

        Once nothing is missing: an index for languages too large for memory, and the vectors of models that
        nobody uses any more are deleted. Errors as of `embed_missing`.
        """
        if self._embedder is None:
            return []
        await reindex.name_in_use(self._database, self._embedder.name)
        until = time.monotonic() + seconds
        reached = await self.progress()
        for space in sorted({one.space for one in reached if one.missing}):
            while await self.embed_missing(space, _REINDEX_BATCH):
                if time.monotonic() >= until:
                    return await self.progress()
            reached = await self.progress()
        if not any(one.missing for one in reached):
            if any(one.chunks > self._most_chunks for one in reached):
                await reindex.ensure_index(self._database, self._embedder)
            await reindex.retire(self._database, self._embedder.name)
        return reached

    async def forget_vectors(self, space: str | None = None) -> int:
        """Delete the wanted model's vectors, so that they are made anew; how many there were."""
        return await reindex.forget(self._database, self._embedder.name, space) if self._embedder else 0

    async def list_documents(
        self, *, space: str = MAIN, language: str | None = None, limit: int = 50, offset: int = 0
    ) -> DocumentPage:
        """By title, with the total for paging."""
        async with self._database.connection() as conn:
            return await documents.listed(conn, space, language, limit, offset)

    async def get(self, document_id: str) -> DocumentText:
        """A document with its chunks. Raises `NotFound`."""
        async with self._database.connection() as conn:
            return await documents.read(conn, document_id)

    async def delete(self, document_id: str) -> None:
        """No search of any process finds it from now on. Raises `NotFound`."""
        async with self._database.transaction() as conn:
            await documents.delete(conn, document_id)
