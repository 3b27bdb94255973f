"""Detects which of the desk's languages a text is in."""

import re

from frontdesk.knowledge.analysis import words
from frontdesk.knowledge.stopwords import STOP_WORDS

_KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_KAZAKH_END = re.compile(
    "(?:[лдт][ае]р|[дтн][ыи]н|[дтн][ае]н|[ыи]м[ыи]з|с[ыи]з|[ае]д[ыи]|йд[ыи]|[гк][ае]н|[дт][ыи]м|[ае]м[ыи]н|л[ыи]к)$"
)
_RUSSIAN_END = re.compile(
    "(?:т[ьс]я?|[ое][гм][оу]|[ыи]й|[ая]я|[оы]е|ия|[оеё]в|[ая]ми|[ая]х|[еиу]т|[иы]л[аи]?|ку|ию)$"
)


def detect(text: str, default: str = "ru") -> str:
    """`ru`, `kk` or `en`; `default` for a text without letters."""
    return guess(text)[0] or default


def guess(text: str) -> tuple[str | None, bool]:
    """The language, and whether it is sure: Kazakh typed on a Russian keyboard looks like Russian."""
    sample = text[:4000]
    kazakh, cyrillic, latin = (len(p.findall(sample)) for p in (_KAZAKH_LETTER, _CYRILLIC, _LATIN))
    if kazakh + cyrillic + latin == 0:
        return None, False
    if latin > 2 * (cyrillic + kazakh):
        return "en", True
    if kazakh >= 2 or kazakh > 0.02 * (cyrillic + kazakh):
        return "kk", True
    sample_words = words(sample)
    ru = sum(2 * (word in STOP_WORDS["ru"]) + bool(_RUSSIAN_END.search(word)) for word in sample_words)
    kk = sum(2 * (word in STOP_WORDS["kk"]) + bool(_KAZAKH_END.search(word)) for word in sample_words)
    return ("kk" if kk > ru else "ru"), abs(kk - ru) > 1


def plain(text: str) -> str | None:
    """The language that a text is in beyond doubt; None where it is short, mixed, or in a language of others."""
    sample = text[:4000]
    kazakh, cyrillic, latin = (len(p.findall(sample)) for p in (_KAZAKH_LETTER, _CYRILLIC, _LATIN))
    total = kazakh + cyrillic
    if total + latin < 20:
        return None
    sample_words = words(sample)
    common = {name: sum(word in STOP_WORDS[name] for word in sample_words) for name in ("ru", "kk", "en")}
    if latin > 2 * total:
        return "en" if common["en"] > 0.15 * len(sample_words) else None
    if latin > total:
        return None
    if kazakh > 0.05 * total:
        return "kk"
    if kazakh > 0.01 * total:
        return None
    return "ru" if common["ru"] > common["kk"] else None
