"""Documents as values: the article that is added, the stored document, and lists of documents."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from frontdesk.knowledge.chunks import Chunk
from frontdesk.terms import DocumentId

_PREPARATION = "4"
"""Increment when chunking or stemming changes: older documents are then prepared again at their next load."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text to add; its headings are Markdown's."""

    doc_key: str
    """The caller's id of the document; loading the same key again replaces it."""
    title: str
    text: str
    language: str
    questions: tuple[str, ...] = ()
    """Ways in which people ask for it."""
    category: str | None = None
    source: str | None = None
    source_url: str | None = None
    review_on: date | None = None
    """When its owner should look at it again."""
    expires_on: date | None = None
    """The last day on which answers come from it."""

    @property
    def content_hash(self) -> str:
        parts = (_PREPARATION, self.title, self.text, self.language, *self.questions, "", self.category or "")
        days = [
            f"{name}={day}" for name, day in (("review", self.review_on), ("expiry", self.expires_on)) if day
        ]
        whole = "\x1f".join((*parts, self.source or "", self.source_url or "", *days))
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    document_id: DocumentId
    space: str
    doc_key: str
    title: str
    language: str
    source: str | None
    source_url: str | None
    category: str | None
    questions: list[str]
    version: int
    chunks: int
    created_at: datetime
    updated_at: datetime
    review_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentListing:
    """One page of documents, and how many there are on all pages."""

    documents: list[Document]
    total: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    document: Document
    chunks: list[Chunk]


@dataclass(frozen=True, slots=True)
class VersionSummary:
    version: int
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddedDocument:
    """The document that an article was stored as."""

    document_id: DocumentId
    doc_key: str
    title: str
    chunks: int
    language: str
    changed: bool
    """False where the same content was stored before."""
    warnings: list[str] = field(default_factory=list)
