"""Which language a text is in: evidence of words first, py3langid where words do not tell."""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from frontdesk.kit.words import Word, fold
from frontdesk.understanding.local.translit import to_cyrillic

_ONLY_KAZAKH = re.compile(r"[әғқңұһӘҒҚҢҰҺ]")
_KAZAKH_ALONE = re.compile(r"[қғұҚҒҰ]")
_KAZAKH_VOWELS = re.compile(r"[өүіӨҮІ]")
_UKRAINIAN = re.compile(r"[єїґЄЇҐ]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_LETTER = re.compile(r"[^\W\d_]")
_KAZAKH_ENDING = re.compile(
    r".{2,}(?:лар|лер|дар|дер|тар|тер|ымыз|имиз|ынгыз|ингиз|ыныз|иниз|сыз|сиз|дын|дин|тын|тин|нын|нин|дан|ден|тан|нан|нен"
    r"|дагы|деги|тагы|теги|мын|мин|пын|пин|сын|син|гым|гим|кым|ким|ады|еди|айды|ейди|мады|меди|паймын|пеймин|маймын|меймин"
    r"|пты|пти|ганда|генде|лык|лик|дык|дик|тык|тик|гысы|гиси|иниздер|ыныздар|иншы|иниш|ызшы|изши|шы|ши|сан|сен)$"
)
_KAZAKH_ENOUGH = 0.5


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
    """BCP 47 code and how sure it is; the hint, else the default, where the text does not tell."""
    fallback = (hint or default).partition("-")[0].lower()
    sample = text[:2_000]
    letters = len(_LETTER.findall(sample))
    if letters < 2:
        return fallback, 0.2
    cyrillic = len(_CYRILLIC.findall(sample))
    latin = len(_LATIN.findall(sample))
    if cyrillic + latin < 0.5 * letters:
        return _statistical(sample, fallback)
    own = [word.form for word in forms[:300] if not word.form[0].isdigit()]
    if cyrillic and cyrillic >= 0.3 * letters:
        return _cyrillic(sample, [form for form in own if _CYRILLIC.match(form)], fallback)
    return _latin(sample, own, fallback if hint else "en")


def _cyrillic(sample: str, own: list[str], fallback: str) -> tuple[str, float]:
    if _ONLY_KAZAKH.search(sample):
        foreign = None if _KAZAKH_ALONE.search(sample) else _foreign(sample, own, 0.0)
        return foreign or _with_kazakh_letters(sample, own)
    kazakh, russian = sum(map(_kazakh_weight, own)), sum(map(_russian_weight, own))
    if _UKRAINIAN.search(sample) and not kazakh:
        return "uk", 0.8
    if _KAZAKH_VOWELS.search(sample):
        # ө, ү and і alone: Kazakh unless nothing else speaks for it (Kyrgyz and Ukrainian have them too).
        kazakh += 1.0
    foreign = _foreign(sample, own, max(kazakh, russian))
    if foreign:
        return foreign
    if kazakh or russian:
        total = kazakh + russian
        return (
            ("kk", 0.6 + 0.39 * kazakh / total) if kazakh > russian else ("ru", 0.6 + 0.39 * russian / total)
        )
    return _statistical(sample, fallback, among=("ru", "kk"))


def _foreign(sample: str, own: list[str], evidence: float) -> tuple[str, float] | None:
    """Another language in Cyrillic letters, asked for only where the words hardly speak for ru or kk."""
    if len(own) < 4 or evidence > 0.55 * len(own):
        return None
    code, probability = _identifier().rank(sample)[0]
    return (code, float(probability)) if code not in {"ru", "kk", "zxx"} and probability >= 0.75 else None


def _with_kazakh_letters(sample: str, own: list[str]) -> tuple[str, float]:
    """Kazakh, unless a single Kazakh name stands in a Russian sentence."""
    marked = len(re.findall(r"\w*[әғқңұһӘҒҚҢҰҺ]\w*", sample))
    russian = sum(_russian_weight(form) for form in own)
    kazakh = marked + sum(_kazakh_weight(form) for form in own)
    return ("ru", 0.8) if russian >= 3 and russian > 1.5 * kazakh else ("kk", 0.97)


def _latin(sample: str, own: list[str], fallback: str) -> tuple[str, float]:
    evidence = _evidence()
    english = sum(1.0 for form in own if form in evidence["en"])
    turned = [to_cyrillic(form) for form in own]
    kazakh = sum(
        1.0
        for form, cyr in zip(own, turned, strict=True)
        if form in evidence["kk_latin"] or cyr in evidence["kk"]
    )
    russian = sum(
        1.0
        for form, cyr in zip(own, turned, strict=True)
        if form in evidence["ru_latin"] or cyr in evidence["ru"]
    )
    local = max(kazakh, russian)
    if local > english and local >= 0.25 * len(own):
        return ("kk" if kazakh >= russian else "ru"), 0.75
    if english and english >= 0.25 * len(own):
        return "en", min(0.99, 0.7 + 0.1 * english)
    if len(own) <= 1 and not english:
        return fallback, 0.3
    return _statistical(sample, "en" if english else fallback)


def _statistical(sample: str, fallback: str, among: tuple[str, ...] = ()) -> tuple[str, float]:
    ranking = _identifier().rank(sample)
    if among:
        # Short Kazakh without its letters looks like its neighbours to the model: their share is its share.
        share = {code: 0.0 for code in among}
        for code, probability in ranking:
            target = "kk" if code in {"kk", "ky", "tt", "ba"} else "ru"
            share[target] += probability
        best = max(share, key=lambda code: share[code])
        return best, min(0.9, share[best])
    code, probability = ranking[0]
    if probability < 0.35 or code == "zxx":
        return fallback, 0.3
    return code, min(0.95, probability)


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
