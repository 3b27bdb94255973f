"""Which passage answers, and how sure that is."""

from dataclasses import dataclass

from frontdesk.answering.local.chance import Match, chance, match, odds
from frontdesk.answering.local.parts import asks
from frontdesk.kit.words import fold
from frontdesk.knowledge import analysis
from frontdesk.knowledge.passage import Passage

_AGREES = 1.5
"""What an article of the message's category gains when articles are weighed against each other, by how sure that is."""
_BROAD = 2
"""So few words, if several titles have them all, name a field rather than a question."""
_BEGINNING = 5
_NEXT = 2
"""So many further titles are offered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The passage to answer from; `rival` is another's, where a question names a field and no matter."""

    passage: Passage
    confidence: float
    rival: Passage | None
    next_best: tuple[str, ...] = ()
    """Titles of the articles that come after it, the best first."""
    evidence: Match | None = None
    """What the confidence follows from."""


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
        return odds(passage.score) + (_AGREES * sure if passage.category == category else 0.0)

    own.sort(key=weigh, reverse=True)
    field = _field(own, question, language)
    best = field[0] if field else own[0]
    second = next((passage for passage in own if passage.doc_key != best.doc_key), None)
    disagrees = best.category is not None and best.category != category
    evidence = match(
        best.score,
        None if second is None else weigh(best) - weigh(second),
        sure if disagrees else 0.0,
        len(set(analysis.stems(question, language))),
    )
    titles = dict.fromkeys(passage.title for passage in own if passage.title != best.title)
    return Choice(
        best, chance(evidence, language), field[1] if field else None, tuple(titles)[:_NEXT], evidence
    )


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
