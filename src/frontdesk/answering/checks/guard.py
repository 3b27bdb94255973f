"""Checks of a reply's form and honesty: length, language, promises nobody keeps, leaked instructions."""

import re
from collections.abc import Iterable
from functools import lru_cache

from frontdesk.channels.style import ReplyStyle
from frontdesk.kit import figures
from frontdesk.kit.words import sentences
from frontdesk.llm.redact import PLACEHOLDER


def fit(text: str, style: ReplyStyle) -> str | None:
    """The text within the style's limits: its first sentences, whole; None where not even one fits."""
    if style.allow(text):
        return text
    kept = text
    for sentence in reversed(sentences(text)):
        kept = kept[: kept.rfind(sentence)].rstrip()
        if kept and style.allow(kept):
            # What only announces the part that is gone says nothing.
            return None if kept.endswith(":") else kept
    return None


_DONE_EN = (
    "refunded|cancel+ed|issued|processed|changed|updated|placed|sent|forwarded|passed|escalated|transferred"
    "|contacted|notified|arranged|scheduled|credited|applied"
)
_DO_EN = (
    "refund|cancel|issue|process|change|update|place|forward|pass|escalate|transfer|connect|contact|notify|arrange"
    "|schedule|credit|apply|call you|check with"
)
_DONE_RU = (
    "оформил|отменил|вернул|изменил|обновил|отправил|передал|перев[её]л|связал|уведомил|назначил|начислил|создал"
    "|заказал|сообщил"
)
_DOING_RU = "передаю|перевожу|соединяю|переключаю|оформляю|отменяю|возвращаю|начисляю"
_WILL_RU = "передам|переведу|соединю|переключу|оформлю|отменю|верну|начислю|свяжусь|уточню у|перезвоню"
_HAND_OVER_KK = "беремін|бердім|жібердім|жіберемін|қосамын|қостым|жолдадым"
_DONE_KK = "қайтардым|қайтарамын|болдырмадым|өзгерттім|рәсімдедім"

_PROMISES = re.compile(
    "|".join(
        (
            # What "I" did or am about to do, and hand-overs; what "we" do by policy stands in a source.
            rf"\b(?:I|we)(?:['’]ve| have) (?:just |now |already )?(?:{_DONE_EN})\b",
            rf"\bI(?:['’]ll| will|['’]m going to| am going to) (?:now )?(?:{_DO_EN})\b",
            r"\b(?:I['’]m|I am|we['’]re|we are) (?:now )?(?:transferr|connect|forward|pass|escalat)ing\b",
            r"\b(?:transferring|connecting) you (?:to|with)\b",
            rf"\bя (?:уже |только что |сейчас )?(?:{_DONE_RU})а?(?:сь|ся)?\b",
            rf"\b(?:{_DOING_RU}|{_WILL_RU})\b",
            r"\b(?:ваш (?:вопрос|запрос)|обращение) (?:уже )?передан\w*",
            rf"\b(?:операторға|маманға|менеджерге|әріптесіме) (?:\w+ )?(?:{_HAND_OVER_KK})",
            rf"\b(?:тапсырысыңызды|ақшаңызды|ақшаны) (?:\w+ )?(?:{_DONE_KK})",
            r"\bмен (?:\w+ ){0,4}(?:болдырмадым|рәсімдедім|өзгерттім|қайтарып бердім|хабарластым)",
        )
    ),
    re.IGNORECASE,
)


def promises(text: str) -> tuple[str, ...]:
    """Actions that the reply says were or will be done by whoever writes; no tool does any."""
    return tuple(dict.fromkeys(match.group() for match in _PROMISES.finditer(text)))


_SHINGLE = 8
_WORD = re.compile(r"\w+")
_INNER_MARKS = re.compile(r"\bcustomer_message\b|</?\w+>|\border:\d+|\[p\d+\]")


def leaks(text: str, instructions: str, inner_names: frozenset[str]) -> bool:
    """Whether the reply shows the inside: eight words running of the instructions, an inner name, a fence."""
    if _INNER_MARKS.search(text) or any(name in text for name in inner_names):
        return True
    return not _shingles(instructions).isdisjoint(_run_of_words(text))


@lru_cache(maxsize=16)
def _shingles(instructions: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_run_of_words(instructions))


def _run_of_words(text: str) -> Iterable[tuple[str, ...]]:
    forms = _WORD.findall(text.lower())
    return (tuple(forms[at : at + _SHINGLE]) for at in range(len(forms) - _SHINGLE + 1))


def unknown_placeholders(text: str) -> tuple[str, ...]:
    """Placeholders that stand for nothing; the customer must never see one."""
    return tuple(PLACEHOLDER.findall(text))


def form_problems(text: str, instructions: str, inner_names: frozenset[str]) -> list[str]:
    """What is wrong with a text whatever its sources."""
    problems = [f"promises an action: {promise}" for promise in promises(text)]
    problems += [f"unknown placeholder: {name}" for name in unknown_placeholders(text)]
    if leaks(text, instructions, inner_names):
        problems.append("shows the instructions")
    return problems


_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_RUSSIAN = re.compile(
    r"\b(?:что|это|для|вы|вас|ваш\w*|если|или|мы|можно|можете|при|как|чтобы|по|не)\b", re.IGNORECASE
)


def wrong_language(text: str, language: str) -> bool:
    """Whether the reply is plainly not in `language`: a rough look at its letters, for ru, kk and en."""
    base = language.partition("-")[0]
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic + latin < 20:
        return False
    if base == "en":
        return cyrillic > latin
    if base not in ("ru", "kk"):
        return False
    if latin > cyrillic:
        return True
    kazakh = len(_KAZAKH.findall(text)) / max(cyrillic, 1)
    # Kazakh prose has these letters in every second word; a Russian text only in a name.
    return kazakh < 0.02 and bool(_RUSSIAN.search(text)) if base == "kk" else kazakh > 0.08


def in_language(text: str, language: str) -> bool:
    """Whether it is not plainly in another language; addresses are of none."""
    return not wrong_language(figures.set_apart(text)[1], language)
