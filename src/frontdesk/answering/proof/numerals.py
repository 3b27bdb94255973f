"""Numbers in words, as digits, where they count something."""

import re

from frontdesk.answering.proof.lexicon import flat
from frontdesk.answering.proof.quantity import AFTER

_WORDS: dict[str, int] = {
    flat(word): value
    for value, words in {
        1: "one один одну одного одной одна бір",
        2: "two два две двух двум екі",
        3: "three три трёх трем үш",
        4: "four четыре четырёх төрт",
        5: "five пять пяти бес",
        6: "six шесть шести алты",
        7: "seven семь семи жеті",
        8: "eight восемь восьми сегіз",
        9: "nine девять девяти тоғыз",
        10: "ten десять десяти он",
        11: "eleven одиннадцать одиннадцати",
        12: "twelve двенадцать двенадцати",
        13: "thirteen тринадцать тринадцати",
        14: "fourteen четырнадцать четырнадцати",
        15: "fifteen пятнадцать пятнадцати",
        16: "sixteen шестнадцать шестнадцати",
        18: "eighteen восемнадцать восемнадцати",
        20: "twenty двадцать двадцати жиырма",
        21: "twenty-one",
        24: "twenty-four",
        30: "thirty тридцать тридцати отыз",
        40: "forty сорок сорока қырық",
        45: "forty-five",
        50: "fifty пятьдесят пятидесяти елу",
        60: "sixty шестьдесят шестидесяти алпыс",
        90: "ninety девяносто тоқсан",
        100: "hundred сто ста жүз",
    }.items()
    for word in words.split()
}
_SPELLED = re.compile(
    rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:[ -]({'|'.join(_WORDS)}))?\b"
)
_ALONE = re.compile(
    r"\b(?:a|an|per|one full)\s"
    r"(?=(?:whole |full |business |working |calendar )?(?:week|month|year|day|hour|minute|percent)\b)"
    r"|(?<=за )(?=(?:недел|месяц|год|час|сутки|день))|(?<=течение )(?=(?:недели|месяца|года|часа|суток|дня)\b)"
    r"|(?:(?<=действует )|(?<=действуют ))(?=(?:год|месяц|неделю)\b)"
    r"|(?<=через )(?=(?:неделю|месяц|год|час|сутки|день))"
)
_GOES_ON = re.compile(rf"\s?(?:-|–|to|or|до|или|немесе)\s?(?:\d|{'|'.join(_WORDS)})")
_LIST = re.compile(r"\b\d+(?:(?:,| or| или| немесе| and| и| жане)\s\d+){1,20}(?=\s?[^\W\d_])")
_BETWEEN = re.compile(r"(?:,| or| или| немесе| and| и| жане)\s")
_AND_MORE = re.compile(
    r"\s(?:or|and) (?:more|above|over|up)\b|\sи (?:более|выше|больше|дороже)\b"
    r"|\s(?:жане )?одан (?:да )?(?:коп|жогары|астам)\b"
)
_HALF_YEAR = re.compile(r"\bполгода\b|\bполугода\b|\bhalf a year\b|\bжарты жыл\b")
_TWO_WEEKS = re.compile(r"\bfortnight\b")


def written_out(text: str) -> str:
    """With numbers in words as digits, where they count something."""
    text = _TWO_WEEKS.sub("14 days", _HALF_YEAR.sub("6 months", text))

    def digits(match: re.Match[str]) -> str:
        first, second = _WORDS[match[1]], _WORDS[match[2]] if match[2] else 0
        tail = text[match.end() : match.end() + 40]
        if not (AFTER.match(tail) or _GOES_ON.match(tail)):
            return match.group()
        joined = "-" not in match.group() or first >= 20
        if second == 100 or (joined and first >= 10 > second > 0 and first % 10 == 0):
            return str(first * second if second == 100 else first + second)
        return f"{first}-{second}" if second else str(first)

    text = _ALONE.sub("1 ", _SPELLED.sub(digits, text))
    return _AND_MORE.sub("+", _LIST.sub(lambda match: _BETWEEN.sub("/", match.group()), text))
