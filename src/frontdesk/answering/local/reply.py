"""Decisions of the local answerer, put into the form that the channel wants."""

from dataclasses import dataclass

from frontdesk.answering.evidence import Evidence
from frontdesk.answering.local.shape import room_for, shape
from frontdesk.answering.proof.quoted import quoted
from frontdesk.channels.style import ReplyStyle
from frontdesk.phrases import say
from frontdesk.terms import ChannelName, EscalationReason
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision, Provenance
from frontdesk.tickets.rationale import Rationale, RationaleCode, in_english


@dataclass(frozen=True, slots=True)
class ReplyBuilder:
    """Writes for one case in one language."""

    case: Case
    language: str
    desk_name: str
    style: ReplyStyle
    regret: bool = False
    """A word of regret goes before answers and questions."""

    @property
    def room(self) -> ReplyStyle:
        """What greeting and signature leave for the reply itself."""
        opening = self.phrase("sorry") if self.regret else ""
        return room_for(self.case, self.language, self.desk_name, self.style, opening)

    def phrase(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def answer(
        self, paragraphs: list[str], confidence: float, *why: Rationale, evidence: tuple[Evidence, ...] = ()
    ) -> Decision:
        return self._write(Act.ANSWER, paragraphs, confidence, why, evidence)

    def ask(
        self, paragraphs: list[str], confidence: float, *why: Rationale, evidence: tuple[Evidence, ...] = ()
    ) -> Decision:
        return self._write(Act.ASK, paragraphs, confidence, why, evidence)

    def escalate(
        self,
        reason: EscalationReason,
        confidence: float,
        *why: Rationale,
        suggestion: str = "",
        evidence: tuple[Evidence, ...] = (),
    ) -> Decision:
        """`suggestion` is the reply proposed to the person, dressed as it would be sent."""
        shaped = self._shape([suggestion]) if suggestion else None
        content = shaped or suggestion
        return _decision(Act.ESCALATE, content, confidence, why, evidence, reason)

    def _write(
        self,
        act: Act,
        paragraphs: list[str],
        confidence: float,
        why: tuple[Rationale, ...],
        evidence: tuple[Evidence, ...],
    ) -> Decision:
        if self.regret and self.case.channel is not ChannelName.SMS:
            paragraphs = [self.phrase("sorry"), *paragraphs]
        text = self._shape(paragraphs)
        if text is None:
            return self.escalate(
                EscalationReason.LOW_CONFIDENCE,
                confidence,
                *why,
                Rationale(RationaleCode.DOES_NOT_FIT),
                suggestion="\n\n".join(paragraphs),
                evidence=evidence,
            )
        return _decision(act, text, confidence, why, evidence)

    def _shape(self, paragraphs: list[str]) -> str | None:
        return shape(paragraphs, self.case, self.language, self.desk_name, self.style)


def _decision(
    act: Act,
    content: str,
    confidence: float,
    why: tuple[Rationale, ...],
    evidence: tuple[Evidence, ...],
    reason: EscalationReason | None = None,
) -> Decision:
    return Decision(
        act,
        content,
        confidence,
        in_english(why),
        Provenance(provider="local", model="local-1", prompt_version="local-1"),
        tuple(piece.source for piece in evidence),
        reason,
        why,
        proof=quoted(content, evidence),
    )
