"""Holds the proofs of what was sent against the articles as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.access.scope import Scope
from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.proof.bear import faults
from frontdesk.answering.proof.clause import read_sentence
from frontdesk.answering.proof.window import windows_of
from frontdesk.db.pool import Connection, Database
from frontdesk.errors import NotFound
from frontdesk.knowledge import documents
from frontdesk.knowledge.document import DocumentText
from frontdesk.tickets import message
from frontdesk.tickets.decision import ProofKind, SentenceProof, Source

_PAGE = 500


@dataclass(frozen=True, slots=True)
class NotBorne:
    """A sentence that a customer was sent, and that its article does not bear any more."""

    ticket_id: str
    message_id: str
    sentence: str
    doc_id: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Recheck:
    messages: int
    sentences: int
    """Those that rest on articles."""
    not_borne: tuple[NotBorne, ...]


async def recheck(db: Database, scope: Scope, document_id: str | None = None) -> Recheck:
    """Every stored proof that rests on an article, or on that one alone; the newest articles count."""
    present: dict[str, DocumentText | None] = {}
    messages = sentences = 0
    not_borne: list[NotBorne] = []
    async with db.connection() as conn:
        after = ""
        while page := await message.proven(conn, scope, after, _PAGE):
            for reply in page:
                messages += 1
                for proof in _of_articles(reply.proof, document_id):
                    sentences += 1
                    article = await _article(conn, present, proof.document_id or "")
                    if why := _why_not(proof, article):
                        not_borne.append(
                            NotBorne(reply.ticket_id, reply.message_id, proof.sentence, proof.doc_id, why)
                        )
            after = page[-1].message_id
    return Recheck(messages, sentences, tuple(not_borne))


def _of_articles(records: list[dict[str, object]], document_id: str | None) -> Iterator[SentenceProof]:
    for record in records:
        proof = SentenceProof.from_record(record)
        of_article = proof.kind is ProofKind.PASSAGE and proof.document_id
        if of_article and document_id in (None, proof.document_id):
            yield proof


async def _article(
    conn: Connection, present: dict[str, DocumentText | None], document_id: str
) -> DocumentText | None:
    if document_id not in present:
        try:
            present[document_id] = await documents.read(conn, document_id, "main")
        except NotFound:
            present[document_id] = None
    return present[document_id]


def _why_not(proof: SentenceProof, article: DocumentText | None) -> str:
    """Empty where the article still bears it: its words still stand there, or other words bear it as well."""
    if article is None:
        return "the article is gone"
    quote = _flat(proof.quote or "")
    if quote and any(quote in _flat(chunk.text) for chunk in article.chunks):
        return ""
    claim = read_sentence(proof.sentence)
    fewest: list[str] | None = None
    for chunk in article.chunks:
        title = article.document.title
        source = Source(proof.doc_id or "", title, chunk.heading, "", 1.0)
        evidence = Evidence(proof.doc_id or "", EvidenceKind.PASSAGE, chunk.text, source)
        for window in windows_of("now", evidence):
            missing = faults(claim, window)
            if not missing:
                return ""
            fewest = missing if fewest is None or len(missing) < len(fewest) else fewest
    return f"the article does not say: {', '.join(fewest or ['anything'])}"


def _flat(text: str) -> str:
    return " ".join(text.split())
