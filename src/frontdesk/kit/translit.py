"""Transliterates Russian and Kazakh typed in Latin letters to Cyrillic."""

import re
from collections.abc import Callable
from functools import lru_cache

_PAIRS = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "gh": "г", "ch": "ч", "sh": "ш", "ng": "нг",
    "yu": "ю", "ya": "я", "yo": "е", "ye": "е", "ju": "ю", "ja": "я", "iu": "ю", "ia": "ия",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т",
    "u": "у", "v": "в", "w": "у", "x": "х", "y": "ы", "z": "з",
    "ı": "ы", "ş": "ш", "ç": "ч", "ğ": "г", "ñ": "н", "ö": "о", "ü": "у", "ä": "а", "á": "а", "ý": "у",
}  # fmt: skip
_PATTERN = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)))
_FINAL_Y = re.compile(r"(?<=[аеоуи])ы\b")
_KAZAKH_GLIDE = re.compile(r"(?<=[аео])и")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=32_768)
def to_cyrillic(form: str) -> str:
    """A folded Latin word in Cyrillic; letters without a counterpart stay."""
    return _FINAL_Y.sub("й", _PATTERN.sub(lambda match: _PAIRS[match.group()], form))


def in_cyrillic(text: str, language: str, keep: Callable[[str], bool] = lambda word: False) -> str:
    """A Russian or Kazakh text without Cyrillic letters, folded and transliterated.

    Any other text is unchanged, because beside Cyrillic words Latin ones are names (iPhone, QR). `keep` is True
    for lower-case words that must stay Latin.
    """
    if language not in {"ru", "kk"} or _CYRILLIC.search(text):
        return text
    return _WORD.sub(lambda match: _transliterated(match.group().lower(), language, keep), text)


def _transliterated(word: str, language: str, keep: Callable[[str], bool]) -> str:
    if keep(word):
        return word
    cyrillic = to_cyrillic(word)
    # Kazakh has no two adjacent vowels here (kalai, toleimin), Russian has (stoit, moi).
    return _KAZAKH_GLIDE.sub("й", cyrillic) if language == "kk" else cyrillic
