"""Synonyms: a shop's concepts in three languages, so that "привезёте" finds "доставка"."""

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

    def continues_with(self, following: list[str], language: str) -> bool:
        return len(following) >= len(self.rest) and all(
            part.fits(word, language) for part, word in zip(self.rest, following, strict=False)
        )


def concepts(text: str, language: str) -> list[str]:
    """The concepts that a text mentions, in order, each as often as it is mentioned."""
    return [phrase.concept for _, phrase in _phrases_in(words(text), language)]


def shop_words(text: str, language: str) -> set[str]:
    """The words of a text that mention a concept."""
    text_words = words(text)
    return {
        word
        for at, phrase in _phrases_in(text_words, language)
        for word in text_words[at : at + 1 + len(phrase.rest)]
    }


def _phrases_in(text_words: list[str], language: str) -> Iterator[tuple[int, _Phrase]]:
    """The phrases among the words, each with the index of its first word."""
    for at, word in enumerate(text_words):
        for phrase in _beginning_with(word, language):
            if phrase.continues_with(text_words[at + 1 : at + 1 + len(phrase.rest)], language):
                yield at, phrase


@lru_cache(maxsize=32_768)
def _beginning_with(word: str, language: str) -> tuple[_Phrase, ...]:
    """The phrases whose first word this is; of single-word phrases one for each concept."""
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
    for concept, written in _read(language):
        parts = [_part(word, language) for word in written.split()]
        flat = [part for several in parts for part in several]
        if flat:
            phrases.setdefault(flat[0], []).append(_Phrase(flat[0], tuple(flat[1:]), concept))
    return phrases


def _part(written: str, language: str) -> list[_Part]:
    """A written word may be several words to the analysis ("e-mail")."""
    parts = words(written)
    if not written.endswith("*"):
        return [_Part(stem(word, language), False) for word in parts]
    return [_Part(stem(word, language), False) for word in parts[:-1]] + [_Part(parts[-1], True)]


def _read(language: str) -> Iterator[tuple[str, str]]:
    """Every phrase with its concept."""
    concept = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        key, _, phrases = line.partition("#")[0].partition(":")
        if key and not key.startswith(" "):
            concept = key.strip()
        elif key.strip() == language:
            yield from ((concept, phrase.strip()) for phrase in phrases.split(",") if phrase.strip())
