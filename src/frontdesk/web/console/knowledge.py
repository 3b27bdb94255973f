"""The knowledge base: upload, search, list, read, delete."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from pydantic import BaseModel
from starlette.responses import Response

from frontdesk.errors import NotFound, PayloadTooLarge, ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.kit.times import stamp
from frontdesk.knowledge.days import Days
from frontdesk.knowledge.document import Document
from frontdesk.knowledge.passage import Passage
from frontdesk.web import schemas
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.idempotency import IdempotentRequest, KeyHeader
from frontdesk.web.middleware.limits import FILE_BYTES
from frontdesk.web.reply import Json, dumps
from frontdesk.web.serializers import pagination

router = APIRouter(tags=["knowledge"])

Space = Annotated[
    str, Query(description="A corpus kept apart from the others.", max_length=100, pattern=r"^[\w.-]+$")
]
Lang = Annotated[Literal["ru", "kk", "en"] | None, Query()]
_URL = r"^(https?://[^\s<>\"]+)?$"


class Uploaded(BaseModel):
    document_id: str
    title: str
    chunks: int
    language: str
    warnings: list[str]


class Found(schemas.Source):
    text: str


class SearchResults(BaseModel):
    results: list[Found]


class DocumentSummary(BaseModel):
    document_id: str
    title: str
    language: str
    source: str | None
    source_url: str | None
    category: str | None
    version: int
    review_on: date | None
    expires_on: date | None
    chunks: int
    updated_at: datetime


class DocumentPage(BaseModel):
    documents: list[DocumentSummary]
    pagination: schemas.Pagination


class DocumentChunk(BaseModel):
    heading: str
    text: str


class DocumentDetail(BaseModel):
    document_id: str
    title: str
    language: str
    source: str | None
    source_url: str | None
    category: str | None
    version: int
    review_on: date | None
    expires_on: date | None
    updated_at: datetime
    chunks: list[DocumentChunk]


@router.post("/kb/upload", status_code=201, response_model=Uploaded, responses=problems(409, 413, 415))
async def upload_document(
    *,
    request: Request,
    desk: DeskDep,
    caller: Staff,
    file: Annotated[UploadFile, File(description="PDF, DOCX, TXT, MD or HTML, 10 MB at most.")],
    source: Annotated[str, Form(max_length=500)] = "",
    source_url: Annotated[str, Form(max_length=2000, pattern=_URL)] = "",
    space: Annotated[str, Form(max_length=100, pattern=r"^[\w.-]+$")] = "main",
    review_on: Annotated[date | None, Form(description="When its owner looks at it again.")] = None,
    expires_on: Annotated[
        date | None, Form(description="The last day on which answers come from it.")
    ] = None,
    key: KeyHeader = None,
) -> Json:
    """Add a document; a file of the same name is replaced."""
    data = await file.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise PayloadTooLarge("a file has 10 MB at most")
    name = clean(file.filename or "").replace("\\", "/").rpartition("/")[2].strip()[:200]
    if not name:
        raise ValidationFailed("the file has no name")
    stated, address = clean(source).strip() or None, source_url or None
    days = Days(review_on, expires_on)

    async def act(idempotent: IdempotentRequest) -> Json:
        added = await desk.knowledge.add_file(
            name, data, source=stated, source_url=address, space=space, days=days, by=caller.actor
        )
        content = {
            "document_id": added.document_id,
            "title": added.title,
            "chunks": added.chunks,
            "language": added.language,
            "warnings": added.warnings,
        }
        return Json(content, 201)

    fingerprint = dumps([name, hashlib.sha256(data).hexdigest(), stated, address, space, *map(str, days)])
    return await IdempotentRequest.of(request, caller, key).run(fingerprint, act)


@router.get("/kb/search", response_model=SearchResults, responses=problems())
async def search_knowledge(
    *,
    desk: DeskDep,
    caller: Staff,
    q: Annotated[str, Query(min_length=1, max_length=2000, pattern=r"[^\s\x00-\x1f\x7f]")],
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
    lang: Lang = None,
    space: Space = "main",
) -> Json:
    """The passages that answer best, best first."""
    result = await desk.knowledge.search(clean(q), language=lang, limit=limit, space=space)
    return Json({"results": [_passage(passage) for passage in result]})


@router.get("/documents", response_model=DocumentPage, responses=problems())
async def list_documents(
    *,
    desk: DeskDep,
    caller: Staff,
    space: Space = "main",
    lang: Lang = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Json:
    """By title."""
    result = await desk.knowledge.list_documents(
        space=space, language=lang, limit=limit, offset=(page - 1) * limit
    )
    shown = [{**_document(entry), "chunks": entry.chunks} for entry in result.documents]
    return Json({"documents": shown, "pagination": pagination(page, limit, result.total, len(shown))})


@router.get("/documents/{document_id:path}", response_model=DocumentDetail, responses=problems())
async def show_document(
    document_id: str,
    desk: DeskDep,
    caller: Staff,
    space: Space = "main",
    version: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, description="What it said then, by its id alone.")
    ] = None,
) -> Json:
    """A document with its text, in the pieces that answers quote.

    By its id, or by the `doc_id` that sources name it by within the space. A version stays when it is deleted.
    """
    result = await desk.knowledge.get(_id(document_id), space=space, version=version)
    chunks = [{"heading": piece.heading, "text": piece.text} for piece in result.chunks]
    return Json({**_document(result.document), "chunks": chunks})


@router.delete("/documents/{document_id}", status_code=204, responses=problems())
async def delete_document(document_id: str, desk: DeskDep, caller: Staff) -> Response:
    """No answer will come from it any more."""
    await desk.knowledge.delete(_id(document_id), caller.actor)
    return Response(status_code=204)


def _id(document_id: str) -> str:
    if not document_id.isprintable():
        raise NotFound("there is no such document")
    return document_id


def _document(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "title": document.title,
        "language": document.language,
        "source": document.source,
        "source_url": document.source_url,
        "category": document.category,
        "version": document.version,
        "review_on": document.review_on,
        "expires_on": document.expires_on,
        "updated_at": stamp(document.updated_at),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "doc_id": passage.doc_key,
        "title": passage.title,
        "heading": passage.heading,
        "quote": passage.quote,
        "score": round(passage.score, 4),
        "url": passage.url,
        "document_id": passage.document_id,
        "version": passage.version,
        "text": passage.text,
    }
