"""What may bear a sentence: some neighbouring sentences of one piece of evidence, with its title and heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.proof.clause import Clause, Sentence, Term, read_sentence
from frontdesk.answering.proof.lexicon import flat
from frontdesk.answering.proof.quantity import Quantity
from frontdesk.kit.words import sentences

MOST_SENTENCES = 4
"""One sentence of a reply sums up no more of its source."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text that ends with a value; what stands in it is said of that value."""

    terms: tuple[Term, ...]
    """Without what only names the step before ("after the check")."""
    quantities: tuple[Quantity, ...]
    free: bool
    around: tuple[Term, ...] = ()
    """All of its sentence, and of the one before where it begins with a pronoun."""

    borrowed: tuple[Term, ...] = ()
    """Those of `terms` that the stretch before gave: its subject."""
    alternative: bool = False
    """Another way than the one with the value: its own words go with no value."""

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
        before = (None, *self.sentences)
        pairs = zip(self.sentences, before, strict=False)
        return tuple(segment for sentence, last in pairs for segment in segments_of(sentence, last))

    def has(self, term: Term) -> bool:
        return any(term.same(own) for own in self.terms)

    def is_common(self, term: Term) -> bool:
        """Whether it is said of the whole, not of one value in it."""
        if any(term.same(own) for sentence in self.context for own in sentence.terms):
            return True
        return sum(segment.has(term) for segment in self.segments) > 1


_ALTERNATIVE = re.compile(r"^(?:or|или|либо|немесе|не)\b")
_PRONOUN = re.compile(r"^(?:it|this|these|they|он|она|оно|они|это|ол|олар|бул)\b")
_THIS = re.compile(r"^(?:and |but |и |жане )?(?:this|it|that|they|этот|эта|это|его|ее|бул|оны)\b")
_VERBS = frozenset(
    {
        "call",
        "bring",
        "send",
        "pay",
        "return",
        "choose",
        "press",
        "open",
        "write",
        "collect",
        "exchange",
        "contact",
    }
)
_VALUE_WORDS = frozenset({"pay", "free", "amount", "money"})


def segments_of(sentence: Sentence, before: Sentence | None = None) -> list[Segment]:
    anaphoric = before is not None and bool(_PRONOUN.match(flat(sentence.text)))
    around = (*sentence.terms, *(before.terms if anaphoric and before else ()))
    segments: list[Segment] = []
    terms: list[Term] = []
    quantities: list[Quantity] = []
    borrowed: tuple[Term, ...] = ()
    for at, clause in enumerate(sentence.clauses):
        if clause in sentence.condition:
            continue
        if terms and _is_alternative(sentence, at):
            segments.append(Segment(tuple(terms), tuple(quantities), False, around, alternative=True))
            terms, quantities = [], []
        if segments and not terms and _THIS.match(clause.text):
            borrowed = segments[-1].terms
        terms += without_step_before(clause, sentence.kazakh)
        quantities += clause.quantities
        if clause.is_free or any(quantity.unit for quantity in clause.quantities):
            subject = segments[-1].terms if segments and _is_elliptical(terms) else ()
            subject = borrowed or subject
            segments.append(Segment((*subject, *terms), tuple(quantities), clause.is_free, around, subject))
            terms, quantities, borrowed = [], [], ()
    if terms or quantities:
        segments.append(Segment(tuple(terms), tuple(quantities), free=False, around=around))
    conditions = [own for clause in sentence.condition for own in clause.quantities]
    if conditions:
        segments.append(Segment(around, tuple(conditions), free=False, around=around))
    return segments


def _is_alternative(sentence: Sentence, at: int) -> bool:
    """Whether another way begins here ("or call a courier"), not another thing of the same ("or a pick-up point")."""
    clause, before = sentence.clauses[at], sentence.clauses[at - 1]
    if at == 0 or not _ALTERNATIVE.match(clause.text) or not clause.terms or not before.terms:
        return False
    verb = before.terms[-1] if sentence.kazakh else clause.terms[0]
    return bool(verb.names & _VERBS)


def _is_elliptical(terms: Sequence[Term]) -> bool:
    return all(term.soft or (term.names and term.names <= _VALUE_WORDS) for term in terms)


def without_step_before(clause: Clause, kazakh: bool) -> list[Term]:
    """Its terms without what only names an earlier step: “after the check”."""
    at = next((n for n, term in enumerate(clause.terms) if term.is_("after")), None)
    if at is None:
        return list(clause.terms)
    return [*clause.terms[: max(at - 1, 0)], *clause.terms[at + 1 :]] if kazakh else list(clause.terms[:at])


@lru_cache(maxsize=512)
def windows_of(name: str, evidence: Evidence) -> tuple[Window, ...]:
    """The smallest first."""
    return tuple(_windows_of(name, evidence))


def _windows_of(name: str, evidence: Evidence) -> Iterator[Window]:
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
