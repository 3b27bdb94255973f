"""How many parts a text message has on the air: 7-bit letters of GSM, or UCS-2 once one letter is none of them."""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_PLAINER = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "«": '"', "»": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2026": "...",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2022": "-", "\t": " ",
    }
)  # fmt: skip
"""Typographic signs that would turn a text of GSM's letters into UCS-2."""


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str
    alone: int
    """Units of a text of one part."""
    joined: int
    """Units of each part of a longer one."""


GSM7 = Encoding("gsm7", 160, 153)
UCS2 = Encoding("ucs2", 70, 67)


def plain(text: str) -> str:
    """The same text in GSM's letters where only typographic signs stand in the way; else as it is."""
    simple = text.translate(_PLAINER)
    return simple if encoding(simple) is GSM7 else text


def encoding(text: str) -> Encoding:
    return GSM7 if all(letter in _BASIC or letter in _EXTENDED for letter in text) else UCS2


def segments(text: str) -> int:
    """Parts that are billed; a letter of two units is not torn."""
    used = encoding(text)
    widths = [_width(letter, used) for letter in text]
    if sum(widths) <= used.alone:
        return 1
    parts, filled = 1, 0
    for width in widths:
        if filled + width > used.joined:
            parts, filled = parts + 1, 0
        filled += width
    return parts


def _width(letter: str, used: Encoding) -> int:
    if used is GSM7:
        return 2 if letter in _EXTENDED else 1
    return 2 if ord(letter) > 0xFFFF else 1
