"""Words and sentences of ru, kk and en texts: folding, tokens with spans, sentence borders."""

import re
from functools import lru_cache
from typing import NamedTuple

_FOLDED = tuple(zip("әғқңөұүһіё", "агкноуухие", strict=True))
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:г|гг|ул|д|кв|им|т|тел|руб|тг|см|стр|рис|напр|др|пр|e\.g|i\.e|etc|mr|mrs|ms|dr|no|vs|т\.д|т\.п|т\.б)\.$",
    re.IGNORECASE,
)
_BORDER = re.compile(r"(?<=[.!?…])[\"'»”)\]]*\s+|\n+")
_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")


class Word(NamedTuple):
    """`form` is lower case with Kazakh letters folded to their plain Cyrillic neighbours."""

    form: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, Kazakh letters as people type them on a Russian keyboard; keeps every position."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # Some capitals (İ) grow when lowered; spans must not move.
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not lowered.isascii():
        # A replacement that finds nothing costs next to nothing: ten are a tenth of `str.translate`.
        for letter, neighbour in _FOLDED:
            lowered = lowered.replace(letter, neighbour)
    return lowered


def words(text: str) -> list[Word]:
    """The words and numbers of a text, with where they stand."""
    folded = fold(text)
    return [Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]


def forms(text: str) -> list[str]:
    """The folded words and numbers of a text, where their places do not matter."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """A rough common beginning of a folded word's inflections; good enough to compare, not to show."""
    if form.isdigit() or len(form) <= 4:
        return form
    return form[: max(4, min(len(form) - 2, 6))]


def sentences(text: str) -> list[str]:
    """The sentences and list lines of a text as they stand in it, each verbatim and stripped."""
    found: list[str] = []
    start = 0
    for border in _BORDER.finditer(text):
        piece = text[start : border.start()]
        if "\n" not in border.group() and (_ABBREVIATION.search(piece) or _BULLET.fullmatch(piece + " ")):
            continue
        found.append((piece + border.group().rstrip()).strip())
        start = border.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def count_words(text: str) -> int:
    """How many words a reader would count: runs between white space."""
    return len(text.split())
