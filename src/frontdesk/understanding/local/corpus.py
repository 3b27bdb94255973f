"""The training text that the package carries (`data/utterances`; its README describes the format)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from frontdesk.terms import Category, EscalationReason, Intent, Sentiment

LANGUAGES = ("en", "kk", "ru")
NO_REASON = "none"
_HEADING = re.compile(r"\[([a-z_ |]+)\]\Z")
_MOODS = frozenset(map(str, Sentiment))
_REASONS = frozenset(map(str, EscalationReason))


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a customer may write, with its labels."""

    text: str
    language: str
    category: str
    intent: str
    mood: str
    reason: str
    """Why a person must answer, or `none`."""
    scope: str
    """`in`, or `out`: no shop can help."""


def utterances() -> list[Utterance]:
    """All of them in a fixed order. Raises `ValueError` that names the file and line with a format error."""
    return [
        utterance
        for language in LANGUAGES
        for category in sorted(map(str, Category))
        for utterance in _read(language, category)
    ]


def sources() -> str:
    """All files as one text, to detect changes."""
    return "\n".join(
        _text(language, str(category)) for language in LANGUAGES for category in sorted(Category)
    )


def _read(language: str, category: str) -> Iterator[Utterance]:
    heading: dict[str, str] = {}
    for number, line in enumerate(_text(language, category).splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("# "):
            continue
        match = _HEADING.match(text)
        if match:
            heading = _heading(match[1], f"{language}/{category}.txt:{number}")
        elif not heading:
            raise ValueError(f"{language}/{category}.txt:{number} stands under no heading")
        else:
            yield Utterance(text.replace(" / ", "\n"), language, category, **heading)


def _heading(text: str, place: str) -> dict[str, str]:
    intent, *rest = (part.strip() for part in text.split("|"))
    heading = {"intent": str(Intent(intent)), "mood": "neutral", "reason": NO_REASON, "scope": "in"}
    for part in rest:
        if part in _MOODS:
            heading["mood"] = part
        elif part in _REASONS:
            heading["reason"] = part
        elif part == "out":
            heading["scope"] = part
        else:
            raise ValueError(f"{place}: {part!r} is no mood, no reason and not `out`")
    return heading


def _text(language: str, category: str) -> str:
    return (
        files(__package__).joinpath(f"data/utterances/{language}/{category}.txt").read_text(encoding="utf-8")
    )
