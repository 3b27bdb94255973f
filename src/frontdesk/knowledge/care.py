"""What the owner of a space should look at: contradictions, doubles, and articles whose day has come."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.db.pool import Database, fetch_all
from frontdesk.knowledge.analysis import LANGUAGES
from frontdesk.knowledge.chunks import Chunk
from frontdesk.knowledge.compare import Compared, differences
from frontdesk.knowledge.findings import Finding, FindingKind, FindingPlace
from frontdesk.terms import DocumentId

SOON = timedelta(days=14)
MOST_ARTICLES = 5_000
"""Are compared with each other, the newest; days are looked at in all."""

_DATED = """
select document_id, doc_key, title, language, version, review_on, expires_on
from document where space = %s and (review_on is not null or expires_on is not null) order by title, document_id
"""

_TEXTS = """
select d.document_id, d.doc_key, d.title, d.language, d.version,
    array_agg(c.heading order by c.ordinal) as headings, array_agg(c.text order by c.ordinal) as texts
from (select * from document where space = %s and (expires_on is null or expires_on >= current_date)
      order by updated_at desc limit %s) as d join chunk c using (document_id)
group by d.document_id, d.doc_key, d.title, d.language, d.version, d.created_at order by d.created_at, d.document_id
"""


@dataclass(frozen=True, slots=True)
class _Dated:
    document_id: str
    doc_key: str
    title: str
    language: str
    version: int
    review_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class _Text:
    document_id: str
    doc_key: str
    title: str
    language: str
    version: int
    headings: list[str]
    texts: list[str]

    def compared(self) -> Compared:
        chunks = [Chunk(heading, text) for heading, text in zip(self.headings, self.texts, strict=True)]
        return Compared(_without_language(self.doc_key), self.title, self.language, chunks)


async def check(database: Database, space: str, today: date) -> list[Finding]:
    """Days first, then what differs; compared on a thread."""
    async with database.connection() as conn:
        dated = await fetch_all(conn, _Dated, _DATED, (space,))
        texts = await fetch_all(conn, _Text, _TEXTS, (space, MOST_ARTICLES))
    differing = await asyncio.to_thread(differences, [text.compared() for text in texts])
    return [
        *_due(dated, today),
        *(
            Finding(
                each.kind,
                (_place(texts[each.first], each.first_quote), _place(texts[each.second], each.second_quote)),
                each.detail,
            )
            for each in differing
        ),
    ]


def _due(dated: list[_Dated], today: date) -> Iterator[Finding]:
    for row in dated:
        if row.expires_on is not None and row.expires_on <= today + SOON:
            kind = FindingKind.EXPIRED if row.expires_on < today else FindingKind.EXPIRES_SOON
            yield Finding(kind, (_place(row),), row.expires_on.isoformat())
        if row.review_on is not None and row.review_on <= today:
            yield Finding(FindingKind.REVIEW_DUE, (_place(row),), row.review_on.isoformat())


def _place(row: _Dated | _Text, quote: str = "") -> FindingPlace:
    return FindingPlace(DocumentId(row.document_id), row.doc_key, row.title, row.language, row.version, quote)


def _without_language(key: str) -> str:
    """`ru/returns.md` and `kk/returns.md`, `rules.txt` and `rules.txt#kk` are one article each."""
    name, _, part = key.rpartition("#")
    bare = name if name and part in LANGUAGES else key
    return "/".join(piece for piece in bare.split("/") if piece not in LANGUAGES)
