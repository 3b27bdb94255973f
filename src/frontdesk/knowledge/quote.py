"""Selects the one or two sentences of a passage that answer the query best, verbatim."""

from collections.abc import Callable

from frontdesk.kit.words import sentences
from frontdesk.knowledge import analysis

_SHORT = 60
_LONGEST = 400


def quote(text: str, query: str, language: str, weight: Callable[[str], float]) -> str:
    """`weight` is the rarity of a stem. The first sentence where none shares a word with the query."""
    candidates = [sentence for sentence in sentences(text) if _has_words(sentence)]
    if not candidates:
        return text.strip()[:_LONGEST]
    wanted = set(analysis.stems(query, language))
    pieces = {piece for word in analysis.words(query) for piece in analysis.grams(word) if len(piece) > 3}
    values = [_value(sentence, language, wanted, pieces, weight) for sentence in candidates]
    best = max(range(len(candidates)), key=lambda at: values[at] - 0.001 * at)
    chosen = candidates[best]
    if len(chosen) < _SHORT and best + 1 < len(candidates) and not _is_row(chosen):
        chosen = f"{chosen} {candidates[best + 1]}"
    return chosen


def _has_words(sentence: str) -> bool:
    return not sentence.startswith("#") and bool(analysis.words(sentence))


def _is_row(sentence: str) -> bool:
    """A row of a table stands for itself."""
    return "; " in sentence and not sentence.endswith((".", "!", "?"))


def _value(
    sentence: str, language: str, wanted: set[str], pieces: set[str], weight: Callable[[str], float]
) -> float:
    shared = sum(weight(stem) for stem in wanted & set(analysis.stems(sentence, language)))
    near = {piece for word in analysis.words(sentence) for piece in analysis.grams(word)} & pieces
    return shared + 2.0 * len(near) / max(len(pieces), 1)
