"""Words of one meaning: the shop's concepts in the three languages, so that "привезёте" finds "доставка"."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from frontdesk.knowledge.analysis import stem, words

_FILE = Path(__file__).with_name("concepts.txt")
_SHORTEST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a phrase: its stem, or (`open`) the beginning of any word."""

    form: str
    open: bool

    def fits(self, word: str, language: str) -> bool:
        return word.startswith(self.form) if self.open else stem(word, language) == self.form


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: _Part
    rest: tuple[_Part, ...]
    concept: str

    def goes_on(self, following: list[str], language: str) -> bool:
        return len(following) >= len(self.rest) and all(
            part.fits(word, language) for part, word in zip(self.rest, following, strict=False)
        )


def concepts(text: str, language: str) -> list[str]:
    """The concepts that a text speaks of, in order, each as often as it does."""
    return [phrase.concept for _, phrase in _spoken(words(text), language)]


def shop_words(text: str, language: str) -> set[str]:
    """The words of a text by which it speaks of any concept."""
    found = words(text)
    return {word for at, phrase in _spoken(found, language) for word in found[at : at + 1 + len(phrase.rest)]}


def _spoken(found: list[str], language: str) -> Iterator[tuple[int, _Phrase]]:
    """The phrases among the words, each with the place where it begins."""
    for at, word in enumerate(found):
        for phrase in _beginning_with(word, language):
            if phrase.goes_on(found[at + 1 : at + 1 + len(phrase.rest)], language):
                yield at, phrase


@lru_cache(maxsize=32_768)
def _beginning_with(word: str, language: str) -> tuple[_Phrase, ...]:
    """The phrases whose first word it may be; of one word's single-word phrases one a concept."""
    phrases = _phrases(language)
    parts = [_Part(word[:end], True) for end in range(_SHORTEST_BEGINNING, len(word) + 1)]
    fitting = [
        phrase for part in (_Part(stem(word, language), False), *parts) for phrase in phrases.get(part, ())
    ]
    single = {phrase.concept: phrase for phrase in fitting if not phrase.rest}
    return (*single.values(), *(phrase for phrase in fitting if phrase.rest))


@lru_cache(maxsize=4)
def _phrases(language: str) -> dict[_Part, list[_Phrase]]:
    """By their first word."""
    phrases: dict[_Part, list[_Phrase]] = {}
    for concept, spoken in _read(language):
        parts = [_part(word, language) for word in spoken.split()]
        flat = [part for several in parts for part in several]
        if flat:
            phrases.setdefault(flat[0], []).append(_Phrase(flat[0], tuple(flat[1:]), concept))
    return phrases


def _part(written: str, language: str) -> list[_Part]:
    """A written word may be several words to the analysis ("e-mail")."""
    found = words(written)
    if not written.endswith("*"):
        return [_Part(stem(word, language), False) for word in found]
    return [_Part(stem(word, language), False) for word in found[:-1]] + [_Part(found[-1], True)]


def _read(language: str) -> Iterator[tuple[str, str]]:
    """Every phrase with its concept."""
    concept = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        tongue, _, listed = line.partition("#")[0].partition(":")
        if tongue and not tongue.startswith(" "):
            concept = tongue.strip()
        elif tongue.strip() == language:
            yield from ((concept, spoken.strip()) for spoken in listed.split(",") if spoken.strip())
