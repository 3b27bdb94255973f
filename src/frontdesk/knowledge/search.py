"""The search: chooses languages, scores chunks, reads the best ones, quotes from them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from frontdesk.db.pool import Connection, Database, fetch_all
from frontdesk.kit.signature import message_of
from frontdesk.kit.text import clean
from frontdesk.kit.translit import in_cyrillic
from frontdesk.knowledge import analysis, ranking
from frontdesk.knowledge.analysis import LANGUAGES
from frontdesk.knowledge.cache import CachedSpace
from frontdesk.knowledge.candidates import load_candidates
from frontdesk.knowledge.index import Floats, Index
from frontdesk.knowledge.language import guess
from frontdesk.knowledge.passage import Passage
from frontdesk.knowledge.question import QueryVectors
from frontdesk.knowledge.quote import quote
from frontdesk.knowledge.reorder import TOP, Reorder
from frontdesk.llm.embedding import Embedder
from frontdesk.terms import DocumentId

_QUERY_CHARACTERS = 2000
_NOTHING_BELOW = 0.12
"""If a language's best passage scores less, the other languages are searched too."""
_UNSURE_BELOW = 0.5
"""The same if the language was only guessed."""
_FOREIGN = 0.8
"""The factor on the score of a passage that is not in the customer's language."""
_FOREIGN_FROM = 0.25
"""The least score with which such a passage is a result."""
_LONG_DOCUMENT = 8
"""A document of more chunks may give up to three passages."""
_NEAR = 0.2
"""The least similarity of a chunk that shares no word with the query."""
_THREAD_ABOVE = 3000
"""Chunks; fewer are scored on the event loop, which is faster than changing threads."""

_READ = """
select c.chunk_id, d.document_id, d.version, d.doc_key, d.title, d.language, d.source_url, d.category, c.heading, c.text,
    coalesce(lead.text, '') as lead, coalesce((
        select json_agg(json_build_array(sibling.heading, sibling.text) order by sibling.ordinal)
        from chunk sibling where sibling.document_id = c.document_id and sibling.chunk_id <> c.chunk_id
        having count(*) < %s
    ), '[]') as siblings
from chunk c join document d using (document_id)
left join chunk lead on lead.document_id = c.document_id and lead.ordinal = 0 and lead.heading = ''
    and c.heading <> ''
where c.chunk_id = any(%s) and (d.expires_on is null or d.expires_on >= current_date)
"""


@dataclass(frozen=True, slots=True)
class _ChunkText:
    chunk_id: int
    document_id: str
    version: int
    doc_key: str
    title: str
    language: str
    source_url: str | None
    category: str | None
    heading: str
    text: str
    lead: str
    siblings: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Hit:
    chunk_id: int
    score: float
    lexical: float
    vector: float
    coverage: float


@dataclass(frozen=True, slots=True)
class _Query:
    text: str
    language: str
    limit: int
    certain: bool
    """Whether the language was given, or is certain from the text."""

    def in_cyrillic_for(self, index: Index | None) -> "_Query":
        """Transliterated if it was typed in Latin letters, except words of the index."""

        def is_indexed(word: str) -> bool:
            return index is not None and index.stems.rows_with(analysis.stem(word, self.language)) is not None

        return replace(self, text=in_cyrillic(self.text, self.language, is_indexed))

    def score_factor(self, language: str) -> float:
        """For passages of that language."""
        return _FOREIGN if self.certain and language != self.language else 1.0

    def accepts(self, passage: Passage) -> bool:
        """Whether a passage is good enough beside those of the customer's language."""
        return not self.certain or passage.language == self.language or passage.score >= _FOREIGN_FROM


class Searcher:
    """Searches the spaces of one database; one per process.

    `embedders` start with the current one; the others serve until its vectors are made.
    """

    def __init__(
        self, database: Database, embedders: Sequence[Embedder], most_chunks: int, reorder: Reorder | None
    ) -> None:
        self._database = database
        self._most_chunks = most_chunks
        self._embedders = tuple(embedders)
        self._reorder = reorder
        self._spaces: dict[str, CachedSpace] = {}
        self._vectors = QueryVectors()

    async def warm(self, space: str) -> None:
        """Read the space into memory now, so that the first search is fast."""
        await self._cached(space).refresh()

    async def search(self, query: str, language: str | None, limit: int, space: str) -> list[Passage]:
        text = message_of(clean(query[: 4 * _QUERY_CHARACTERS]))[:_QUERY_CHARACTERS].strip()
        if not text or limit < 1:
            return []
        given = language if language in LANGUAGES else None
        guessed, sure = guess(text)
        first = given or guessed or LANGUAGES[0]
        wide = limit if self._reorder is None else max(limit, TOP)
        asked = _Query(text, first, wide, certain=bool(given) or sure)
        await self._cached(space).refresh()
        passages: list[Passage] = []
        for searched in (first, *(other for other in LANGUAGES if other != first)):
            results = await self._search_language(space, searched, asked)
            passages += [passage for passage in results if not passages or asked.accepts(passage)]
            if passages and passages[0].score >= (_NOTHING_BELOW if asked.certain else _UNSURE_BELOW):
                break
        passages = sorted(passages, key=lambda passage: -passage.score)
        if self._reorder is not None:
            passages = await self._reorder.apply(text, passages)
        return passages[:limit]

    def _cached(self, space: str) -> CachedSpace:
        if space not in self._spaces:
            self._spaces[space] = CachedSpace(self._database, space, self._embedders, self._most_chunks)
        return self._spaces[space]

    async def _search_language(self, space: str, language: str, query: "_Query") -> list[Passage]:
        cached = self._cached(space)
        embedder = cached.embedders.get(language)
        vector = None
        if language == query.language:
            query = query.in_cyrillic_for(cached.indexes.get(language))
        if language in cached.large:
            vector = await self._vectors.vector_of(embedder, query.text) if embedder else None
            index: Index | None = await load_candidates(
                self._database, space, language, query=query.text, embedder=embedder, vector=vector
            )
        else:
            index = cached.indexes.get(language)
            if embedder is not None and index is not None and index.vectors is not None:
                vector = await self._vectors.vector_of(embedder, query.text)
        if index is None or not len(index):
            return []
        if vector is not None and not _fits(index, vector):
            vector = None
        background = await self._vectors.background(embedder) if embedder and vector is not None else None
        if background is None:
            vector, background = None, ranking.BACKGROUND
        query_language = query.language if query.certain else language
        if len(index) > _THREAD_ABOVE:
            scored = await asyncio.to_thread(
                ranking.score, index, query.text, vector, query_language, background
            )
        else:
            scored = ranking.score(index, query.text, vector, query_language, background)
        return await self._passages(index, best_hits(index, scored, query.limit), query)

    async def _passages(self, index: Index, hits: list[_Hit], query: "_Query") -> list[Passage]:
        """Read from the database, so that what was deleted meanwhile is left out."""
        async with self._database.connection() as conn:
            chunks = await _read(conn, hits)
        factor = query.score_factor(index.language)
        return [
            _passage(chunks[hit.chunk_id], hit, index, query.text, factor)
            for hit in hits
            if hit.chunk_id in chunks
        ]


def _fits(index: Index, vector: Floats) -> bool:
    """Whether the query's vector has the length of the index's vectors: a model may change behind its name."""
    return index.vectors is not None and index.vectors.chunk_matrix.shape[1] == len(vector)


def best_hits(index: Index, scored: ranking.Scored, limit: int) -> list[_Hit]:
    """The best chunks that match at all; of a short document only the best one."""
    hits: list[_Hit] = []
    taken: dict[int, int] = {}
    sizes = np.bincount(index.document_of, minlength=len(index.documents))
    for row in np.argsort(-scored.score, kind="stable"):
        if len(hits) == limit:
            break
        if scored.lexical[row] <= 0 and scored.vector[row] < _NEAR:
            continue
        document = int(index.document_of[row])
        if taken.get(document, 0) >= (3 if sizes[document] > _LONG_DOCUMENT else 1):
            continue
        taken[document] = taken.get(document, 0) + 1
        parts = (scored.score[row], scored.lexical[row], scored.vector[row], scored.coverage[row])
        hits.append(_Hit(int(index.chunk_ids[row]), *(float(part) for part in parts)))
    return hits


async def _read(conn: Connection, hits: list[_Hit]) -> dict[int, _ChunkText]:
    rows = (
        await fetch_all(conn, _ChunkText, _READ, (_LONG_DOCUMENT, [hit.chunk_id for hit in hits]))
        if hits
        else []
    )
    return {row.chunk_id: row for row in rows}


def _passage(chunk: _ChunkText, hit: _Hit, index: Index, query: str, factor: float) -> Passage:
    return Passage(
        document_id=DocumentId(chunk.document_id),
        doc_key=chunk.doc_key,
        title=chunk.title,
        heading=chunk.heading,
        text=chunk.text,
        quote=quote(chunk.text, query, chunk.language, index.stems.weight),
        language=chunk.language,
        score=round(hit.score * factor, 4),
        url=chunk.source_url,
        category=chunk.category,
        lexical_score=round(hit.lexical, 4),
        vector_score=round(hit.vector, 4),
        coverage=round(hit.coverage, 4),
        version=chunk.version,
        lead=chunk.lead,
        siblings=tuple((heading, text) for heading, text in chunk.siblings),
    )
