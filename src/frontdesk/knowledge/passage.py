"""A piece of a document that retrieval found."""

from dataclasses import dataclass

from frontdesk.terms import DocumentId


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is the whole chunk, `quote` its best sentence(s).

    `score` orders passages within one search; the first one's is the chance that it holds the answer.
    """

    document_id: DocumentId
    doc_key: str
    """The document's id as the outside knows it (file path, doc_id of an import)."""
    title: str
    heading: str
    text: str
    quote: str
    language: str
    score: float
    url: str | None = None
    category: str | None = None
    lexical_score: float = 0.0
    vector_score: float = 0.0
    coverage: float = 0.0
    """Share of the query's weight-carrying stems that the passage (with title and questions) covers, 0..1."""
    lead: str = ""
    """What stands in the document before its first heading, where the passage is from below one."""
