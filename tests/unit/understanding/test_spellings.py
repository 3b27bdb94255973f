"""Any spelling of a message is read like the message itself."""

import html
import random
import re
import unicodedata
from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.local.reader import LocalReader

READER = LocalReader(today=lambda: date(2026, 4, 1))
MESSAGES = (
    "Ваша колонка загорелась ночью, дочь обожгла руку!",
    "С моей карты мошенники сняли 84 500 тг, номер заказа KZ-2026-00311",
    "Буду писать заявление в суд, если не вернёте 320 000 тенге",
    "Маған тірі адам керек, оператормен сөйлескім келеді",
    "Тапсырысым 40512 әлі келмеді, 8 701 000 00 03 нөміріне хабарласыңыз",
    "Позвоните мне: +7 701 000-00-04, заказ №77812 от 03.03.2026",
    "Refund me $650 for order ORD-20990, or I will see you in court",
    "How long does delivery to Almaty take?",
    "Здравствуйте, скажите, пожалуйста, когда приедет курьер?",
)
CHANCE = random.Random()
_AS_LATIN = dict(zip("асеорхуіһәАВСЕНКМОРТХ", "aceopxyihəABCEHKMOPTX", strict=True))
_ONLY_RUSSIAN = re.compile("[бвгджзийлнптфцчшщъыьэюяқғңұүө]")


def _within_words(sign: str) -> Callable[[str], str]:
    return lambda text: re.sub(
        r"(?<=[^\W\d_])(?=[^\W\d_])", lambda _: sign if CHANCE.random() < 0.3 else "", text
    )


def _look_alike(text: str) -> str:
    def typed(word: re.Match[str]) -> str:
        letters = word.group()
        if not _ONLY_RUSSIAN.search(letters):
            return letters
        return "".join(_AS_LATIN.get(c, c) if CHANCE.random() < 0.7 else c for c in letters)

    return re.sub(r"[^\W\d_]+", typed, text)


def _as_html(text: str) -> str:
    return f"<div><p>{html.escape(text).replace(' ', '&nbsp;')}</p></div>"


SPELLINGS: tuple[Callable[[str], str], ...] = (
    _within_words("\u00ad"),
    _within_words("\u200b"),
    _within_words("\u2060"),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\u2009"),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.replace("-", "–"),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text),
    _look_alike,
    lambda text: f"\ufeff{text}\r\n",
)
LAST: tuple[Callable[[str], str], ...] = (
    str,
    _as_html,
    lambda text: f"{text}\n\nС уважением,\nАсель",
    lambda text: f"{text}\n\nSent from my iPhone",
    lambda text: f"{text}\n-- \nIvan Petrov",
)


def _key(reading: Reading) -> object:
    kinds = (
        EntityType.AMOUNT,
        EntityType.ORDER_NUMBER,
        EntityType.PHONE,
        EntityType.DATE,
        EntityType.PRODUCT,
    )
    named = [
        (entity.type, entity.value, entity.currency) for entity in reading.entities if entity.type in kinds
    ]
    return reading.language, reading.risk, reading.escalation_reason, reading.tags, reading.category, named


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(MESSAGES),
    st.lists(st.sampled_from(SPELLINGS), max_size=3, unique=True),
    st.sampled_from(LAST),
    st.integers(0, 1_000_000),
)
def test_a_message_is_read_alike_however_it_is_spelled(
    message: str, spellings: list[Callable[[str], str]], last: Callable[[str], str], seed: int
) -> None:
    CHANCE.seed(seed)
    spelled = message
    for spelling in spellings:
        spelled = spelling(spelled)
    spelled = last(spelled)
    reading = READER.analyse(spelled)
    assert _key(reading) == _key(READER.analyse(message))
    for entity in reading.entities:
        assert spelled[entity.start : entity.end] == entity.text
