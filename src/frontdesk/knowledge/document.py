"""Documents of the knowledge as values: what is given, what is kept, what is told about it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from frontdesk.knowledge.chunks import Chunk
from frontdesk.terms import DocumentId

_PREPARATION = "2"
"""Raised when chunking or stemming changes: what was loaded before is then prepared anew at its next load."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be known; headings inside it are Markdown's."""

    doc_key: str
    """The document's id as the outside knows it; loading the same key again replaces the document."""
    title: str
    text: str
    language: str
    questions: tuple[str, ...] = ()
    """Ways in which people ask for it."""
    category: str | None = None
    source: str | None = None
    source_url: str | None = None

    @property
    def content_hash(self) -> str:
        parts = (_PREPARATION, self.title, self.text, self.language, *self.questions, "", self.category or "")
        whole = "\x1f".join((*parts, self.source or "", self.source_url or ""))
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


@dataclass(frozen=True, slots=True)
class DocumentPage:
    documents: list[Document]
    total: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    document: Document
    chunks: list[Chunk]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was given."""

    document_id: DocumentId
    doc_key: str
    title: str
    chunks: int
    language: str
    changed: bool
    """False where the same content was there already."""
    warnings: list[str] = field(default_factory=list)
