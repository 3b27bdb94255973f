"""A search result: a chunk of a document."""

from dataclasses import dataclass

from frontdesk.terms import DocumentId


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is the whole chunk, `quote` its best one or two sentences.

    `score` (0..1) orders the passages of one search; the first one's is the probability that it has the answer.
    """

    document_id: DocumentId
    doc_key: str
    """The caller's id of the document (file path, doc_id of an import)."""
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
    """Share of the query's stems, weighted by rarity, that the passage with title and questions has, 0..1."""
    version: int = 1
    """Of the document, as it was read."""
    lead: str = ""
    """The document's text before its first heading; empty for a passage that is not below a heading."""
    siblings: tuple[tuple[str, str], ...] = ()
    """The other parts of a short document in order, each with its heading and text."""
