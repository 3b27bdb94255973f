"""What may bear a sentence: some neighbouring sentences of one piece of evidence, with its title and heading."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.proof.clause import Clause, Sentence, Term, read_sentence
from frontdesk.answering.proof.quantity import Quantity
from frontdesk.kit.words import sentences

MOST_SENTENCES = 4
"""One sentence of a reply sums up no more of its source."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text that ends with a value; what stands in it is said of that value."""

    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    free: bool

    @property
    def kinds(self) -> frozenset[str]:
        measured = {quantity.kind for quantity in self.quantities if quantity.unit}
        return frozenset(measured | {"money"} if self.free else measured)

    def has(self, term: Term) -> bool:
        return any(term.same(own) for own in self.terms)


@dataclass(frozen=True)
class Window:
    evidence: str
    """Its name among the findings."""
    kind: EvidenceKind
    sentences: tuple[Sentence, ...]
    context: tuple[Sentence, ...]
    """Title and heading."""
    quote: str

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for sentence in (*self.sentences, *self.context) for clause in sentence.clauses)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for clause in self.clauses for term in clause.terms)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantity for clause in self.clauses for quantity in clause.quantities)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        return tuple(segment for sentence in self.sentences for segment in segments_of(sentence))

    def has(self, term: Term) -> bool:
        return any(term.same(own) for own in self.terms)

    def is_common(self, term: Term) -> bool:
        """Whether it is said of the whole, not of one value in it."""
        if any(term.same(own) for sentence in self.context for own in sentence.terms):
            return True
        return sum(segment.has(term) for segment in self.segments) > 1


def segments_of(sentence: Sentence) -> list[Segment]:
    segments: list[Segment] = []
    terms: list[Term] = []
    for clause in sentence.clauses:
        terms += clause.terms
        if clause.is_free or any(quantity.unit for quantity in clause.quantities):
            segments.append(Segment(tuple(terms), clause.quantities, clause.is_free))
            terms = []
    if terms:
        segments.append(Segment(tuple(terms), (), free=False))
    return segments


def windows_of(name: str, evidence: Evidence) -> Iterator[Window]:
    """The smallest first."""
    source = evidence.source
    context = tuple(read_sentence(part) for part in _context(evidence) if part)
    if evidence.kind is not EvidenceKind.PASSAGE:
        lines = tuple(read_sentence(line) for line in evidence.text.splitlines() if line.strip())
        yield Window(name, evidence.kind, lines, context, evidence.text)
        return
    written = sentences_of(evidence.text)
    for size in range(1, min(MOST_SENTENCES, len(written)) + 1):
        for start in range(len(written) - size + 1):
            taken = written[start : start + size]
            read = tuple(read_sentence(text) for text in taken)
            yield Window(name, evidence.kind, read, context, " ".join(taken))
    if source.heading and not written:
        yield Window(name, evidence.kind, (), context, source.heading)


def _context(evidence: Evidence) -> tuple[str, ...]:
    parts = (evidence.source.title, *evidence.source.heading.split(" › "))
    return tuple(dict.fromkeys(part.strip() for part in parts))


@lru_cache(maxsize=1_024)
def sentences_of(text: str) -> tuple[str, ...]:
    return tuple(sentences(text))
