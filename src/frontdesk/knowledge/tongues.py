"""Sets apart what a text says in one language and in another."""

import re
from dataclasses import dataclass, field

from frontdesk.kit.words import count_words
from frontdesk.knowledge.headings import heading_of
from frontdesk.knowledge.language import guess, plain

_TITLES = re.compile(r"(?<!\s)(?:\s+[/|—–]\s+|\s*/\s*)")
_LEAST_WORDS = 12
_LEAST_SHARE = 0.2
_ENOUGH_WORDS = 60
"""Make a part of their own, however small its share is."""
_MOST_LINES = 20_000


@dataclass(slots=True)
class Part:
    language: str
    title: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def apart(title: str, text: str) -> list[Part]:
    """One part for each language that a text has much in, the longest first; empty for a text in one language.

    A line that is too short to tell belongs to the language of those before it, a heading to that of those below.
    """
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return []
    parts = _sorted(lines)
    sizes = {part.language: count_words(part.text) for part in parts}
    least = max(_LEAST_WORDS, min(_LEAST_SHARE * sum(sizes.values()), _ENOUGH_WORDS))
    if len(parts) < 2 or min(sizes.values()) < least:
        return []
    titles = _titles(title)
    for part in parts:
        part.title = titles.get(part.language, title)
    return sorted(parts, key=lambda part: -sizes[part.language])


def _sorted(lines: list[str]) -> list[Part]:
    parts: dict[str, Part] = {}
    current: Part | None = None
    waiting: list[str] = []
    for line in lines:
        language = None if heading_of(line) else plain(line)
        if language is not None:
            current = parts.setdefault(language, Part(language, ""))
        if current is None or heading_of(line) or (waiting and language is None and not line.strip()):
            waiting.append(line)
            continue
        current.lines += [*waiting, line]
        waiting = []
    if current is not None:
        current.lines += waiting
    return list(parts.values())


def _titles(title: str) -> dict[str, str]:
    """Of `Домбыра жалға беру / Прокат домбры` each title under its language."""
    named = {guess(half)[0] or "": half.strip() for half in _TITLES.split(title) if half.strip()}
    return named if len(named) > 1 else {}
