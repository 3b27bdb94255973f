"""For a language too large to be held in memory: PostgreSQL finds candidates, they are scored as all are."""

import asyncio

from frontdesk.db.pool import Database, fetch_all
from frontdesk.knowledge import analysis
from frontdesk.knowledge.index import Entry, Floats, Index, analyse
from frontdesk.knowledge.vectors import arrange, nearest, read_vectors
from frontdesk.llm.embedding import Embedder

_BY_WORDS = 60
_BY_VECTOR = 30
_PREFIX = 5

_ENTRY = """
select c.chunk_id, d.document_id, d.version, d.title, d.questions, c.heading, c.text
from chunk c join document d using (document_id)
"""

_WITH_WORDS = (
    _ENTRY
    + """
where d.space = %(space)s and d.language = %(language)s and c.stems @@ to_tsquery('simple', %(query)s)
order by ts_rank('{0.1, 0.3, 0.6, 1.0}', c.stems, to_tsquery('simple', %(query)s), 1) desc limit %(limit)s
"""
)

_WITH_IDS = _ENTRY + "where c.chunk_id = any(%s)"


async def gather(
    database: Database,
    space: str,
    language: str,
    *,
    query: str,
    embedder: Embedder | None,
    vector: Floats | None,
) -> Index:
    """An index of the chunks worth scoring; how rare a word is, is judged among them."""
    words = tsquery(query, language)
    async with database.connection() as conn:
        asked = {"space": space, "language": language, "query": words, "limit": _BY_WORDS}
        entries = await fetch_all(conn, Entry, _WITH_WORDS, asked) if words else []
        if embedder is not None and vector is not None:
            known = {entry.chunk_id for entry in entries}
            near = await nearest(conn, embedder.name, space, language, vector=vector, limit=_BY_VECTOR)
            entries += await fetch_all(conn, Entry, _WITH_IDS, ([one for one in near if one not in known],))
    index = await asyncio.to_thread(_index, entries, language)
    if embedder is None or vector is None:
        return index
    async with database.connection() as conn:
        vectors = await read_vectors(conn, embedder.name, index.chunk_ids.tolist())
    return index.with_vectors(arrange(index, vectors))


def tsquery(query: str, language: str) -> str:
    """Any of the query's stems; a long one also by its beginning, against typos at its end."""
    stems = dict.fromkeys(analysis.stems(query, language))
    terms = [f"'{stem}'" for stem in stems]
    terms += [f"'{stem[:_PREFIX]}':*" for stem in stems if len(stem) > _PREFIX]
    return " | ".join(terms)


def _index(entries: list[Entry], language: str) -> Index:
    documents: dict[str, list[Entry]] = {}
    for entry in entries:
        documents.setdefault(entry.document_id, []).append(entry)
    return Index(language, {key: analyse(held, language) for key, held in documents.items()})
