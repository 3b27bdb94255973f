"""Words of one meaning: the shop's concepts in the three languages, so that "привезёте" finds "доставка"."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from frontdesk.knowledge.analysis import stem, words

_FILE = Path(__file__).with_name("concepts.txt")

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def concepts(text: str, language: str) -> list[str]:
    """The concepts that a text speaks of, in order, each as often as it does."""
    phrases = _phrases(language)
    stems = [stem(word, language) for word in words(text)]
    found: list[str] = []
    for at, first in enumerate(stems):
        found += [
            name for phrase, name in phrases.get(first, ()) if tuple(stems[at : at + len(phrase)]) == phrase
        ]
    return found


@lru_cache(maxsize=4)
def _phrases(language: str) -> Phrases:
    """By their first stem."""
    phrases: Phrases = {}
    seen: set[tuple[tuple[str, ...], str]] = set()
    for name, spoken in _read(language):
        phrase = tuple(stem(word, language) for word in words(spoken))
        if phrase and (phrase, name) not in seen:
            seen.add((phrase, name))
            phrases.setdefault(phrase[0], []).append((phrase, name))
    return phrases


def _read(language: str) -> Iterator[tuple[str, str]]:
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        name, *groups = (part.strip() for part in line.partition("#")[0].split("|"))
        for group in groups:
            tongue, _, listed = group.partition(":")
            if tongue.strip() == language:
                yield from ((name, spoken.strip()) for spoken in listed.split(",") if spoken.strip())
