"""The sentences of a passage that answer a question: verbatim, whole, and no more than the channel takes."""

import re
from dataclasses import dataclass, replace

from frontdesk.channels.style import ReplyStyle
from frontdesk.kit.words import count_words, fold, sentences
from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts
from frontdesk.knowledge.passage import Passage

_MOST_SENTENCES = 3
_MOST_LINES = 10
_MOST_WORDS = 90
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
_HEAD = re.compile(r"\s*[-*•–—]\s+([^:;.]{2,40}):\s")
_HEADING = re.compile(r"^#{1,6}\s")
_EARLIER = 0.4
"""What a word of an earlier message counts, of one of the present message."""
_CONCEPT = 0.6
_NEAR = 0.7
"""What a concept, and a word that is only alike, count of a shared word."""
_ALIKE = 0.5
_FORGIVEN = 30
"""Questions of more words have enough that are spelled right."""
_KIND = 1.0
"""What a sentence gains that holds the kind of thing asked for: a price, a span of time."""
_QUOTED = 0.4
_NAMED = 4.0
"""What a line of a list gains whose head (`- Almaty: ...`) is what was asked for: it is the row of a table."""
_FIRST = 0.3
_LATER = 0.05
_OPENS = 0.9
"""What a document's opening gains: most articles begin with their answer."""
_STANDS_OUT = 0.7
"""A line that is worth so much more than any other needs none of them."""

_PRICE = re.compile(r"\d\s?(?:₸|тг|%)|тенге|теңге|tenge|KZT|бесплатн|тегін|\bfree\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\d\s?(?:рабоч\w+ |календарн\w+ )?(?:дн|день|час|мин|мес|нед|год|лет)|\d{1,2}:\d\d"
    r"|\d\s?(?:жұмыс күн|күн|сағат|апта|ай|жыл|минут)"
    r"|\d\s?(?:(?:working |business |calendar )?day|minute|hour|week|month|year)",
    re.IGNORECASE,
)
_ASKS_PRICE = re.compile(
    r"сколь?ко (?:будет )?сто|почем|какая цена|стоимост|во сколь?ко обойд|how much|what .{0,20}(?:cost|price|fee)"
    r"|(?:канша|кандай) (?:турады|бага)|канша (?:толе|болады)|баганы|куны кан"
)
_ASKS_SPAN = re.compile(
    r"сколь?ко (?:дн|времен|ид|жда|ехат|по времени|едет|хран|занима|действ)|как долго|за сколь?ко|через сколь?ко"
    r"|как(?:ой|ие|ая) (?:срок|гаранти)|когда|до скольки|во сколь?ко (?:закр|откр|приед)|сколь?ко ждать"
    r"|how (?:long|many days|soon)|when |неше кун|канша (?:кун|уакыт)|кашан"
)
_KINDS_OF_QUESTION = ((_ASKS_PRICE, _PRICE), (_ASKS_SPAN, _SPAN))
"""What is asked for, by the question's words, and what an answer to it must hold."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whole sentences as they stand in the document below `heading`."""

    text: str
    heading: str


def answer_sentences(passage: Passage, question: str, room: ReplyStyle, earlier: str = "") -> list[Quoted]:
    """The best run of sentences for the question; the document's opening instead or before it where it says as much.

    `earlier` is what was asked before, where the question only adds to it. Empty where nothing fits the room.
    """
    asked = _Asked.of(question, earlier, passage.language)
    below = _Part.of(passage.heading, passage.text, passage.title)
    opening = _Part.of("", passage.lead, passage.title)
    of_below, of_opening = _values(below, opening, asked, passage.quote)
    alone = asked.kind is None and below.stands_alone(of_below) and _stands_out(of_below, of_opening)
    if opening.lines and not alone and not _stands_out(of_opening, of_below):
        both = _both(opening, of_opening, below, of_below, room)
        if both:
            return both
    ranked = sorted(((below, of_below), (opening, of_opening)), key=lambda part: -max(part[1], default=-1.0))
    quotes = (Quoted(part.best_run(values, room), part.heading) for part, values in ranked)
    return [quoted for quoted in quotes if quoted.text][:1]


def expected(question: str) -> re.Pattern[str] | None:
    """What an answer to the question must hold: a price, a span of time, or nothing of the kind."""
    folded = fold(question)
    return next((answer for asked, answer in _KINDS_OF_QUESTION if asked.search(folded)), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question taken apart once, to be held against every line."""

    language: str
    stems: dict[str, float]
    """What each word counts."""
    concepts: dict[str, float]
    kind: re.Pattern[str] | None

    @classmethod
    def of(cls, question: str, earlier: str, language: str) -> "_Asked":
        stems = dict.fromkeys(analysis.stems(earlier, language), _EARLIER) if earlier else {}
        meant = dict.fromkeys(concepts(earlier, language), _EARLIER) if earlier else {}
        stems |= dict.fromkeys(analysis.stems(question, language), 1.0)
        meant |= dict.fromkeys(concepts(question, language), 1.0)
        return cls(language, stems, meant, expected(question) or expected(earlier))

    def names(self, line: str) -> bool:
        """Whether it is a line of a list that begins with a name out of the question."""
        head = _HEAD.match(line)
        named = analysis.stems(head[1], self.language) if head else []
        return bool(named) and all(
            any(stem == word or _alike(stem, word) for word in self.stems) for stem in named
        )

    def shared(self, line: str) -> dict[str, float]:
        """What a line has of the question, by word or concept, and how fully."""
        own = set(analysis.stems(line, self.language))
        shared = {stem: count for stem, count in self.stems.items() if stem in own}
        for stem, count in self.stems.items() if len(self.stems) <= _FORGIVEN else ():
            if stem not in shared and any(_alike(stem, other) for other in own):
                shared[stem] = _NEAR * count
        meant = set(concepts(line, self.language))
        return shared | {
            f"concept {name}": _CONCEPT * count for name, count in self.concepts.items() if name in meant
        }


def _alike(stem: str, other: str) -> bool:
    """Forgives typos and endings."""
    if min(len(stem), len(other)) < 4 or stem.isdigit() or other.isdigit():
        return False
    mine, theirs = set(analysis.grams(stem)), set(analysis.grams(other))
    return 2 * len(mine & theirs) > (len(mine) + len(theirs)) * _ALIKE


def _values(below: "_Part", opening: "_Part", asked: _Asked, quote: str) -> tuple[list[float], list[float]]:
    """How much each line of both says on the question; a word counts by how few of the lines have it."""
    lines = below.lines + opening.lines
    owned = [asked.shared(line) for line in lines]
    values = []
    for line, own in zip(lines, owned, strict=True):
        value = sum(
            part * (1.0 + 1.0 / sum(1 for other in owned if name in other)) for name, part in own.items()
        )
        value += _QUOTED if line in quote else 0.0
        value += _NAMED if own and asked.names(line) else 0.0
        value += _KIND if asked.kind and asked.kind.search(line) else 0.0
        values.append(value)
    first = len(below.lines)
    later = [_FIRST * (place == 0) - _LATER * place for place in range(len(lines))]
    return (
        [value + later[place] for place, value in enumerate(values[:first])],
        [value + later[place] + _OPENS for place, value in enumerate(values[first:])],
    )


def _stands_out(values: list[float], others: list[float]) -> bool:
    return max(values, default=0.0) >= max(others, default=0.0) + _STANDS_OUT


def _both(
    opening: "_Part", of_opening: list[float], below: "_Part", of_below: list[float], room: ReplyStyle
) -> list[Quoted]:
    """The opening's best sentence and what adds to it; empty where they do not fit together."""
    first = opening.lines[of_opening.index(max(of_opening))]
    most = min(room.max_words or _MOST_WORDS, _MOST_WORDS)
    characters = room.max_characters
    left = replace(
        room,
        max_words=most - count_words(first),
        max_characters=None if characters is None else characters - len(first) - 2,
    )
    second = below.best_run(of_below, left)
    return [Quoted(first, opening.heading), Quoted(second, below.heading)] if second else []


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands below one heading, as lines."""

    heading: str
    text: str
    lines: list[str]

    @classmethod
    def of(cls, heading: str, text: str, title: str) -> "_Part":
        lines = [line for line in sentences(text) if not _HEADING.match(line) and line != title]
        own = heading.rpartition(" › ")[2]
        return cls(heading, text, [line for line in lines if line.strip(" *_|-") != own])

    def best_run(self, values: list[float], room: ReplyStyle) -> str:
        """A run of whole lines, verbatim, that holds the best one; empty where that does not fit."""
        if not self.lines:
            return ""
        best = values.index(max(values))
        if self.stands_alone(values) and room.allow(self.lines[best]):
            return _BULLET.sub("", self.lines[best])
        run = _Run(self, best, best + 1)
        return run.grown(values, room).text() if run.fits(room) else ""

    def stands_alone(self, values: list[float]) -> bool:
        """A list line that alone names what was asked for needs no other line of the list."""
        best = values.index(max(values)) if values else -1
        if best < 0 or not _BULLET.match(self.lines[best]) or self._announced(best):
            return False
        others = [value for place, value in enumerate(values) if place != best]
        return not others or values[best] >= max(others) + _STANDS_OUT

    def _announced(self, place: int) -> bool:
        """Whether the list goes on a sentence that ends in a colon."""
        while place > 0 and _BULLET.match(self.lines[place]):
            place -= 1
        return self.lines[place].endswith(":")


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines `start` up to `end` of a part."""

    part: _Part
    start: int
    end: int

    def fits(self, room: ReplyStyle) -> bool:
        text = self.text()
        return room.allow(text) and count_words(text) <= _MOST_WORDS

    def grown(self, values: list[float], room: ReplyStyle) -> "_Run":
        """What follows usually finishes the thought; what stands before is taken where it says more."""
        run = self
        lines = self.part.lines
        while True:
            most = _MOST_LINES if _BULLET.match(lines[run.end - 1]) else _MOST_SENTENCES
            larger = next((step for step in run._steps(values) if step.fits(room)), None)
            if larger is None or run.end - run.start >= most:
                break
            run = larger
        if lines[run.end - 1].endswith(":") and run.end - 1 > run.start:
            run = replace(run, end=run.end - 1)
        return run

    def _steps(self, values: list[float]) -> list["_Run"]:
        lines = self.part.lines
        after = [replace(self, end=self.end + 1)] if self.end < len(lines) else []
        if self.start == 0:
            return after
        before = replace(self, start=self.start - 1)
        announces = lines[self.start - 1].endswith(":") or bool(_BULLET.match(lines[self.start - 1]))
        if not after or announces or values[self.start - 1] > values[self.end]:
            return [before, *after]
        return after

    def text(self) -> str:
        """From the first to the last of the lines as they stand in the passage, line breaks kept."""
        whole = self.part.text
        at = first = last = 0
        for place, line in enumerate(self.part.lines[: self.end]):
            at = whole.index(line, at)
            first = at if place == self.start else first
            at = last = at + len(line)
        kept = [line for line in whole[first:last].splitlines() if not _HEADING.match(line)]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
