"""Russian and Kazakh typed in Latin letters, put back into (folded) Cyrillic."""

import re
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


@lru_cache(maxsize=32_768)
def to_cyrillic(form: str) -> str:
    """A folded Latin word in Cyrillic letters; what has no counterpart stays."""
    return _FINAL_Y.sub("й", _PATTERN.sub(lambda match: _PAIRS[match.group()], form))
