"""Every version of every document, also of those that are deleted, so that what an answer cites can be shown."""

from dataclasses import dataclass
from datetime import date, datetime

from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one
from frontdesk.errors import NotFound
from frontdesk.knowledge.chunks import Chunk
from frontdesk.knowledge.document import Document, DocumentText, VersionSummary
from frontdesk.terms import DocumentId

_KEEP = """
insert into document_version (document_id, version, space, doc_key, title, language, source, source_url, category,
    questions, review_on, expires_on, chunks)
select d.document_id, d.version, d.space, d.doc_key, d.title, d.language, d.source, d.source_url, d.category,
    d.questions, d.review_on, d.expires_on,
    coalesce((select jsonb_agg(jsonb_build_object('heading', c.heading, 'text', c.text) order by c.ordinal)
        from chunk c where c.document_id = d.document_id), '[]')
from document d where d.document_id = any(%s)
on conflict (document_id, version) do nothing
"""

_READ = """
select document_id, version, space, doc_key, title, language, source, source_url, category, questions, review_on,
    expires_on, chunks, created_at
from document_version where document_id = %s and version = %s
"""

_LIST = "select version, title, created_at from document_version where document_id = %s order by version desc limit 1000"


@dataclass(frozen=True, slots=True)
class _Version:
    document_id: DocumentId
    version: int
    space: str
    doc_key: str
    title: str
    language: str
    source: str | None
    source_url: str | None
    category: str | None
    questions: list[str]
    review_on: date | None
    expires_on: date | None
    chunks: list[dict[str, str]]
    created_at: datetime


async def keep(conn: Connection, documents: list[str]) -> None:
    """Their present state, in the transaction that has written it."""
    await execute(conn, _KEEP, (documents,))


async def read(conn: Connection, document_id: str, version: int) -> DocumentText:
    """Raises `NotFound`."""
    row = await fetch_one(conn, _Version, _READ, (document_id, version))
    if row is None:
        raise NotFound("there is no such version of this document")
    chunks = [Chunk(piece["heading"], piece["text"]) for piece in row.chunks]
    document = Document(
        row.document_id, row.space, row.doc_key, row.title, row.language, row.source, row.source_url, row.category,
        row.questions, row.version, len(chunks), row.created_at, row.created_at, row.review_on, row.expires_on,
    )  # fmt: skip
    return DocumentText(document, chunks)


async def listed(conn: Connection, document_id: str) -> list[VersionSummary]:
    """Newest first, also of a deleted document. Raises `NotFound`."""
    rows = await fetch_all(conn, VersionSummary, _LIST, (document_id,))
    if not rows:
        raise NotFound("there is no such document")
    return rows
