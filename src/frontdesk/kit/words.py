"""Splits ru, kk and en texts into words with spans, and sentences."""

import re
from functools import lru_cache
from typing import NamedTuple

_FOLDED = tuple(zip("әғқңөұүһіё", "агкноуухие", strict=True))
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:г|гг|ул|д|кв|им|т|тел|руб|тг|см|стр|рис|напр|др|пр|e\.g|i\.e|etc|mr|mrs|ms|dr|no|vs|т\.д|т\.п|т\.б)\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 8
"""With what stands before it; a longer one would be taken for the beginning of the text."""
_LONGEST_BULLET = 40
"""With its indentation."""
_BORDER = re.compile(r"(?<=[.!?…])[\"'»”)\]]*\s+|\n+")
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")


class Word(NamedTuple):
    """`form` is lower case with Kazakh letters folded to their plain Cyrillic neighbours."""

    form: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, with Kazakh letters as typed on a Russian keyboard; every position is kept."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # Some capitals (İ) become two characters in lower case, which would move spans.
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not lowered.isascii():
        # Ten replacements, most of which match nothing, take a tenth of the time of `str.translate`.
        for letter, neighbour in _FOLDED:
            lowered = lowered.replace(letter, neighbour)
    return lowered


def words(text: str) -> list[Word]:
    """The words and numbers of a text, with their positions."""
    folded = fold(text)
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]


def forms(text: str) -> list[str]:
    """The folded words and numbers of a text, without positions."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """An approximate stem of a folded word, for comparing words, not for showing."""
    if form.isdigit() or len(form) <= 4:
        return form
    return form[: max(4, min(len(form) - 2, 6))]


def sentences(text: str) -> list[str]:
    """The sentences and list lines of a text, verbatim and stripped."""
    pieces: list[str] = []
    start = 0
    for border in _BORDER.finditer(text):
        if "\n" not in border.group() and _goes_on(text, start, border):
            continue
        pieces.append((text[start : border.start()] + border.group().rstrip()).strip())
        start = border.end()
    pieces.append(text[start:].strip())
    return [sentence for sentence in pieces if sentence]


def _goes_on(text: str, start: int, border: re.Match[str]) -> bool:
    """Whether a full stop ends no sentence: looks at a few letters, however long the piece is."""
    if not border.group()[0].isspace() and text[border.end() : border.end() + 1].islower():
        return True  # press "Forgot your password?" and open the link
    end = border.start()
    tail = text[max(start, end - _LONGEST_ABBREVIATION) : end]
    if _ABBREVIATION.search(tail):
        return True
    return end - start <= _LONGEST_BULLET and bool(_BULLET.fullmatch(text[start:end] + " "))


def count_words(text: str) -> int:
    """How many words there are between white space."""
    return len(text.split())
