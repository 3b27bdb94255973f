"""What articles state: sentences and table cells with a figure or a condition, each with what it is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from frontdesk.kit import figures
from frontdesk.kit.plain import plain
from frontdesk.kit.words import fold, sentences
from frontdesk.knowledge import analysis
from frontdesk.knowledge.chunks import Chunk
from frontdesk.knowledge.stopwords import STOP_WORDS

_LONGEST = 400
"""Characters; a longer sentence says more than one thing."""
_CELLS = re.compile(r"; ")
_CELL = re.compile(r"([^:;]{1,60}): (.+)")
_NEGATION = re.compile(
    # Written as `fold` leaves them; "not later than" and "not only" deny nothing.
    r"\b(?:не(?! (?:только|позднее|позже|более|менее|больше|меньше|реже|чаще|ниже|выше)\b)|нельзя|нет"
    r"|невозможн\w+|запрещ\w+|исключ\w+|not(?! (?:only|later|more|less)\b)|no(?! (?:later|more|less)\b)"
    r"|cannot|can't|never|n't|болмайды|жок|емес|\w{3,}(?:майды|мейді|мейди|байды|бейди|пайды|пейди))\b"
)
_FREE = re.compile(r"(?<!\w)(?:бесплатн\w*|тегин|free)\b")
_PERMISSION = re.compile(
    r"\b(?:можно|можете|возможн\w+|разреш\w+|допуск\w+|принима\w+|подлеж\w+|can|may|allowed|accepted|болады|рұқсат|рухсат)\b"
)
_OF_TITLE = re.compile(
    r"\W*(?:он|она|оно|они|его|ее|их|это|эта|этот|эти|цена|стоимость|гарантия|it|its|they|their"
    r"|this|these|price|the price|warranty|ол|бул|оны|онын|олар|багасы|куны|кепилдиги)\b"
)
_GENERIC = """
течение составлять составляет занимает занимать можно возможно возможен нужно должен должна обычно примерно срок
срока дня равен равна равно всего также максимум минимум лет день дней рабочих календарных час часов минут месяц
месяцев неделя недель год тенге процентов takes take can within may usually up about day days business working
hour hours minute minutes month months week weeks year years tenge percent болады ишинде алады турады кун жумыс
сагат минут ай апта жыл тенге пайыз дейин
"""
_GENERIC_TITLE = """
вопросы вопрос ответы ответ правила правило условия порядок информация общие общая главное часто задаваемые памятка
политика магазин магазина магазине компания товар товара товаров товары заказ заказа заказов покупка покупки
покупатель покупателям faq questions answers rules policy terms conditions general information about store shop
company goods product products item items order orders customers сурактар жауаптар ереже ережелери шарттары туралы
акпарат дукен компания тауар тауарлар тапсырыс
"""


@dataclass(frozen=True, slots=True)
class Statement:
    article: int
    """Its place among the compared ones."""
    text: str
    subject: frozenset[str]
    """The stems of what it is about, without figures and denials."""
    around: frozenset[str]
    """Those of the title and headings that it stands under."""
    numbers: dict[str, frozenset[Decimal]]
    """By what they count."""
    times: frozenset[str]
    days: frozenset[tuple[int, int]]
    denies: bool
    allows: bool
    free: bool
    of_title: bool
    """It leaves to the title of what it is: `It costs ...`, `Price: ...`."""

    @property
    def says_something(self) -> bool:
        """Whether another can contradict it."""
        return bool(self.numbers or self.times or self.days or self.denies or self.allows or self.free)


def statements(article: int, title: str, language: str, chunks: list[Chunk]) -> Iterator[Statement]:
    """Those of one article that can be compared: about two things at least, with a figure or a condition."""
    generic, generic_titles = _stems_of(_GENERIC, language), _stems_of(_GENERIC_TITLE, language)
    for chunk in chunks:
        around = _stems(f"{title} {chunk.heading}", language) - generic_titles
        for about, sentence in _pieces(chunk.text):
            made = _statement(article, about, sentence, language, around)
            subject = made.subject - generic
            if len(subject) > 1 and made.says_something:
                yield replace(made, subject=subject)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What each piece is about, and what it says: a sentence is both, of a table's row each cell is one."""
    for sentence in sentences(text):
        meant = " ".join(plain(sentence, markup=False).text.split())
        if len(meant) > _LONGEST:
            continue
        cells = [_CELL.fullmatch(cell) for cell in _CELLS.split(meant)]
        if len(cells) < 2 or not all(cells):
            yield "", meant
            continue
        row = [cell.groups() for cell in cells if cell]
        for at, (name, value) in enumerate(row):
            others = " ".join(f"{other} {known}" for place, (other, known) in enumerate(row) if place != at)
            yield f"{others} {name}", f"{row[0][1]}; {name}: {value}" if at else f"{name}: {value}"


def _statement(article: int, about: str, sentence: str, language: str, around: frozenset[str]) -> Statement:
    read = figures.read(sentence)
    numbers: dict[str, frozenset[Decimal]] = {}
    for number in read.numbers:
        if number.unit is not None:
            numbers[number.unit] = numbers.get(number.unit, frozenset()) | number.values
    folded = fold(sentence)
    subject = (
        _stems(about, language, with_numbers=True) if about else _stems(_NEGATION.sub(" ", folded), language)
    )
    return Statement(
        article, sentence, subject, around, numbers, read.times,
        frozenset((day.day, day.month) for day in read.days),
        bool(_NEGATION.search(folded)), bool(_PERMISSION.search(folded)), bool(_FREE.search(folded)),
        bool(_OF_TITLE.match(folded)),
    )  # fmt: skip


def _stems(text: str, language: str, with_numbers: bool = False) -> frozenset[str]:
    kept = (
        word
        for word in analysis.content_words(text, language)
        if with_numbers or not any(character.isdigit() for character in word)
    )
    free = {word for word in kept if not _FREE.fullmatch(word)}
    return frozenset(analysis.stem(word, language) for word in free - STOP_WORDS.get(language, frozenset()))


@cache
def _stems_of(words: str, language: str) -> frozenset[str]:
    return frozenset(analysis.stem(fold(word), language) for word in words.split())
