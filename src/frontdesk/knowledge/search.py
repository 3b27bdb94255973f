"""The search itself: routes a query by language, scores, reads the best chunks, quotes from them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from frontdesk.db.pool import Connection, Database, fetch_all
from frontdesk.kit.text import clean
from frontdesk.kit.translit import in_cyrillic
from frontdesk.knowledge import analysis, ranking
from frontdesk.knowledge.analysis import LANGUAGES
from frontdesk.knowledge.cache import CachedSpace
from frontdesk.knowledge.candidates import gather
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
"""Where a language's best passage scores less, other languages are asked too."""
_UNSURE_BELOW = 0.5
"""The same where the language was only guessed."""
_FOREIGN = 0.8
"""What a passage in another language than the customer's is worth of its score."""
_FOREIGN_FROM = 0.25
"""Such a passage must score this much to stand beside those of the customer's language."""
_LONG_DOCUMENT = 8
"""A document of more chunks may give several passages to one result."""
_NEAR = 0.2
"""A text that shares no word with the query is shown only when its vector is at least so near."""
_THREAD_ABOVE = 3000
"""Chunks; scoring fewer takes less time than a change of threads is worth."""

_READ = """
select c.chunk_id, d.document_id, d.doc_key, d.title, d.language, d.source_url, d.category, c.heading, c.text,
    coalesce(lead.text, '') as lead
from chunk c join document d using (document_id)
left join chunk lead on lead.document_id = c.document_id and lead.ordinal = 0 and lead.heading = ''
    and c.heading <> ''
where c.chunk_id = any(%s)
"""


@dataclass(frozen=True, slots=True)
class _Found:
    chunk_id: int
    document_id: str
    doc_key: str
    title: str
    language: str
    source_url: str | None
    category: str | None
    heading: str
    text: str
    lead: str


@dataclass(frozen=True, slots=True)
class _Hit:
    chunk_id: int
    score: float
    lexical: float
    vector: float
    coverage: float


@dataclass(frozen=True, slots=True)
class _Ask:
    text: str
    own: str
    limit: int
    certain: bool
    """Whether the language was told, or is plain from the text."""

    def in_letters_of(self, index: Index | None) -> "_Ask":
        """Put into Cyrillic where it is typed in Latin letters; words that the index has stay as they are."""

        def known(word: str) -> bool:
            return index is not None and index.stems.rows_with(analysis.stem(word, self.own)) is not None

        return replace(self, text=in_cyrillic(self.text, self.own, known))

    def worth(self, tongue: str) -> float:
        return _FOREIGN if self.certain and tongue != self.own else 1.0

    def accepts(self, passage: Passage) -> bool:
        """Beside passages of the customer's language."""
        return not self.certain or passage.language == self.own or passage.score >= _FOREIGN_FROM


class Searcher:
    """Searches the spaces of one database; one per process.

    `embedders` begin with the wanted one; the others serve until it has made its vectors.
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
        """Read the space into memory now, so that the first search need not wait for it."""
        await self._held(space).refresh()

    async def search(self, query: str, language: str | None, limit: int, space: str) -> list[Passage]:
        text = clean(query)[:_QUERY_CHARACTERS].strip()
        if not text or limit < 1:
            return []
        told = language if language in LANGUAGES else None
        guessed, sure = guess(text)
        own = told or guessed or LANGUAGES[0]
        wide = limit if self._reorder is None else max(limit, TOP)
        ask = _Ask(text, own, wide, certain=bool(told) or sure)
        await self._held(space).refresh()
        passages: list[Passage] = []
        for tongue in (own, *(other for other in LANGUAGES if other != own)):
            found = await self._search_language(space, tongue, ask)
            passages += [one for one in found if not passages or ask.accepts(one)]
            if passages and passages[0].score >= (_NOTHING_BELOW if ask.certain else _UNSURE_BELOW):
                break
        passages = sorted(passages, key=lambda passage: -passage.score)
        if self._reorder is not None:
            passages = await self._reorder.apply(text, passages)
        return passages[:limit]

    def _held(self, space: str) -> CachedSpace:
        if space not in self._spaces:
            self._spaces[space] = CachedSpace(self._database, space, self._embedders, self._most_chunks)
        return self._spaces[space]

    async def _search_language(self, space: str, tongue: str, ask: "_Ask") -> list[Passage]:
        held = self._held(space)
        embedder = held.embedders.get(tongue)
        vector = None
        if tongue == ask.own:
            ask = ask.in_letters_of(held.indexes.get(tongue))
        if tongue in held.large:
            vector = await self._vectors.of(embedder, ask.text) if embedder else None
            index: Index | None = await gather(
                self._database, space, tongue, query=ask.text, embedder=embedder, vector=vector
            )
        else:
            index = held.indexes.get(tongue)
            if embedder is not None and index is not None and index.vectors is not None:
                vector = await self._vectors.of(embedder, ask.text)
        if index is None or not len(index):
            return []
        if vector is not None and not _fits(index, vector):
            vector = None
        background = await self._vectors.background(embedder) if embedder and vector is not None else None
        if background is None:
            vector, background = None, ranking.USUAL
        spoken = ask.own if ask.certain else tongue
        if len(index) > _THREAD_ABOVE:
            scored = await asyncio.to_thread(ranking.score, index, ask.text, vector, spoken, background)
        else:
            scored = ranking.score(index, ask.text, vector, spoken, background)
        return await self._passages(index, best(index, scored, ask.limit), ask)

    async def _passages(self, index: Index, hits: list[_Hit], ask: "_Ask") -> list[Passage]:
        """Read from the database, so that what was deleted meanwhile is not shown."""
        async with self._database.connection() as conn:
            found = await _read(conn, hits)
        worth = ask.worth(index.language)
        return [
            _passage(found[hit.chunk_id], hit, index, ask.text, worth)
            for hit in hits
            if hit.chunk_id in found
        ]


def _fits(index: Index, vector: Floats) -> bool:
    """Whether the model's vectors still have the length that they had when the index's were made."""
    return index.vectors is not None and index.vectors.chunk_matrix.shape[1] == len(vector)


def best(index: Index, scored: ranking.Scored, limit: int) -> list[_Hit]:
    """The best chunks with any evidence at all; of a short document only the best one."""
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


async def _read(conn: Connection, hits: list[_Hit]) -> dict[int, _Found]:
    rows = await fetch_all(conn, _Found, _READ, ([hit.chunk_id for hit in hits],)) if hits else []
    return {row.chunk_id: row for row in rows}


def _passage(found: _Found, hit: _Hit, index: Index, query: str, worth: float) -> Passage:
    return Passage(
        document_id=DocumentId(found.document_id),
        doc_key=found.doc_key,
        title=found.title,
        heading=found.heading,
        text=found.text,
        quote=quote(found.text, query, found.language, index.stems.weight),
        language=found.language,
        score=round(hit.score * worth, 4),
        url=found.source_url,
        category=found.category,
        lexical_score=round(hit.lexical, 4),
        vector_score=round(hit.vector, 4),
        coverage=round(hit.coverage, 4),
        lead=found.lead,
    )
