"""The one way from a model's words to anybody's eyes: sentence by sentence, each proven before it passes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from frontdesk.answering.evidence import Findings
from frontdesk.answering.proof.clause import read_sentence
from frontdesk.answering.proof.prover import Proven, Prover
from frontdesk.answering.proof.window import Window
from frontdesk.kit.words import sentences
from frontdesk.tickets.decision import ProofKind, SentenceProof, Source

_UNIT_END = re.compile(r"(?:(?<=\bтг\.)|(?<=руб\.)|(?<=мин\.)|(?<=сағ\.))\s+(?=[А-ЯӘҒҚҢӨҰҮҺІA-Z])")
"""“1500 тг. Курьер ...”: an abbreviation may end a sentence too."""
_LEAST_SHARED = 2
_BEARING = frozenset({ProofKind.PASSAGE, ProofKind.ORDER, ProofKind.RESULT})


@dataclass(slots=True)
class _Written:
    space: str
    text: str


class Gate:
    """`passed` only grows: what it has let through is proven, whatever comes after."""

    def __init__(
        self, prover: Prover, fits: Callable[[str], bool], right_language: Callable[[str], bool]
    ) -> None:
        self._prover = prover
        self._fits = fits
        self._right_language = right_language
        self.begin()

    def begin(self) -> None:
        """A new reply."""
        self.passed = ""
        self.proof: list[SentenceProof] = []
        self.problems: list[str] = []
        self.stopped = False
        """Whether the whole reply must not be sent."""
        self.too_long = False
        self._next = 0
        self._held: list[tuple[_Written, SentenceProof]] = []
        self._waits: tuple[_Written, Proven] | None = None
        self._after: str | None = None
        self._lost = 0

    @property
    def asserts(self) -> bool:
        return any(proof.kind in _BEARING for proof in self.proof)

    @property
    def asks(self) -> bool:
        return any(proof.kind is ProofKind.QUESTION for proof in self.proof)

    def why_not(self, *, answers: bool, small_talk: bool) -> list[str]:
        """Why what passed is no reply, in words for staff; empty where it is one."""
        if self.stopped:
            return ["the reply must not be sent"]
        if not self.passed:
            return ["longer than the channel takes" if self.too_long else "nothing of the reply is borne"]
        if self._lost > sum(proof.kind in _BEARING for proof in self.proof) and not small_talk:
            return ["most of the reply is not borne"]
        if small_talk or self.asserts or (not answers and self.asks):
            return []
        return ["no source"]

    def sources(self, findings: Findings) -> tuple[Source, ...]:
        """Each piece of evidence that bears something, once, with the words that do."""
        known = {evidence.source.doc_id: evidence.source for _, evidence in reversed(list(findings))}
        bearing: dict[str, Source] = {}
        for proof in self.proof:
            if proof.doc_id in known and proof.doc_id not in bearing:
                source = known[proof.doc_id]
                bearing[proof.doc_id] = replace(
                    source, heading=proof.heading or source.heading, quote=proof.quote or ""
                )
        return tuple(bearing.values())

    def grow(self, content: str, whole: bool = False) -> str:
        """Look at the sentences that are finished in `content`; all that may be shown so far."""
        pieces = _pieces(content)
        finished = len(pieces) if whole else len(pieces) - 1
        while self._next < finished and not self.stopped:
            self._take(pieces[self._next])
            self._next += 1
        if whole and not self.stopped:
            self._settle()
        return self.passed

    def _take(self, written: _Written) -> None:
        if self._waits is not None and self._with_condition(written):
            return
        self._give_up_waiting()
        proven = self._prover.prove(written.text, self._after)
        if proven.hard:
            self.stopped = True
            self.problems += proven.problems
        elif proven.lacks_condition:
            self._waits = (written, proven)
        else:
            self._decide(written, proven)

    def _with_condition(self, written: _Written) -> bool:
        """Whether this sentence tells the condition that the one before left out."""
        assert self._waits is not None
        first, _ = self._waits
        both = self._prover.prove(f"{first.text} {written.text}", self._after)
        if both.proof is None or both.hard:
            return False
        self._waits = None
        for part in (first, written):
            self._let(part, replace(both.proof, sentence=part.text), both.window)
        return True

    def _give_up_waiting(self) -> None:
        if self._waits is not None:
            (written, proven), self._waits = self._waits, None
            self._decide(written, proven)

    def _decide(self, written: _Written, proven: Proven) -> None:
        if proven.proof is not None and not self._right_language(written.text):
            self.problems.append("not in the customer's language")
            self._lost += 1
        elif proven.proof is not None:
            self._let(written, proven.proof, proven.window)
        else:
            self.problems.append(f"not borne: {', '.join(proven.problems)}")
            self._instead(written)

    def _let(self, written: _Written, proof: SentenceProof, window: Window | None) -> None:
        # A greeting alone is no answer: it waits for what it greets.
        if proof.kind is ProofKind.COURTESY and not self.passed:
            self._held.append((written, proof))
            return
        for held in self._held:
            self._put(*held)
        self._held = []
        self._put(written, proof)
        self._after = window.evidence if window is not None else self._after

    def _put(self, written: _Written, proof: SentenceProof) -> None:
        grown = f"{self.passed}{written.space}{written.text}" if self.passed else written.text
        if self.too_long or not self._fits(grown):
            self.too_long = True
            return
        self.passed = grown
        self.proof.append(proof)

    def _instead(self, written: _Written) -> None:
        """The source's own sentence about the same, where there is one."""
        claim = read_sentence(written.text)
        terms = [term for term in claim.terms if not term.soft]
        best: tuple[int, Window] | None = None
        for window in self._prover.windows():
            if len(window.sentences) != 1 or window.quote in self.passed or window.kind != "passage":
                continue
            shared = sum(any(term.same(own) for own in window.terms) for term in terms)
            kinds = {own.kind for own in window.quantities}
            rivals = any(quantity.unit and quantity.kind in kinds for quantity in claim.quantities)
            if (
                shared >= (1 if rivals else _LEAST_SHARED)
                and shared * 2 >= len(terms)
                and (best is None or shared > best[0])
            ):
                best = (shared, window)
        quote = best[1].quote if best is not None else ""
        proven = self._prover.prove(quote) if quote else Proven(None)
        if proven.proof is None or proven.proof.kind not in _BEARING or not self._right_language(quote):
            self._lost += 1
        else:
            self._let(_Written(written.space, quote), replace(proven.proof, own_words=False), proven.window)

    def _settle(self) -> None:
        """The reply is whole: what still waits is decided, and a greeting without more is let through."""
        self._give_up_waiting()
        for held in self._held:
            self._put(*held)
        self._held = []
        if self.passed.rstrip().endswith(":"):
            self._cut_announcement()

    def _cut_announcement(self) -> None:
        last = self.proof.pop()
        self.passed = self.passed[: self.passed.rfind(last.sentence)].rstrip()


def _pieces(content: str) -> list[_Written]:
    """The sentences with the space before each, so that what passes keeps its form."""
    pieces: list[_Written] = []
    end = 0
    for sentence in (part for whole in sentences(content) for part in _UNIT_END.split(whole)):
        start = content.find(sentence, end)
        space = re.sub(r"\S", "", content[end:start]) or " "
        pieces.append(_Written(space if pieces else "", sentence))
        end = start + len(sentence)
    return pieces
