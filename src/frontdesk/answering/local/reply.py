"""Decisions of the local answerer, put into the form that the channel wants."""

from dataclasses import dataclass

from frontdesk.answering.evidence import Evidence
from frontdesk.answering.local.shape import room_for, shape
from frontdesk.channels.style import ReplyStyle
from frontdesk.phrases import say
from frontdesk.terms import ChannelName, EscalationReason
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision, Provenance, Source


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
        self, paragraphs: list[str], confidence: float, note: str, evidence: tuple[Evidence, ...] = ()
    ) -> Decision:
        return self._write(Act.ANSWER, paragraphs, confidence, note, evidence=evidence)

    def ask(
        self, paragraphs: list[str], confidence: float, note: str, evidence: tuple[Evidence, ...] = ()
    ) -> Decision:
        return self._write(Act.ASK, paragraphs, confidence, note, evidence=evidence)

    def escalate(
        self,
        reason: EscalationReason,
        confidence: float,
        note: str,
        *,
        suggestion: str = "",
        evidence: tuple[Evidence, ...] = (),
    ) -> Decision:
        """`suggestion` is the reply proposed to the person, dressed as it would be sent."""
        shaped = self._shape([suggestion]) if suggestion else None
        content = shaped or suggestion
        return Decision(Act.ESCALATE, content, confidence, note, _made(), _sources(evidence), reason)

    def _write(
        self, act: Act, paragraphs: list[str], confidence: float, note: str, *, evidence: tuple[Evidence, ...]
    ) -> Decision:
        if self.regret and self.case.channel is not ChannelName.SMS:
            paragraphs = [self.phrase("sorry"), *paragraphs]
        text = self._shape(paragraphs)
        if text is None:
            return self.escalate(
                EscalationReason.LOW_CONFIDENCE,
                confidence,
                f"{note} No whole sentence of it fits the channel.",
                suggestion="\n\n".join(paragraphs),
                evidence=evidence,
            )
        return Decision(act, text, confidence, note, _made(), _sources(evidence))

    def _shape(self, paragraphs: list[str]) -> str | None:
        return shape(paragraphs, self.case, self.language, self.desk_name, self.style)


def _sources(evidence: tuple[Evidence, ...]) -> tuple[Source, ...]:
    return tuple(piece.source for piece in evidence)


def _made() -> Provenance:
    return Provenance(provider="local", model="local-1", prompt_version="local-1")
