"""What becomes of what was found in the articles: an answer, a question back, or a suggestion to a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontdesk.answering.evidence import Evidence, passage_evidence
from frontdesk.answering.local.passages import Choice
from frontdesk.answering.local.reply import ReplyBuilder
from frontdesk.kit.text import clip
from frontdesk.knowledge.passage import Passage
from frontdesk.phrases import LANGUAGES
from frontdesk.terms import FRUSTRATED_BELOW, Category, EscalationReason, Intent, Sentiment
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import Reading

_TITLES = 2
"""So many further titles stand beside an answer."""
_LONGEST_MATTER = 80
_QUOTED = {"en": "“{}”"}
"""Quotation marks of a title, where they are not the angular ones."""


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
    asked = builder.ask([text], confidence, why, evidence=evidence)
    return replace(asked, choices=(first.title, second.title))


def tentative(builder: ReplyBuilder, answers: Sequence[ArticleAnswer], left: Sequence[str] = ()) -> Decision:
    """What probably answers, with the question whether it helped, other titles, and matters `left` without an answer."""
    given = {answer.choice.passage.title for answer in answers}
    others = (title for answer in answers for title in answer.choice.next_best)
    titles = tuple(dict.fromkeys(title for title in others if title not in given))[:_TITLES]
    helped = (
        builder.phrase("ask.helped", titles=_either(builder, titles))
        if titles
        else builder.phrase("ask.helped_only")
    )
    open_matters = [builder.phrase("ask.left", matter=clip(matter, _LONGEST_MATTER)) for matter in left]
    why = Rationale(RationaleCode.UNSURE_ARTICLE, {"title": answers[0].choice.passage.title})
    asked = builder.ask(
        [*(paragraph for answer in answers for paragraph in answer.paragraphs), *open_matters, helped],
        min(answer.choice.confidence for answer in answers),
        why,
        evidence=tuple(piece for answer in answers for piece in answer.evidence),
    )
    return replace(asked, choices=titles)


def offered(builder: ReplyBuilder, choice: Choice) -> Decision:
    """The likeliest titles to choose from, where no article is surely about the question."""
    titles = (choice.passage.title, *choice.next_best)
    text = builder.phrase("ask.which_of", titles=_either(builder, titles))
    evidence = (passage_evidence(choice.passage),)
    asked = builder.ask([text], choice.confidence, Rationale(RationaleCode.NO_ARTICLE), evidence=evidence)
    return replace(asked, choices=titles)


def _either(builder: ReplyBuilder, titles: Sequence[str]) -> str:
    quoted = [_QUOTED.get(builder.language, "«{}»").format(title) for title in titles]
    return f" {builder.phrase('or')} ".join(quoted)


def is_frustrated(reading: Reading) -> bool:
    """Whether a doubtful answer would only feed the anger of a complaint."""
    return reading.intent is Intent.COMPLAINT and reading.sentiment_score < FRUSTRATED_BELOW


def may_offer(reading: Reading) -> bool:
    """Titles are for who asks calmly about what a shop can help with; who is upset gets a person."""
    strange = reading.out_of_scope or reading.category is Category.OTHER or reading.language not in LANGUAGES
    return not strange and not (
        reading.intent is Intent.COMPLAINT and reading.sentiment is Sentiment.NEGATIVE
    )
