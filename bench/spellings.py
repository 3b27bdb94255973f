"""35 ways in which keyboards, word processors, mail programs and web pages spell one and the same message."""

import html
import random
import re
import textwrap
import unicodedata
from collections.abc import Callable
from typing import Literal

Spelling = Callable[[str, random.Random], str]

_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_ONLY_CYRILLIC = re.compile("[бвгджзийлнптфцчшщъыьэюяқғңұүө]")
_ONLY_LATIN = re.compile("[bdfghjlmnqrstuvwzGDFJLNQRSUVWZ]")
_AS_LATIN = dict(zip("асеорхуіһәАВСЕНКМОРТХ", "aceopxyihəABCEHKMOPTX", strict=True))
_AS_CYRILLIC = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))
_AS_GREEK = dict(zip("аоркхАВЕНКМОРТХ", "αορκχΑΒΕΗΚΜΟΡΤΧ", strict=True))
_EVERY_THIRD = 0.3


def _within_words(sign: str) -> Spelling:
    return lambda text, chance: _BETWEEN_LETTERS.sub(
        lambda _: sign if chance.random() < _EVERY_THIRD else "", text
    )


def _instead(old: str, new: str) -> Spelling:
    return lambda text, chance: text.replace(old, new)


def _around(before: str, after: str) -> Spelling:
    return lambda text, chance: f"{before}{text}{after}"


def _wrapped(end: str) -> Spelling:
    """At 30 characters, never within a sum or a date."""

    def wrap(text: str, chance: random.Random) -> str:
        kept = re.sub(r"(?<=\d) (?=\d)", "\x00", text)
        lines = textwrap.wrap(
            kept, 30, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
        )
        return end.join(lines).replace("\x00", " ")

    return wrap


def _look_alike(only: re.Pattern[str], letters: dict[str, str]) -> Spelling:
    """In words that have a letter of their own alphabet, so that what is meant is plain."""

    def typed(word: re.Match[str], chance: random.Random) -> str:
        if not only.search(word.group()):
            return word.group()
        return "".join(letters.get(c, c) if chance.random() < 0.7 else c for c in word.group())

    return lambda text, chance: _WORD.sub(lambda word: typed(word, chance), text)


def _form(name: Literal["NFD", "NFKD"]) -> Spelling:
    return lambda text, chance: unicodedata.normalize(name, text)


def _full_width(text: str, chance: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def _bold(text: str, chance: random.Random) -> str:
    """The mathematical letters that some keyboards write as a font."""
    small, large, digit = 0x1D5EE - ord("a"), 0x1D5D4 - ord("A"), 0x1D7EC - ord("0")
    return "".join(
        chr(ord(c) + (digit if c.isdigit() else small if c.islower() else large))
        if c.isascii() and c.isalnum()
        else c
        for c in text
    )


def _as_page(text: str, chance: random.Random) -> str:
    return f"<div><p>{html.escape(text).replace(' ', '&nbsp;')}</p></div>"


def _as_references(text: str, chance: random.Random) -> str:
    return "".join(f"&#{ord(c)};" if not c.isascii() else html.escape(c) for c in text)


def _escaped_twice(text: str, chance: random.Random) -> str:
    return html.escape(html.escape(text))


def _with_tags(text: str, chance: random.Random) -> str:
    return _WORD.sub(
        lambda word: f"<b>{word[0][0]}</b>{word[0][1:]}" if chance.random() < 0.3 else word[0],
        html.escape(text),
    )


def _with_breaks(text: str, chance: random.Random) -> str:
    return html.escape(text).replace(". ", ".<br>") + "<br>"


SPELLINGS: dict[str, Spelling] = {
    "soft hyphens": _within_words("\u00ad"),
    "zero-width spaces": _within_words("\u200b"),
    "zero-width joiners": _within_words("\u200d"),
    "word joiners": _within_words("\u2060"),
    "variation selectors": _within_words("\ufe0f"),
    "grapheme joiners": _within_words("\u034f"),
    "byte order mark": _around("\ufeff", ""),
    "direction marks": _around("\u202a", "\u202c"),
    "no-break spaces": _instead(" ", "\u00a0"),
    "narrow no-break spaces": _instead(" ", "\u202f"),
    "thin spaces": _instead(" ", "\u2009"),
    "wide spaces": _instead(" ", "\u3000"),
    "two spaces": _instead(" ", "  "),
    "tabs": _instead(" ", "\t"),
    "wrapped lines": _wrapped("\n"),
    "wrapped lines with CRLF": _wrapped("\r\n"),
    "line separators": _wrapped("\u2028"),
    "no-break hyphens": _instead("-", "\u2011"),
    "en dashes": _instead("-", "–"),
    "minus signs": _instead("-", "\u2212"),
    "curly apostrophes": _instead("'", "\u2019"),
    "decomposed letters": _form("NFD"),
    "compatible decomposed letters": _form("NFKD"),
    "full-width letters": _full_width,
    "mathematical bold": _bold,
    "Latin look-alikes": _look_alike(_ONLY_CYRILLIC, _AS_LATIN),
    "Cyrillic look-alikes": _look_alike(_ONLY_LATIN, _AS_CYRILLIC),
    "Greek look-alikes": _look_alike(_ONLY_CYRILLIC, _AS_GREEK),
    "page with no-break spaces": _as_page,
    "numeric references": _as_references,
    "escaped twice": _escaped_twice,
    "tags within words": _with_tags,
    "line-break tags": _with_breaks,
    "signature": _around("", "\n\nС уважением,\nАсель"),
    "signature of a phone": _around("", "\n\nSent from my iPhone"),
}


def spelled(name: str, texts: list[str]) -> list[str]:
    """All texts in one spelling, the same at every call."""
    chance = random.Random(name)
    return [SPELLINGS[name](text, chance) for text in texts]
