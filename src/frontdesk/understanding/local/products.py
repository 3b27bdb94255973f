"""Products named by a brand in a plain text: `the headphones` could be any."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

_PARTS = ("brands", "brands_that_are_words", "lines", "services")
_NO_UNIT = (
    r"(?![.,/]\d| ?(?:тг|тенге|теңге|₸|\$|€|%|дн|день|дней|шт|раз|год|года|лет|мес|минут|час|недел"
    r"|апта|күн|ай|жыл|рет"
    r"|дана|pcs|times|days?|weeks?|months?|years?|hours?)(?![^\W\d_]{3}))"
)
_SHORTEST_LINE = 20
"""No mail program wraps at less."""
_PROSE = re.compile(r"(?<!\w)[a-zа-яёәғқңөұүһі]{2,}")


class _Patterns(NamedTuple):
    any_brand: re.Pattern[str]
    """Over lower-case text: ten times cheaper than `whole`, and most texts have no brand."""
    whole: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    raw = json.loads(files(__package__).joinpath("data/products.json").read_text(encoding="utf-8"))
    brands, words, lines, services = ("|".join(sorted(raw[key], key=len, reverse=True)) for key in _PARTS)
    model = rf"(?:(?=[A-Za-z-]*\d)[A-Za-z\d]+(?:-[A-Za-z\d]+)*{_NO_UNIT}|[A-Z][A-Za-z]+|(?i:{lines}))(?!\w)"
    return _Patterns(
        re.compile(rf"(?<!\w)(?:{brands}|{words.lower()})(?!\w)"),
        re.compile(rf"(?<!\w)(?:(?i:{brands})|{words})(?!\w)(?! (?i:{services})\b)(?: {model}){{0,3}}"),
    )


def find_products(text: str) -> Iterator[tuple[int, int]]:
    """The places of brands with the models after them."""
    patterns = _patterns()
    if patterns.any_brand.search(text.lower()):
        for match in patterns.whole.finditer(_unwrapped(text)):
            yield match.span()


def _unwrapped(text: str) -> str:
    """Of the same length, with a space for the end of each line of prose that only its width has ended."""
    lines = text.split("\n")
    width = max(map(len, lines))
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        full = len(before) + 1 + len(line.partition(" ")[0]) > width
        prose = len(before) >= _SHORTEST_LINE and _PROSE.search(before) and before[-1] not in ".!?:;,"
        pieces += [" " if full and line and prose else "\n", line]
    return "".join(pieces)
