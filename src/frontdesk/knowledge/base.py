"""The knowledge base, as other rooms use it: add, search, read and delete articles."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from frontdesk.access.actor import SYSTEM, Actor
from frontdesk.db.pool import Database
from frontdesk.knowledge import care, documents, reindex, vectors, versions
from frontdesk.knowledge.analysis import LANGUAGES
from frontdesk.knowledge.days import Days
from frontdesk.knowledge.document import AddedDocument, Article, DocumentListing, DocumentText, VersionSummary
from frontdesk.knowledge.extract.extractor import Extractor
from frontdesk.knowledge.findings import Finding
from frontdesk.knowledge.intake import NO_DAYS, article_from_text, articles_of, part_key
from frontdesk.knowledge.passage import Passage
from frontdesk.knowledge.reindex import VectorProgress
from frontdesk.knowledge.reorder import Reorder
from frontdesk.knowledge.search import Searcher
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.embedding import Embedder
from frontdesk.llm.rerank import Reranker

MAIN = "main"
CACHED_CHUNKS = 2_500
"""PostgreSQL preselects the chunks of a language with more; a cached chunk takes about 30 kB."""
_EMBED_NOW = 8
"""How many chunks of a new document get their vectors at once; a clock makes the rest."""
_EMBED_NOW_SECONDS = 15.0
_REINDEX_BATCH = 250
"""Chunks; the next search after a batch waits until the index in memory is rebuilt."""


class Knowledge:
    """One per process. Each space is a separate corpus; without an embedder search uses words only.

    Who adds or deletes is told as `by`, for the audit log.

    `former` serves a language while it has vectors of more of its chunks than `embedder` has.
    `rerank_seconds` is the time limit of `reranker` for one search, `extract_seconds` that for reading one file.
    """

    def __init__(
        self,
        database: Database,
        embedder: Embedder | None = None,
        *,
        former: Embedder | None = None,
        reranker: Reranker | None = None,
        rerank_seconds: float = 2.0,
        extract_seconds: float = 20.0,
        most_chunks: int = CACHED_CHUNKS,
    ) -> None:
        self._database = database
        self._embedder = embedder
        self._former = former
        self._reranker = reranker
        self._most_chunks = most_chunks
        self._extractor = Extractor(extract_seconds)
        self._checking = asyncio.Lock()
        self._searcher = Searcher(
            database,
            [model for model in (embedder, former) if model is not None],
            most_chunks,
            Reorder(reranker, rerank_seconds) if reranker else None,
        )
        self._at_once = BestEffort(
            "new_vectors_delayed", embedder.name if embedder else "none", _EMBED_NOW_SECONDS
        )

    @property
    def model(self) -> str | None:
        """The name of the embedding model of the settings; None where search uses words only."""
        return self._embedder.name if self._embedder else None

    async def aclose(self) -> None:
        """Close the models' connections and threads, and end the processes that read files."""
        await self._extractor.aclose()
        for model in (self._embedder, self._former, self._reranker):
            if model is not None:
                await model.aclose()

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = MAIN
    ) -> list[Passage]:
        """Best passages first; `language` (ru, kk, en) is searched first, None detects it."""
        return await self._searcher.search(query, language, limit, space)

    async def warm(self, space: str = MAIN) -> None:
        """Read the space into memory, so that the first search is fast."""
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
        days: Days = NO_DAYS,
        by: Actor = SYSTEM,
    ) -> AddedDocument:
        """Read a PDF, DOCX, TXT, MD or HTML file; a file of the same key (default: its name) is replaced.

        A file in two languages becomes an article for each; a warning names the others, unless `language` is given.

        Raises `PayloadTooLarge`, `UnsupportedMediaType`, `ValidationFailed` (encrypted, broken, empty, or too slow
        or too large to read), and `Unavailable` while many files are waiting.
        """
        extracted = await self._extractor.extract(name, data)
        key = doc_key or name
        articles = await asyncio.to_thread(
            articles_of,
            extracted,
            doc_key=key,
            language=language,
            source=source or name,
            source_url=source_url,
            days=days,
        )
        added, *others = await self._add(articles, space, by, file_key=key)
        apart = [
            f"its part in `{other.language}` is an article of its own: {other.doc_key}" for other in others
        ]
        return replace(added, warnings=[*extracted.warnings, *apart])

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
        days: Days = NO_DAYS,
        space: str = MAIN,
        by: Actor = SYSTEM,
    ) -> AddedDocument:
        """Add or replace an article given as text. Raises `ValidationFailed` where it is empty."""
        article = article_from_text(
            doc_key, title, text,
            language=language, questions=questions, category=category, source=source, source_url=source_url,
            days=days,
        )  # fmt: skip
        [added] = await self._add([article], space, by)
        return added

    async def add_articles(
        self, articles: Sequence[Article], space: str = MAIN, by: Actor = SYSTEM
    ) -> list[AddedDocument]:
        """Add or replace many in one transaction; `embed_missing` makes their vectors later."""
        prepared = await asyncio.to_thread(lambda: [documents.prepare(article) for article in articles])
        async with self._database.transaction() as conn:
            return await documents.put(conn, space, prepared, by)

    async def _add(
        self, articles: Sequence[Article], space: str, by: Actor, file_key: str | None = None
    ) -> list[AddedDocument]:
        """With `file_key`, the articles are all that the file has: those of languages that it had before go."""
        prepared = await asyncio.to_thread(lambda: [documents.prepare(article) for article in articles])
        async with self._database.transaction() as conn:
            added = await documents.put(conn, space, prepared, by)
            if file_key is not None:
                kept = {article.doc_key for article in articles}
                former = {part_key(file_key, language) for language in LANGUAGES} - kept
                await documents.delete_keys(conn, space, sorted(former), by)
        for document in added:
            await self._embed_at_once(document, space)
        return added

    async def _embed_at_once(self, added: AddedDocument, space: str) -> None:
        """The article is stored even if the model is unavailable; its vectors are made later."""
        embedder = self._embedder
        if added.changed and embedder is not None:
            await self._at_once.ask(
                lambda: vectors.embed_missing(
                    self._database, embedder, space, batch=_EMBED_NOW, document=added.document_id
                )
            )

    async def embed_missing(self, space: str = MAIN, batch: int = 16) -> int:
        """Make vectors for up to `batch` chunks that lack them; how many there were.

        Raises `ModelUnavailable`, `SetupError` or `PermanentError` where the model fails.
        """
        if self._embedder is None:
            return 0
        return await vectors.embed_missing(self._database, self._embedder, space, batch=batch)

    async def progress(self) -> list[VectorProgress]:
        """How many chunks have vectors of the current model, by space and language; empty without a model."""
        return await reindex.progress(self._database, self._embedder) if self._embedder else []

    async def reindex(self, seconds: float) -> list[VectorProgress]:
        """Make missing vectors in all spaces, for about `seconds`; the progress after that.

        When none is missing, this also builds the index of languages too large for memory, and deletes the
        vectors of unused models. Raises what `embed_missing` raises.
        """
        if self._embedder is None:
            return []
        await reindex.mark_in_use(self._database, self._embedder.name)
        until = time.monotonic() + seconds
        progress = await self.progress()
        for space in sorted({row.space for row in progress if row.missing}):
            while await self.embed_missing(space, _REINDEX_BATCH):
                if time.monotonic() >= until:
                    return await self.progress()
            progress = await self.progress()
        if not any(row.missing for row in progress):
            if any(row.chunks > self._most_chunks for row in progress):
                await reindex.ensure_index(self._database, self._embedder)
            await reindex.delete_unused(self._database, self._embedder.name)
        return progress

    async def delete_vectors(self, space: str | None = None) -> int:
        """Delete the current model's vectors, so that they are made again; how many there were."""
        return (
            await reindex.delete_vectors(self._database, self._embedder.name, space) if self._embedder else 0
        )

    async def list_documents(
        self, *, space: str = MAIN, language: str | None = None, limit: int = 50, offset: int = 0
    ) -> DocumentListing:
        """By title, with the total for paging."""
        async with self._database.connection() as conn:
            return await documents.list_page(conn, space, language, limit, offset)

    async def get(self, name: str, *, space: str = MAIN, version: int | None = None) -> DocumentText:
        """A document with its chunks, by its id or, within the space, its key. Raises `NotFound`.

        With `version` what it was then, by its id alone, also where it has been deleted since.
        """
        async with self._database.connection() as conn:
            if version is not None:
                return await versions.read(conn, name, version)
            return await documents.read(conn, name, space)

    async def versions_of(self, document_id: str) -> list[VersionSummary]:
        """Newest first. Raises `NotFound`."""
        async with self._database.connection() as conn:
            return await versions.listed(conn, document_id)

    async def check(self, space: str = MAIN) -> list[Finding]:
        """What its owner should look at: doubles, contradictions, days of review and expiry. One at a time."""
        async with self._checking:
            return await care.check(self._database, space, datetime.now(UTC).date())

    async def delete(self, document_id: str, by: Actor = SYSTEM) -> None:
        """Delete for the searches of all processes, from now on. Raises `NotFound`."""
        async with self._database.transaction() as conn:
            await documents.delete(conn, document_id, by)
