"""Which language a text is in: by its words and letters, by py3langid where these do not decide."""

import json
import math
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from frontdesk.kit.translit import to_cyrillic
from frontdesk.kit.words import Word, fold
from frontdesk.understanding.local.letters import leaning

_ONLY_KAZAKH = re.compile(r"[әғқңұһӘҒҚҢҰҺ]")
_KAZAKH_ALONE = re.compile(r"[қғұҚҒҰ]")
_TURKIC_LETTERS = re.compile(r"[әғқңөұүһіҗӘҒҚҢӨҰҮҺІҖ]")
_LIKE_KAZAKH = frozenset({"ky", "tt", "ba"})
_KAZAKH_COMMON = re.compile(r"[қғұіҚҒҰІ]")
_KAZAKH_VOWELS = re.compile(r"[өүіӨҮІ]")
_UKRAINIAN = re.compile(r"[єїґЄЇҐ]")
# Before a consonant or at the end, where Russian never has it.
_BULGARIAN = re.compile(r"ъ(?![еёюяЕЁЮЯ])", re.IGNORECASE)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_KAZAKH_ENDING = re.compile(
    r".{2,}(?:лар|лер|дар|дер|тар|тер|ымыз|имиз|ынгыз|ингиз|ыныз|иниз|сыз|сиз|дын|дин|тын|тин|нын|нин|дан|ден|тан|нан|нен"
    r"|дагы|деги|тагы|теги|мын|мин|пын|пин|сын|син|гым|гим|кым|ким|ады|еди|айды|ейди|мады|меди|паймын|пеймин|маймын|меймин"
    r"|пты|пти|ганда|генде|лык|лик|дык|дик|тык|тик|гысы|гиси|иниздер|ыныздар|иншы|иниш|ызшы|изши|шы|ши|сан|сен)$"
)
_KAZAKH_ENOUGH = 0.5
_PRIOR = 1.0
"""Head start of the expected language, as a logarithm."""
_LISTED = 1.5
"""What a frequent word or a typical ending adds to the score of its letters."""
_NAME_SHARE = 0.4
_MOST_LEANINGS = 40
_FEW = 5
"""In so short a text another language needs a high probability."""
_ENGLISH_AMONG_FEW = 0.1
_LATIN_MARGIN = 2.5
_LATIN_LOCAL = 1.0
"""Mean score of a word for ru or kk above en: from the first on the letters decide alone, from the second on with
frequent words.
"""
_ALSO = {"wuu": "zh", "yue": "zh", "lzh": "zh"}


@cache
def _evidence() -> dict[str, frozenset[str]]:
    raw = json.loads(files(__package__).joinpath("data/language.json").read_text(encoding="utf-8"))
    return {name: frozenset(fold(word) for word in text.split()) for name, text in raw.items()}


@cache
def _identifier() -> Any:
    # Loading takes most of a second and 80 MB; most texts never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def warm() -> None:
    """Load the statistical model now rather than with the first text that needs it."""
    _identifier()


def detect(text: str, forms: list[Word], hint: str | None, default: str) -> tuple[str, float]:
    """BCP 47 code and confidence; the hint, else the default, where the text does not decide."""
    fallback = (hint or default).partition("-")[0].lower()
    sample = text[:2_000]
    letters = _count(_LETTERS, sample)
    if letters < 2:
        return fallback, 0.2
    cyrillic, latin = _count(_CYRILLIC, sample), _count(_LATIN, sample)
    if cyrillic + latin < 0.5 * letters:
        return _statistical(sample, fallback, few=False)
    own = [word for word in forms[:300] if not word.form[0].isdigit()]
    if cyrillic and cyrillic >= 0.3 * letters:
        return _cyrillic(sample, [word for word in own if _CYRILLIC.match(word.form)], fallback)
    return _latin(sample, own, fallback if hint else "en")


def _count(runs: re.Pattern[str], sample: str) -> int:
    return sum(map(len, runs.findall(sample)))


def _cyrillic(sample: str, words: list[Word], fallback: str) -> tuple[str, float]:
    own = [word.form for word in words]
    if _ONLY_KAZAKH.search(sample):
        foreign = None if _KAZAKH_ALONE.search(sample) else _foreign(sample, own, 0.0)
        return foreign or _with_kazakh_letters(sample, own)
    kazakh, russian = sum(map(_kazakh_weight, own)), sum(map(_russian_weight, own))
    if _UKRAINIAN.search(sample) and not kazakh:
        return "uk", 0.8
    marked = 4.0 if _KAZAKH_VOWELS.search(sample) else 0.0
    # ө, ү and і are weak evidence for Kazakh: Kyrgyz and Ukrainian have them too.
    foreign = _foreign(sample, own, max(kazakh + bool(marked), russian))
    if foreign:
        return foreign
    _, as_kazakh, as_russian = _leanings(sample, words)
    prior = -_PRIOR if fallback == "kk" else _PRIOR
    score = as_kazakh - as_russian + _LISTED * (kazakh - russian) + marked - prior
    return ("kk" if score > 0 else "ru"), min(0.99, 1.0 / (1.0 + math.exp(-abs(score))))


def _leanings(sample: str, words: list[Word]) -> tuple[float, ...]:
    """Sums of the words' scores for en, kk and ru; words with a capital (names) count less."""
    totals = [0.0, 0.0, 0.0]
    for word in words[:_MOST_LEANINGS]:
        written = sample[word.start : word.end]
        share = _NAME_SHARE if written[:1].isupper() else 1.0
        for index, value in enumerate(leaning(written.lower())):
            totals[index] += share * value
    return tuple(totals)


def _foreign(sample: str, own: list[str], evidence: float) -> tuple[str, float] | None:
    """Another language in Cyrillic letters, looked for only where few words are typical of ru or kk."""
    if _BULGARIAN.search(sample):
        evidence = 0.0
    if len(own) < 4 or evidence > 0.55 * len(own):
        return None
    code, probability = _identifier().rank(sample)[0]
    needed = 0.75 if len(own) > _FEW else 0.95
    if len(own) > _FEW and _ONLY_KAZAKH.search(sample) and not _KAZAKH_COMMON.search(sample):
        # Tatar and Bashkir are hard to tell apart; a longer Kazakh text has one of its most frequent letters.
        needed = 0.4
    if code in _LIKE_KAZAKH and not _TURKIC_LETTERS.search(sample):
        # Kazakh typed without its own letters; a longer Kyrgyz or Tatar text would contain theirs.
        return None
    return (code, float(probability)) if code not in {"ru", "kk", "zxx"} and probability >= needed else None


def _with_kazakh_letters(sample: str, own: list[str]) -> tuple[str, float]:
    """Kazakh, unless it is a Russian sentence with a Kazakh name."""
    marked = len(re.findall(r"\b\w*[әғқңұһӘҒҚҢҰҺ]\w*", sample))
    russian = sum(_russian_weight(form) for form in own)
    kazakh = marked + sum(_kazakh_weight(form) for form in own)
    return ("ru", 0.8) if russian >= 3 and russian > 1.5 * kazakh else ("kk", 0.97)


def _latin(sample: str, words: list[Word], fallback: str) -> tuple[str, float]:
    own = [word.form for word in words]
    evidence = _evidence()
    english = sum(1.0 for form in own if form in evidence["en"])
    as_english, as_kazakh, as_russian = _leanings(sample, words)
    margin = (max(as_kazakh, as_russian) - as_english) / max(1, len(own))
    if margin > _LATIN_MARGIN and len(own) > 1 and margin * len(own) > 6:
        return _transliterated(sample, own, "kk" if as_kazakh > as_russian else "ru")
    if english and english >= 0.25 * len(own):
        return "en", min(0.99, 0.7 + 0.1 * english)
    if margin > _LATIN_LOCAL:
        kazakh, russian = (sum(_is_known(form, language) for form in own) for language in ("kk", "ru"))
        local = max(kazakh, russian)
        if local > english and local >= 0.25 * len(own):
            return ("kk" if kazakh >= russian else "ru"), 0.75
    if len(own) <= 1 and not english:
        return _greeting(own) or (fallback, 0.3)
    return _statistical(sample, "en" if english else fallback, few=len(own) <= _FEW)


def _greeting(own: list[str]) -> tuple[str, float] | None:
    """A single known word such as `salem` or `privet`."""
    for language in ("kk", "ru"):
        if any(len(form) > 3 and form in _evidence()[f"{language}_latin"] for form in own):
            return language, 0.75
    return None


def _is_known(form: str, language: str) -> bool:
    """Whether a Latin word is a frequent one of ru or kk; single letters do not count."""
    evidence = _evidence()
    return len(form) > 1 and (
        form in evidence[f"{language}_latin"] or to_cyrillic(form) in evidence[language]
    )


def _transliterated(sample: str, own: list[str], language: str) -> tuple[str, float]:
    """Kazakh or Russian in Latin letters, unless py3langid is confident of another language."""
    if any(form in _evidence()[f"{language}_latin"] for form in own):
        return language, 0.75
    code, probability = _identifier().rank(sample)[0]
    return (code, float(probability)) if probability >= 0.75 and code != "tk" else (language, 0.7)


def _statistical(sample: str, fallback: str, few: bool) -> tuple[str, float]:
    ranking = _identifier().rank(sample)
    code, probability = ranking[0]
    if few and code != "en" and dict(ranking).get("en", 0.0) >= _ENGLISH_AMONG_FEW:
        # English is far more frequent here than the languages that resemble it.
        return "en", 0.6
    if probability < 0.35 or code == "zxx":
        return fallback, 0.3
    return _ALSO.get(code, code), min(0.95, float(probability))


@lru_cache(maxsize=32_768)
def _kazakh_weight(form: str) -> float:
    if form in _evidence()["kk"]:
        return 1.0
    return (
        _KAZAKH_ENOUGH
        if len(form) > 5 and _KAZAKH_ENDING.match(form) and form not in _evidence()["ru"]
        else 0.0
    )


@lru_cache(maxsize=32_768)
def _russian_weight(form: str) -> float:
    if form in _evidence()["ru"]:
        return 1.0
    return 0.6 if _RUSSIAN_ENDING.match(form) or _RUSSIAN_LETTERS.search(form) else 0.0


_RUSSIAN_LETTERS = re.compile(r"[щъцф]|ств|^(?:пере|при|пре|под|раз|рас|вы[а-я]{4})")
_RUSSIAN_ENDING = re.compile(
    r".{2,}(?:ать|ить|еть|ыть|ует|ают|яют|ится|ться|ого|его|ому|ему|ыми|ими|ый|ий|ая|яя|ое|ее|ые|ие|ой|ую|юю|ешь|ишь|ите|ете|или|али|ыли"
    r"|ался|алась|ился|илась|ение|ения|ание|ания|ость|ости|ция|ции|цию|ках|ами|ями|ов|ев)$"
)
