"""Which passage answers, and how sure that is."""

import math
from dataclasses import dataclass

from frontdesk.answering.local.parts import asks
from frontdesk.kit.words import fold
from frontdesk.knowledge import analysis
from frontdesk.knowledge.passage import Passage

_CLOSE = 1.0
"""A second article that weighs less than this below the best one competes with it."""
_SURE = 0.7
_WORTH_ASKING = 0.3
"""Between these two the customer may tell which of the best articles they mean."""
_AGREES = 1.5
"""What an article of the message's category gains when articles are weighed against each other."""
_DISAGREES = 1.0
"""What one of another category loses of its chance; both times how sure the category is."""
_SCALE, _BIAS = 0.78, 0.15
_BROAD = 2
"""So few words, if several titles have them all, name a field rather than a question."""
_BEGINNING = 5
_NEXT = 2
"""So many further titles are offered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The passage to answer from; `rival` is another's, where the customer should say which they mean."""

    passage: Passage
    confidence: float
    rival: Passage | None
    next_best: tuple[str, ...] = ()
    """Titles of the articles that come after it, the best first."""


def choose(
    passages: list[Passage], question: str, language: str, category: str, sure: float
) -> Choice | None:
    """The best passage in the customer's language, or None where there is none.

    `category` is what the message was read as, `sure` how surely: an article of that category gains.
    """
    own = [passage for passage in passages if passage.language == language]
    if not own:
        return None

    def weigh(passage: Passage) -> float:
        return _logit(passage.score) + (_AGREES * sure if passage.category == category else 0.0)

    own.sort(key=weigh, reverse=True)
    field = _field(own, question, language)
    if field is not None:
        return Choice(field[0], _confidence(field[0], category, sure), field[1])
    best = own[0]
    second = next((passage for passage in own if passage.doc_key != best.doc_key), None)
    confidence = _confidence(best, category, sure)
    close = second is not None and weigh(best) - weigh(second) < _CLOSE
    rival = second if close and _WORTH_ASKING < confidence < _SURE else None
    titles = dict.fromkeys(passage.title for passage in own if passage.title != best.title)
    return Choice(best, confidence, rival, tuple(titles)[:_NEXT])


def _confidence(best: Passage, category: str, sure: float) -> float:
    """The chance that the answer is right: the search's own, less where the article is of another category.

    Fitted by folds to questions of which two in five had no article (`bench/answers.py` measures it).
    """
    disagrees = best.category is not None and best.category != category
    value = _BIAS + _SCALE * _logit(best.score) - (_DISAGREES * sure if disagrees else 0.0)
    return round(1 / (1 + math.exp(-value)), 3)


def _logit(score: float) -> float:
    bounded = min(0.998, max(0.002, score))
    return math.log(bounded / (1 - bounded))


def _field(passages: list[Passage], question: str, language: str) -> tuple[Passage, Passage] | None:
    """The two best articles of a question like "delivery?", that several titles hold and none is."""
    asked = _beginnings(question, language)
    if len(asked) > _BROAD or asks(question, language):
        return None
    within = [passage for passage in passages if asked <= _beginnings(passage.title, language)]
    within.sort(key=lambda passage: len(_beginnings(passage.title, language)))
    first = next(iter(within), None)
    second = next(
        (passage for passage in within if first is not None and fold(passage.title) != fold(first.title)),
        None,
    )
    if (
        first is None
        or second is None
        or any(_beginnings(passage.title, language) == asked for passage in within)
    ):
        return None
    return first, second


def _beginnings(text: str, language: str) -> set[str]:
    return {stem[:_BEGINNING] for stem in analysis.stems(text, language)}
