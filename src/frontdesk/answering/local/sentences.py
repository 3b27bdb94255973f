"""The sentences of a passage that answer a question: verbatim, whole, and no more than the channel takes."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from frontdesk.answering.local.asked import RULE, Asked
from frontdesk.channels.style import ReplyStyle
from frontdesk.kit.words import count_words, fold, sentences
from frontdesk.knowledge.passage import Passage

_MOST_SENTENCES = 3
_MOST_LINES = 10
_MOST_WORDS = 90
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
_ROW = re.compile(r"[^:;.]{2,40}:\s[^:;]{1,40};\s")
"""Of a table, whose columns are named."""
_HEADING = re.compile(r"^#{1,6}\s")
_KIND = 1.0
"""What a sentence gains that holds the kind of thing asked for: a price, a span of time."""
_QUOTED = 0.4
_NAMED = 4.0
"""What a line of a list gains whose head (`- Almaty: ...`) is what was asked for: it is the row of a table."""
_FIRST = 0.3
_LATER = 0.05
_OPENS = 0.9
"""What a document's opening gains: most articles begin with their answer."""
_HIT = 0.4
"""What the lines gain that stand below the heading that the search found."""
_HEADED = 0.25
"""What a word of the heading counts, of one in the line."""
_RULES = 1.2
"""What a line gains that allows or forbids, where the question is whether something may be done."""
_STANDS_OUT = 1.0
"""A line that is worth so much more than those of another part needs none of them."""
_ALONE = 0.7
"""And so much more than the others of its list, or of its table."""

_LIMITS = re.compile(  # of a folded text
    r"\W*(?:but|however|except\w*|only|unless|otherwise|the exception|in this case|после этого|но|однако|кроме"
    r"|исключени\w+|за исключением|иначе|в этом случае|при этом|тогда|биракы?|алайда|тек|айтпесе|коспаганда"
    r"|бул жагдайда)\b"
)
"""Limits what was said before, and says little without it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whole sentences as they stand in the document below `heading`."""

    text: str
    heading: str


def answer_sentences(passage: Passage, question: str, room: ReplyStyle, earlier: str = "") -> list[Quoted]:
    """The best run of sentences for the question; the document's opening instead or before it where it says as much.

    `earlier` is what was asked before, where the question only adds to it. Empty where nothing fits the room.
    """
    asked = Asked.of(question, earlier, passage.language)
    opening, sections = _parts_of(passage)
    of_opening, *of_sections = _values([opening, *sections], asked, passage.quote)
    ranked = sorted(zip(sections, of_sections, strict=True), key=lambda part: -max(part[1], default=-1.0))
    for below, of_below in ranked[:1]:
        alone = asked.kind is None and below.stands_alone(of_below) and _stands_out(of_below, of_opening)
        if opening.lines and not alone and not _stands_out(of_opening, of_below):
            both = _both(opening, of_opening, below, of_below, room)
            if both:
                return both
    parts = sorted([*ranked[:1], (opening, of_opening)], key=lambda part: -max(part[1], default=-1.0))
    quotes = (Quoted(part.best_run(values, room), part.heading) for part, values in parts)
    return [quoted for quoted in quotes if quoted.text][:1]


def _parts_of(passage: Passage) -> tuple["_Part", list["_Part"]]:
    """The document's opening, and what stands below its headings; what the search found comes first."""
    hit = _Part.of(passage.heading, passage.text, passage.title)
    others = [_Part.of(heading, text, passage.title) for heading, text in passage.siblings]
    if passage.siblings and not passage.heading:
        return hit, others
    below = [part for part in others if part.heading]
    return _Part.of("", passage.lead, passage.title), [hit, *below]


def _values(parts: list["_Part"], asked: Asked, quote: str) -> list[list[float]]:
    """How much each line of the opening and of the sections says; a word counts by how few of the lines have it."""
    owned = [[asked.shared(line) for line in part.lines] for part in parts]
    having = Counter(name for lines in owned for own in lines for name in own)
    values = []
    for at, (part, lines) in enumerate(zip(parts, owned, strict=True)):
        base = _OPENS if at == 0 else _HIT if at == 1 else 0.0
        base += _HEADED * sum(asked.shared(part.heading).values()) if part.heading else 0.0
        values.append(
            [
                base + _FIRST * (place == 0) - _LATER * place + _value(line, own, asked, quote, having)
                for place, (line, own) in enumerate(zip(part.lines, lines, strict=True))
            ]
        )
    return values


def _value(line: str, own: dict[str, float], asked: Asked, quote: str, having: Counter[str]) -> float:
    value = sum(share * (1.0 + 1.0 / having[name]) for name, share in own.items())
    value += _QUOTED if line in quote else 0.0
    value += _NAMED if own and asked.names(line) else 0.0
    value += _RULES if asked.whether and RULE.search(fold(line)) else 0.0
    return value + (_KIND if asked.kind and asked.kind.search(line) else 0.0)


def _is_item(line: str) -> bool:
    return bool(_BULLET.match(line) or _ROW.match(line))


def _stands_out(values: list[float], others: list[float]) -> bool:
    return max(values, default=0.0) >= max(others, default=0.0) + _STANDS_OUT


def _both(
    opening: "_Part", of_opening: list[float], below: "_Part", of_below: list[float], room: ReplyStyle
) -> list[Quoted]:
    """The opening's best sentence and what adds to it; empty where they do not fit together."""
    first = opening.with_limits(of_opening.index(max(of_opening)))
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
        if best < 0 or not _is_item(self.lines[best]) or self._announced(best):
            return False
        others = [value for place, value in enumerate(values) if place != best]
        return not others or values[best] >= max(others) + _ALONE

    def with_limits(self, place: int) -> str:
        """A line with the exceptions and conditions that follow it."""
        end = place + 1
        while end < len(self.lines) and _LIMITS.match(fold(self.lines[end])):
            end += 1
        return _Run(self, place, end).text()

    def _announced(self, place: int) -> bool:
        """Whether the list goes on a sentence that ends in a colon."""
        while place > 0 and _BULLET.match(self.lines[place]):
            place -= 1
        return self.lines[place].endswith(":") and not _ROW.match(self.lines[place])


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
        announces |= bool(_LIMITS.match(fold(lines[self.start])))
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
