"""What in a text calls for a person, and other plain signs, each with the words that show it."""

import json
import re
from functools import cache
from importlib.resources import files

from frontdesk.kit.words import fold

_SPACES = re.compile(r"[^\S\n]+")


def find_signals(text: str) -> dict[str, str]:
    """Name of each sign that stands in the text, with the words it was found in."""
    folded = _SPACES.sub(" ", fold(text[:8_000]))
    found: dict[str, str] = {}
    for name, pattern in _patterns().items():
        match = pattern.search(folded)
        if match:
            found[name] = match.group().strip()[:80]
    return found


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = json.loads(files(__package__).joinpath("data/signals.json").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(f"(?:{fold_pattern(part)})" for part in parts))
        for name, parts in raw.items()
    }


def fold_pattern(pattern: str) -> str:
    """Fold the letters of a pattern but not its escapes (`\\W` is not `\\w`)."""
    return re.sub(
        r"\\.|.",
        lambda match: match.group() if match.group()[0] == "\\" else fold(match.group()),
        pattern,
        flags=re.DOTALL,
    )
