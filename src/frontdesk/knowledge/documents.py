"""Documents in the database: put, list, read, delete, in the caller's transaction."""

from dataclasses import dataclass
from typing import LiteralString, cast
from uuid import uuid4

from frontdesk.access.actor import Actor
from frontdesk.audit import door
from frontdesk.audit.act import Act, AuditAction, ObjectKind
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import NotFound
from frontdesk.knowledge import analysis, versions
from frontdesk.knowledge.chunks import Chunk, chunk
from frontdesk.knowledge.document import AddedDocument, Article, Document, DocumentListing, DocumentText
from frontdesk.terms import DocumentId

_BUMP = """
insert into knowledge_space (space, version) values (%s, 1)
on conflict (space) do update set version = knowledge_space.version + 1
"""

_STORED = """
select d.document_id, d.doc_key, d.content_hash, count(c.chunk_id)::int as chunks
from document d left join chunk c using (document_id)
where d.space = %s and d.doc_key = any(%s)
group by d.document_id
"""

_PUT_DOCUMENT = """
insert into document (document_id, space, doc_key, title, language, source, source_url, category, questions,
    content_hash, review_on, expires_on)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
on conflict (space, doc_key) do update set title = excluded.title, language = excluded.language,
    source = excluded.source, source_url = excluded.source_url, category = excluded.category,
    questions = excluded.questions, content_hash = excluded.content_hash,
    review_on = excluded.review_on, expires_on = excluded.expires_on,
    version = document.version + 1, updated_at = now()
"""

_PUT_CHUNK = """
insert into chunk (document_id, ordinal, heading, text, stems)
values (%s, %s, %s, %s, setweight(to_tsvector('simple', %s), 'A') || setweight(to_tsvector('simple', %s), 'B')
    || setweight(to_tsvector('simple', %s), 'D'))
"""

_DELETE = """
delete from document d using document whole
where whole.document_id = %s and d.space = whole.space
    and (d.document_id = whole.document_id
        or d.doc_key = any(array(select whole.doc_key || '#' || language from unnest(%s::text[]) as language)))
"""

_RETURNING: LiteralString = " returning d.document_id"

_DOCUMENT: LiteralString = """
select d.document_id, d.space, d.doc_key, d.title, d.language, d.source, d.source_url, d.category,
    d.questions, d.version, (select count(*)::int from chunk c where c.document_id = d.document_id) as chunks,
    d.created_at, d.updated_at, d.review_on, d.expires_on
from document d
"""

_NAMED: LiteralString = """
where d.document_id = %(name)s or (d.space = %(space)s and d.doc_key = %(name)s)
order by d.document_id = %(name)s desc limit 1
"""

_LIST = (
    _DOCUMENT
    + """
where d.space = %(space)s and (%(language)s::text is null or d.language = %(language)s)
order by d.title, d.document_id limit %(limit)s offset %(offset)s
"""
)

_COUNT = """
select count(*)::int from document
where space = %(space)s and (%(language)s::text is null or language = %(language)s)
"""


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article split into chunks and stemmed, which is done before the transaction."""

    article: Article
    chunks: list[Chunk]
    stems: list[tuple[str, str, str]]
    """For each chunk the stems of its title and questions, heading, and body."""


def prepare(article: Article) -> PreparedArticle:
    pieces = chunk(article.text, article.title) or [Chunk("", article.title)]
    top = " ".join(_stems(text, article) for text in (article.title, *article.questions))
    stems = [(top, _stems(piece.heading, article), _stems(piece.text, article)) for piece in pieces]
    return PreparedArticle(article, pieces, stems)


def _stems(text: str, article: Article) -> str:
    return " ".join(analysis.stems(text, article.language))


@dataclass(frozen=True, slots=True)
class _Stored:
    document_id: str
    doc_key: str
    content_hash: str
    chunks: int


@dataclass(frozen=True, slots=True)
class _Deleted:
    document_id: str


async def put(
    conn: Connection, space: str, prepared: list[PreparedArticle], by: Actor
) -> list[AddedDocument]:
    """Add or replace; unchanged documents are not written. One writer at a time in each space."""
    await execute(conn, _BUMP, (space,))
    keys = [item.article.doc_key for item in prepared]
    stored = {row.doc_key: row for row in await fetch_all(conn, _Stored, _STORED, (space, keys))}
    added: list[AddedDocument] = []
    known = {row.document_id for row in stored.values()}
    changed: dict[str, tuple[str, PreparedArticle]] = {}
    for item in prepared:
        article = item.article
        row = stored.get(article.doc_key)
        same = row is not None and row.content_hash == article.content_hash
        document_id = row.document_id if row else str(uuid4())
        if not same:
            changed[article.doc_key] = (document_id, item)
            stored[article.doc_key] = _Stored(
                document_id, article.doc_key, article.content_hash, len(item.chunks)
            )
        added.append(_added(document_id, item, changed=not same))
    await _write(conn, space, list(changed.values()))
    await door.record_all(conn, [_act(by, document, document in known) for document, _ in changed.values()])
    return added


def _act(by: Actor, document_id: str, is_known: bool) -> Act:
    action = AuditAction.ARTICLE_CHANGED if is_known else AuditAction.ARTICLE_ADDED
    return Act(by, action, ObjectKind.ARTICLE, document_id)


def _added(document_id: str, item: PreparedArticle, changed: bool) -> AddedDocument:
    article = item.article
    return AddedDocument(
        DocumentId(document_id), article.doc_key, article.title, len(item.chunks), article.language, changed
    )


async def _write(conn: Connection, space: str, changed: list[tuple[str, PreparedArticle]]) -> None:
    documents = [
        (
            document_id, space, item.article.doc_key, item.article.title, item.article.language,
            item.article.source, item.article.source_url, item.article.category,
            list(item.article.questions), item.article.content_hash,
            item.article.review_on, item.article.expires_on,
        )
        for document_id, item in changed
    ]  # fmt: skip
    chunks = [
        (document_id, ordinal, piece.heading, piece.text, *stems)
        for document_id, item in changed
        for ordinal, (piece, stems) in enumerate(zip(item.chunks, item.stems, strict=True))
    ]
    async with conn.cursor() as cursor:
        await cursor.executemany(_PUT_DOCUMENT, documents)
        await cursor.execute(
            "delete from chunk where document_id = any(%s)", ([document_id for document_id, _ in changed],)
        )
        await cursor.executemany(_PUT_CHUNK, chunks)
    await versions.keep(conn, [document_id for document_id, _ in changed])


async def delete(conn: Connection, document_id: str, by: Actor) -> None:
    """With what its file says in other languages. Raises `NotFound`."""
    space = await fetch_value(conn, "select space from document where document_id = %s", (document_id,))
    if space is not None:
        await execute(conn, _BUMP, (space,))
        deleted = await fetch_all(
            conn, _Deleted, _DELETE + _RETURNING, (document_id, list(analysis.LANGUAGES))
        )
        if deleted:
            await _keep_deleted(conn, deleted, by)
            return
    raise NotFound("there is no such document")


async def delete_keys(conn: Connection, space: str, keys: list[str], by: Actor) -> None:
    """Delete the documents with these keys, in a transaction that has put others into the space."""
    query = "delete from document d where d.space = %s and d.doc_key = any(%s)" + _RETURNING
    await _keep_deleted(conn, await fetch_all(conn, _Deleted, query, (space, keys)), by)


async def _keep_deleted(conn: Connection, deleted: list[_Deleted], by: Actor) -> None:
    gone = AuditAction.ARTICLE_DELETED
    await door.record_all(conn, [Act(by, gone, ObjectKind.ARTICLE, row.document_id) for row in deleted])


async def read(conn: Connection, name: str, space: str) -> DocumentText:
    """By its id, which goes first, or its key within the space. Raises `NotFound`."""
    document = await fetch_one(conn, Document, _DOCUMENT + _NAMED, {"name": name, "space": space})
    if document is None:
        raise NotFound("there is no such document")
    chunks = await fetch_all(
        conn,
        Chunk,
        "select heading, text from chunk where document_id = %s order by ordinal",
        (document.document_id,),
    )
    return DocumentText(document, chunks)


async def list_page(
    conn: Connection, space: str, language: str | None, limit: int, offset: int
) -> DocumentListing:
    """Ordered by title."""
    asked = {"space": space, "language": language, "limit": limit, "offset": offset}
    documents = await fetch_all(conn, Document, _LIST, asked)
    return DocumentListing(documents, cast(int, await fetch_value(conn, _COUNT, asked)))
