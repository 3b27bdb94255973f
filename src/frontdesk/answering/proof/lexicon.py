"""Words of ru, kk and en by what they mean, so that a sentence in other words is known as the same."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

from frontdesk.kit.translit import to_cyrillic
from frontdesk.kit.words import fold

_ALIKE = 0.7
"""Of the longer of two words, so much is their common beginning where they are forms of one."""
_LEAST_COMMON = 4
"""Two words with fewer letters in common at their beginning are never the same."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    exact: dict[str, frozenset[str]]
    begun: dict[str, frozenset[str]]
    """By the beginning of a word."""
    kinds: dict[str, frozenset[str]]
    """Closed lists of words: `empty`, `courtesy`, `asking` ..."""

    def meanings(self, form: str) -> frozenset[str]:
        """What a folded word means; empty where the lexicon does not know it."""
        if form in self.exact:
            return self.exact[form]
        for length in range(len(form), 2, -1):
            if known := self.begun.get(form[:length]):
                return known
        return frozenset()


@cache
def lexicon() -> Lexicon:
    exact: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    for line in _lines("concepts.txt"):
        name, _, written = line.partition(":")
        for word in flat(written).split():
            target = begun if word.endswith("*") else exact
            target[word.rstrip("*")].add(name)
    return Lexicon(
        {word: frozenset(names) for word, names in exact.items()},
        {word: frozenset(names) for word, names in begun.items()},
        _kinds(),
    )


def _kinds() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    name = ""
    for line in _lines("words.txt"):
        if line.startswith("["):
            name = line.strip("[]")
            kinds[name] = set()
        else:
            kinds[name].update(flat(line).split())
    return {name: frozenset(members) for name, members in kinds.items()}


def _lines(name: str) -> list[str]:
    text = (files("frontdesk.answering.proof") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def flat(text: str) -> str:
    """Lower case, with Kazakh letters as their plain neighbours, and `ё` as `е`."""
    return fold(text).replace("ё", "е")


def among(kind: str, form: str) -> bool:
    """Whether a folded word stands in one of the closed lists."""
    return form in lexicon().kinds[kind]


@lru_cache(maxsize=65_536)
def meanings(form: str) -> frozenset[str]:
    return lexicon().meanings(form)


@lru_cache(maxsize=65_536)
def same_word(word: str, other: str) -> bool:
    """Whether two folded words that the lexicon does not know are forms of one word."""
    if word == other:
        return True
    if word.isascii() != other.isascii():
        latin, native = (word, other) if word.isascii() else (other, word)
        return _alike(to_cyrillic(latin), native, 0.75)
    if word.isascii():
        return english_stem(word) == english_stem(other)
    if russian_stem(word) == russian_stem(other) or kazakh_stem(word) == kazakh_stem(other):
        return True
    return _alike(word, other, _ALIKE) and len(word) > _LEAST_COMMON < len(other)


def _alike(word: str, other: str, share: float) -> bool:
    common = 0
    for left, right in zip(word, other, strict=False):
        if left != right:
            break
        common += 1
    return common >= max(_LEAST_COMMON, share * max(len(word), len(other)))


@lru_cache(maxsize=65_536)
def english_stem(form: str) -> str:
    return str(_stemmer("english").stemWord(form.removesuffix("'s")))


@lru_cache(maxsize=65_536)
def russian_stem(form: str) -> str:
    return str(_stemmer("russian").stemWord(form))


@lru_cache(maxsize=65_536)
def kazakh_stem(form: str) -> str:
    """Without the endings of number, owner and case."""
    cut = True
    while cut:
        cut = False
        for ending in _kazakh_endings():
            if form.endswith(ending) and len(form) - len(ending) >= _LEAST_COMMON:
                form, cut = form.removesuffix(ending), True
                break
    return form


@cache
def _kazakh_endings() -> tuple[str, ...]:
    return tuple(sorted(lexicon().kinds["kazakh_endings"], key=len, reverse=True))


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)
