"""Signs in a text (that a person is needed, a refund is wanted ...), each with the words that show it."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from frontdesk.kit.words import fold
from frontdesk.understanding.local.cues import LEAST, branches, cues_of

_SPACES = re.compile(r"[^\S\n]+")


class _Branches(NamedTuple):
    """The alternatives of all signs' patterns, in order, with an index by cue."""

    all: list[tuple[str, re.Pattern[str]]]
    """Name of the sign, and one of its patterns."""
    by_cue: dict[str, dict[str, list[int]]]
    """Places in `all`, by the first letters of a cue and the cue."""
    starts: frozenset[str]
    without: frozenset[int]
    """Places of those without a cue: always searched."""


def find_signals(text: str) -> dict[str, str]:
    """Name of each sign in the text, with the first words that match it."""
    folded = _SPACES.sub(" ", fold(text[:8_000]))
    known = _branches()
    first: dict[str, re.Match[str]] = {}
    for place in sorted(_possible(folded, known)):
        name, pattern = known.all[place]
        match = pattern.search(folded)
        if match and (name not in first or match.start() < first[name].start()):
            first[name] = match
    return {name: match.group().strip()[:80] for name, match in first.items()}


def _possible(folded: str, known: _Branches) -> set[int]:
    """The branches with a cue in the text: usually a handful of four hundred."""
    possible = set(known.without)
    pieces = {folded[at : at + LEAST] for at in range(len(folded) - LEAST + 1)}
    for start in pieces & known.starts:
        for cue, places in known.by_cue[start].items():
            if cue in folded:
                possible.update(places)
    return possible


@cache
def _branches() -> _Branches:
    file = files(__package__).joinpath("data/signals.json")
    raw: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    named = [
        (name, branch)
        for name, parts in raw.items()
        for part in parts
        for branch in branches(fold_pattern(part))
    ]
    by_cue: dict[str, dict[str, list[int]]] = {}
    without: set[int] = set()
    for place, (_, branch) in enumerate(named):
        cues = cues_of(branch)
        for cue in cues or ():
            by_cue.setdefault(cue[:LEAST], {}).setdefault(cue, []).append(place)
        if cues is None:
            without.add(place)
    compiled = [(name, re.compile(branch)) for name, branch in named]
    return _Branches(compiled, by_cue, frozenset(by_cue), frozenset(without))


def fold_pattern(pattern: str) -> str:
    """Fold the letters of a pattern but not its escapes (`\\W` is not `\\w`)."""
    return re.sub(
        r"\\.|.",
        lambda match: match.group() if match.group()[0] == "\\" else fold(match.group()),
        pattern,
        flags=re.DOTALL,
    )
