"""Which passage answers, which of its sentences, and how sure that is."""

import math
import re
from dataclasses import dataclass, replace

from frontdesk.answering.guard import Limits
from frontdesk.kit.words import count_words, fold, sentences, stem, words
from frontdesk.knowledge.passage import Passage
from frontdesk.tickets.decision import Source

_CLOSE = 0.35
"""A second article that weighs less than this below the best one competes with it."""
_SURE = 0.7
_GOOD = 0.55
_WORTH_ASKING = 0.3
"""Between these two the customer may tell which of the best articles they mean."""
_FULL_MARGIN = 3.0
_AGREES = 1.5
_MISSES = 1.5
_MOST_SENTENCES = 4
_MOST_LINES = 10
_MOST_WORDS = 90
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s")
_NOTHING = frozenset(
    word.form
    for word in words(
        "в на и с по к у за для от до не ли мне меня мой моя мое вас вы вам как что это а но или же бы "
        "the a an of to in on is are do does i my me you your it can how what "
        "мен менің маған сіз сіздер бұл бір бола болады ма ме ба бе па пе және үшін"
    )
)
"""Words that tell no sentence from another."""


_PRICE = re.compile(r"\d\s?(?:₸|тг|%)|тенге|теңге|tenge|KZT|бесплатн|тегін|\bfree\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\d\s?(?:рабоч\w+ )?(?:дн|день|час|мин|мес|нед|год|лет)|\d{1,2}:\d\d"
    r"|\d\s?(?:жұмыс күн|күн|сағат|апта|ай|жыл|минут)"
    r"|\d\s?(?:(?:working |business )?day|minute|hour|week|month|year)",
    re.IGNORECASE,
)
_ASKS_PRICE = re.compile(
    r"сколько сто|почем|какая цена|стоимост|во сколько обойд|how much|what .{0,20}(?:cost|price|fee)"
    r"|(?:канша|кандай) (?:турады|бага)|канша толе"
)
_ASKS_SPAN = re.compile(
    r"сколько (?:дн|времен|ид|жда|ехат|по времени)|как долго|за сколько|какой срок|какие сроки|до скольки"
    r"|во сколько|how (?:long|many days|soon)|when (?:are|do) you|неше кун|канша (?:кун|уакыт)"
)
_KINDS_OF_QUESTION = ((_ASKS_PRICE, _PRICE), (_ASKS_SPAN, _SPAN))
"""What is asked for, by the question's words, and what an answer to it must hold."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The passage to answer from; `rival` is another's, where the customer should say which they mean."""

    passage: Passage
    confidence: float
    rival: Passage | None


def choose(
    passages: list[Passage], question: str, language: str, category: str, sure: float
) -> Choice | None:
    """The best passage in the customer's language, or None where there is none.

    `category` is what the message was read as, `sure` how surely: an article of that category gains.
    """
    own = [passage for passage in passages if passage.language == language]
    if not own:
        return None

    wants = expected(question)

    def weigh(passage: Passage) -> float:
        agrees = passage.category is not None and passage.category == category
        fails = wants is not None and not wants.search(passage.text)
        weight = _logit(passage.score) + 2.0 * passage.lexical_score
        return weight + (_AGREES * sure if agrees else 0.0) - (_MISSES if fails else 0.0)

    own.sort(key=weigh, reverse=True)
    best = own[0]
    second = next((passage for passage in own if passage.doc_key != best.doc_key), None)
    margin = weigh(best) - weigh(second) if second is not None else _FULL_MARGIN
    agrees = best.category is not None and best.category == category
    confidence = _confidence(best, sure if agrees else 0.0)
    close = margin < _CLOSE and confidence < _SURE
    unsure = agrees and confidence < _GOOD
    asked = second is not None and confidence > _WORTH_ASKING and (close or unsure)
    return Choice(best, confidence, second if asked else None)


def expected(question: str) -> re.Pattern[str] | None:
    """What an answer to the question must hold: a price, a span of time, or nothing of the kind."""
    folded = fold(question)
    return next((answer for asked, answer in _KINDS_OF_QUESTION if asked.search(folded)), None)


def _logit(score: float) -> float:
    bounded = min(0.998, max(0.002, score))
    return math.log(bounded / (1 - bounded))


def _confidence(best: Passage, agreement: float) -> float:
    """The chance that the answer is right: logistic, fitted to own questions to the sample shop."""
    value = (
        -2.3 + 1.0 * best.lexical_score + 0.75 * _logit(best.score) + 1.75 * best.coverage + 1.3 * agreement
    )
    return round(1 / (1 + math.exp(-value)), 3)


def answer_sentences(passage: Passage, question: str, room: Limits) -> str:
    """A run of whole sentences, verbatim, that holds the best ones for the question and fits the room."""
    lines = [line for line in sentences(passage.text) if not _HEADING.match(line) and line != passage.title]
    lines = [line for line in lines if line.strip(" *_|-") != passage.heading]
    if not lines:
        return ""
    values = _values(lines, question, passage.quote)
    best = max(range(len(lines)), key=lambda place: values[place])
    if _stands_alone(lines, values, best) and room.allow(lines[best]):
        return _BULLET.sub("", lines[best])
    run = _Run(passage.text, lines, best, best + 1)
    if not run.fits(room):
        return ""
    return run.grown(values, room).text()


def _values(lines: list[str], question: str, quote: str) -> list[float]:
    """How much each line says on the question; a word counts by how few of the lines have it."""
    asked = {stem(word.form) for word in words(question) if word.form not in _NOTHING}
    owned = [{stem(word.form) for word in words(line)} & asked for line in lines]
    wants = expected(question)
    values = []
    for place, (line, own) in enumerate(zip(lines, owned, strict=True)):
        shared = sum(1.0 + 1.0 / sum(1 for other in owned if start in other) for start in own)
        quoted = 0.8 if line in quote else 0.0
        values.append(shared + quoted + (1.0 if wants and wants.search(line) else 0.0) - 0.05 * place)
    return values


def _stands_alone(lines: list[str], values: list[float], best: int) -> bool:
    """A list line that alone names what was asked for needs no other line of the list."""
    if not _BULLET.match(lines[best]):
        return False
    others = [value for place, value in enumerate(values) if place != best]
    return not others or values[best] >= max(others) + 0.7


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines `start` up to `end` of a passage."""

    passage: str
    lines: list[str]
    start: int
    end: int

    def fits(self, room: Limits) -> bool:
        text = self.text()
        return room.allow(text) and count_words(text) <= _MOST_WORDS

    def grown(self, values: list[float], room: Limits) -> "_Run":
        """What follows usually finishes the thought; what stands before is taken where it says more."""
        run = self
        while True:
            most = _MOST_LINES if _BULLET.match(run.lines[run.end - 1]) else _MOST_SENTENCES
            larger = next((step for step in run._steps(values) if step.fits(room)), None)
            if larger is None or run.end - run.start >= most:
                break
            run = larger
        if run.lines[run.end - 1].endswith(":") and run.end - 1 > run.start:
            run = replace(run, end=run.end - 1)
        return run

    def _steps(self, values: list[float]) -> list["_Run"]:
        after = [replace(self, end=self.end + 1)] if self.end < len(self.lines) else []
        if self.start == 0:
            return after
        before = replace(self, start=self.start - 1)
        announces = self.lines[self.start - 1].endswith(":") or bool(
            _BULLET.match(self.lines[self.start - 1])
        )
        if not after or announces or values[self.start - 1] > values[self.end]:
            return [before, *after]
        return after

    def text(self) -> str:
        """From the first to the last of the lines as they stand in the passage, line breaks kept."""
        at = first = last = 0
        for place, line in enumerate(self.lines[: self.end]):
            at = self.passage.index(line, at)
            first = at if place == self.start else first
            at = last = at + len(line)
        kept = [line for line in self.passage[first:last].splitlines() if not _HEADING.match(line)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def source_of(passage: Passage, quoted: str) -> Source:
    return Source(
        passage.doc_key, passage.title, passage.heading, quoted, round(passage.score, 3), passage.url
    )
