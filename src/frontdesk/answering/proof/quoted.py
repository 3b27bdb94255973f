"""Proof of a reply that the desk put together itself: quoted sentences, and its own standing words."""

from collections.abc import Iterable

from frontdesk.answering.evidence import Evidence
from frontdesk.kit.words import sentences
from frontdesk.tickets.decision import ProofKind, SentenceProof


def quoted(content: str, evidence: Iterable[Evidence]) -> tuple[SentenceProof, ...]:
    """Each sentence, tied to the evidence in which it stands word for word; the others are the desk's phrases."""
    texts = [(piece, " ".join(piece.text.split())) for piece in evidence]
    return tuple(_proof(sentence, texts) for sentence in sentences(content))


def _proof(sentence: str, texts: list[tuple[Evidence, str]]) -> SentenceProof:
    bare = " ".join(sentence.removeprefix("- ").split())
    piece = next((piece for piece, text in texts if bare and bare in text), None)
    if piece is None:
        return SentenceProof(sentence, ProofKind.PHRASE)
    source = piece.source
    return SentenceProof(
        sentence,
        ProofKind(piece.kind),
        source.doc_id,
        source.heading,
        bare,
        source.document_id,
        source.version,
    )
