"""Numbers in words, in Russian, Kazakh and English: `двести пятьдесят тысяч`, `екі жүз мың`, `two hundred`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.kit.words import Word, words

_SMALL = {
    1: "один одна одну одного одной бир one",
    2: "два две двух еки two",
    3: "три трех уш three",
    4: "четыре четырех торт four",
    5: "пять пяти бес five",
    6: "шесть шести алты six",
    7: "семь семи жети seven",
    8: "восемь восьми сегиз eight",
    9: "девять девяти тогыз nine",
    10: "десять десяти он ten",
    11: "одиннадцать одиннадцати eleven",
    12: "двенадцать двенадцати twelve",
    13: "тринадцать тринадцати thirteen",
    14: "четырнадцать четырнадцати fourteen",
    15: "пятнадцать пятнадцати fifteen",
    16: "шестнадцать шестнадцати sixteen",
    17: "семнадцать семнадцати seventeen",
    18: "восемнадцать восемнадцати eighteen",
    19: "девятнадцать девятнадцати nineteen",
    20: "двадцать двадцати жиырма twenty",
    30: "тридцать тридцати отыз thirty",
    40: "сорок сорока кырык forty fourty",
    50: "пятьдесят пятидесяти елу fifty",
    60: "шестьдесят шестидесяти алпыс sixty",
    70: "семьдесят семидесяти жетпис seventy",
    80: "восемьдесят восьмидесяти сексен eighty",
    90: "девяносто девяноста токсан ninety",
    100: "сто ста",
    200: "двести двухсот",
    300: "триста трехсот",
    400: "четыреста четырехсот",
    500: "пятьсот пятисот",
    600: "шестьсот шестисот",
    700: "семьсот семисот",
    800: "восемьсот восьмисот",
    900: "девятьсот девятисот",
}
_VALUE = {form: value for value, forms in _SMALL.items() for form in forms.split()}
_HUNDRED = frozenset({"жуз", "hundred"})
_SCALE = {
    **dict.fromkeys(["тысяча", "тысячи", "тысячу", "тысяч", "мын", "thousand"], 10**3),
    **dict.fromkeys(["миллион", "миллиона", "миллионов", "млн", "million"], 10**6),
}
_HALF = {"полмиллиона": 500_000, "полтысячи": 500, "пол-миллиона": 500_000}
_ONE_AND_HALF = frozenset({"полтора", "полторы"})
_JOINING = frozenset({"and"})
_BORDER = re.compile(r"[^\s-]")
_CUES = (
    "тысяч", "миллион", "полтор", "двест", "двухсот", "трист", "трехсот", "четырест", "сот ", "сто ", "дцат", "десят",
    "сорок", "девяност", "мың", "мын ", "жүз", "жуз ", "елу", "алпыс", "hundred", "thousand", "million", "fifty",
    "twenty", "thirty", "forty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
"""A plain look for these finds nothing in most texts."""


class NumberInWords(NamedTuple):
    value: int
    start: int
    end: int
    scaled: bool
    """Of thousands or more."""


def find_numbers_in_words(text: str) -> Iterator[NumberInWords]:
    """The longest run of number words at each place; single small ones are no numbers here."""
    lowered = text.lower()
    if not any(cue in lowered for cue in _CUES):
        return
    run: list[Word] = []
    for word in words(text):
        apart = run and _BORDER.search(text[run[-1].end : word.start])
        if run and (apart or not _continues(word.form)):
            yield from _number(text, run)
            run = []
        if _begins(word.form):
            run.append(word)
    yield from _number(text, run)


def _begins(form: str) -> bool:
    return _continues(form) and form not in _JOINING


def _continues(form: str) -> bool:
    return (
        form in _VALUE
        or form in _HUNDRED
        or form in _SCALE
        or form in _HALF
        or form in _ONE_AND_HALF
        or form in _JOINING
    )


def _number(text: str, run: list[Word]) -> Iterator[NumberInWords]:
    total, part, scaled = 0.0, 0.0, False
    for form in (word.form for word in run):
        if form in _HALF:
            total += _HALF[form]
            scaled = True
        elif form in _ONE_AND_HALF:
            part = 1.5
        elif form in _SCALE:
            total += max(1, part) * _SCALE[form]
            part, scaled = 0, True
        elif form in _HUNDRED:
            part = max(1, part) * 100
        else:
            part += _VALUE.get(form, 0)
    value = int(total + part)
    # `250 тысяч` is a number in figures.
    if run and value >= 20 and not text[: run[0].start].rstrip()[-1:].isdigit():
        yield NumberInWords(value, run[0].start, run[-1].end, scaled)
