"""For a language too large for memory: PostgreSQL preselects the chunks to score."""

import asyncio

from frontdesk.db.pool import Database, fetch_all
from frontdesk.knowledge import analysis
from frontdesk.knowledge.index import ChunkRow, Floats, Index, analyse
from frontdesk.knowledge.vectors import nearest, read_vectors, to_matrices
from frontdesk.llm.embedding import Embedder

_BY_WORDS = 60
_BY_VECTOR = 30
_PREFIX = 5

_CHUNK = """
select c.chunk_id, d.document_id, d.version, d.title, d.questions, c.heading, c.text
from chunk c join document d using (document_id)
"""

_WITH_WORDS = (
    _CHUNK
    + """
where d.space = %(space)s and d.language = %(language)s and c.stems @@ to_tsquery('simple', %(query)s)
order by ts_rank('{0.1, 0.3, 0.6, 1.0}', c.stems, to_tsquery('simple', %(query)s), 1) desc limit %(limit)s
"""
)

_WITH_IDS = _CHUNK + "where c.chunk_id = any(%s)"


async def load_candidates(
    database: Database,
    space: str,
    language: str,
    *,
    query: str,
    embedder: Embedder | None,
    vector: Floats | None,
) -> Index:
    """An index of the preselected chunks; the rarity of words is computed among these only."""
    words = tsquery(query, language)
    async with database.connection() as conn:
        asked = {"space": space, "language": language, "query": words, "limit": _BY_WORDS}
        chunks = await fetch_all(conn, ChunkRow, _WITH_WORDS, asked) if words else []
        if embedder is not None and vector is not None:
            by_words = {chunk.chunk_id for chunk in chunks}
            near = await nearest(conn, embedder.name, space, language, vector=vector, limit=_BY_VECTOR)
            by_vector = [chunk_id for chunk_id in near if chunk_id not in by_words]
            chunks += await fetch_all(conn, ChunkRow, _WITH_IDS, (by_vector,))
    index = await asyncio.to_thread(_index, chunks, language)
    if embedder is None or vector is None:
        return index
    async with database.connection() as conn:
        vectors = await read_vectors(conn, embedder.name, index.chunk_ids.tolist())
    return index.with_vectors(to_matrices(index, vectors))


def tsquery(query: str, language: str) -> str:
    """A query for any of the stems, and for any word that begins like a long one, against typos."""
    stems = dict.fromkeys(analysis.stems(query, language))
    terms = [f"'{stem}'" for stem in stems]
    terms += [f"'{stem[:_PREFIX]}':*" for stem in stems if len(stem) > _PREFIX]
    return " | ".join(terms)


def _index(chunks: list[ChunkRow], language: str) -> Index:
    documents: dict[str, list[ChunkRow]] = {}
    for chunk in chunks:
        documents.setdefault(chunk.document_id, []).append(chunk)
    return Index(language, {key: analyse(rows, language) for key, rows in documents.items()})
