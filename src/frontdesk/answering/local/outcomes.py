"""What becomes of what was found in the articles: an answer, a question back, or a suggestion to a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontdesk.answering.evidence import Evidence, passage_evidence
from frontdesk.answering.local.passages import Choice
from frontdesk.answering.local.reply import ReplyBuilder
from frontdesk.knowledge.passage import Passage
from frontdesk.phrases import LANGUAGES
from frontdesk.terms import Category, EscalationReason
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import Reading


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """Sentences of one article for one question, with where they stand."""

    paragraphs: list[str]
    evidence: tuple[Evidence, ...]
    choice: Choice


def answered(builder: ReplyBuilder, answers: Sequence[ArticleAnswer]) -> Decision:
    titles = [answer.choice.passage.title for answer in answers]
    return builder.answer(
        [paragraph for answer in answers for paragraph in answer.paragraphs],
        min(answer.choice.confidence for answer in answers),
        Rationale(RationaleCode.ARTICLE, {"title": titles[0]})
        if len(titles) == 1
        else Rationale(RationaleCode.ARTICLES, {"titles": ", ".join(f"“{title}”" for title in titles)}),
        evidence=tuple(piece for answer in answers for piece in answer.evidence),
    )


def unsure(builder: ReplyBuilder, answer: ArticleAnswer) -> Decision:
    choice = answer.choice
    why = Rationale(RationaleCode.UNSURE_ARTICLE, {"title": choice.passage.title})
    return builder.escalate(
        EscalationReason.LOW_CONFIDENCE, choice.confidence, why,
        suggestion="\n\n".join(answer.paragraphs), evidence=answer.evidence,
    )  # fmt: skip


def nothing(builder: ReplyBuilder, reading: Reading, choice: Choice | None) -> Decision:
    strange = reading.out_of_scope or reading.category is Category.OTHER
    strange = strange and reading.language in LANGUAGES
    reason = EscalationReason.OUT_OF_SCOPE if strange else EscalationReason.LOW_CONFIDENCE
    why = Rationale(RationaleCode.NO_ARTICLE)
    return builder.escalate(reason, choice.confidence if choice else 0.1, why)


def which_of_two(builder: ReplyBuilder, first: Passage, second: Passage, confidence: float) -> Decision:
    text = builder.phrase("ask.which_topic", first=first.title, second=second.title)
    evidence = (passage_evidence(first), passage_evidence(second))
    why = Rationale(RationaleCode.TWO_ARTICLES)
    asked = builder.ask([text], max(0.6, confidence), why, evidence=evidence)
    return replace(asked, choices=(first.title, second.title))
