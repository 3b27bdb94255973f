"""Numbers of orders in a plain text: each is found whole, or not at all."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_STEMS = ("зака", "order", "тапсырыс", "zakaz", "tapsyrys", "tapsiris", "покупк", "purchase", "сатып алу")
ORDER_WORD = (
    r"(?:зака[зс][^\W\d_]*|order(?:s|ed)?|тапсырыс[^\W\d_]*|zakaz[^\W\d_]*|tapsyrys[^\W\d_]*|tapsiris[^\W\d_]*"
    r"|покупк[^\W\d_]*|purchase|сатып алу[^\W\d_]*)"
)
_NUMBER_WORD = (
    r"(?:n(?= ?\d{4,7}(?!\d))|номер[^\W\d_]*|нөмір[^\W\d_]*|номир[^\W\d_]*|nomer[^\W\d_]*|nomir[^\W\d_]*"
    r"|number|num|no\.?|nr\.?|№|#|n°|под номером)"
)
_SPACED = r"\d{1,3}(?: \d{3})+"
_CODE = (
    r"[A-Za-zА-Я][A-Za-zА-Я0-9]{0,4}-\d{2,12}(?:[-/]\d{1,8})*|[A-Za-zА-Я]{1,5}\d{3,12}(?:[-/]\d{1,8})*"
    r"|[A-Za-z]\d[A-Za-z][-/]\d{3,10}|\d{3,12}-[A-Z]{1,4}(?![\w-])|\d{3,12}(?:[-/]\d{1,8})*|\d{1,2}-\d{4,8}"
)
_END = r"(?![\w%]|[-/][A-Za-z0-9]|[.,]\d)"
_AFTER = re.compile(
    r"(?!(?:зака[зс](?:ал|ыв|ать)\w*|ordered)\s\d{3,4}\s[^\W\d_])"
    r"(?!orders?\s\d+\s(?:pieces|pcs|units|items|pairs|boxes|sets|more)\b)"
    rf"(?<!\w){ORDER_WORD}[\s:,(-]{{0,3}}(?:(?:{_NUMBER_WORD}|id|код[^\W\d_]*|code|ref|is|был|was|my|мой|ретінде)[\s:.-]{{0,3}}){{0,3}}"
    rf"(?P<codes>(?:{_CODE}){_END}(?:(?:\s?,\s?|\s(?:and|и|және|or|или)\s|,?\s(?:and|и|және)\s)[#№]?(?:{_CODE}){_END})*)",
    re.IGNORECASE,
)
"""In `заказал 300 салфеток` the number is a quantity, not an order."""
_AFTER_SPACED = re.compile(
    rf"(?<!\w)(?:(?:заказ(?:а|у|е|ом)?|тапсырыс\w*|orders?|zakaz)[\s:,(-]{{0,3}}(?:{_NUMBER_WORD}[\s:.-]{{0,3}})?|[№#] ?)"
    rf"(?P<codes>{_SPACED}){_END}(?!\s?(?:шт|штук|дана|pcs|pieces|items))",
    re.IGNORECASE,
)
"""`заказ 54 321`"""
_BEFORE = re.compile(
    rf"(?<![\w.,:/-])(?P<codes>(?:(?:{_CODE})(?:,\s?|\s(?:және|and|и)\s)){{0,3}}(?:{_CODE}))(?:-?(?:ші|шы|й|го|нөмірлі|номерли))?\s(?:нөмірлі\s)?(?={ORDER_WORD})",
    re.IGNORECASE,
)
_NEAR = re.compile(
    rf"{ORDER_WORD}[^.!?\n\d]{{1,30}}?(?:[(:]|\bis|{_NUMBER_WORD})\s{{0,2}}(?P<codes>(?:[A-Za-z]{{1,5}}-)?\d{{5,10}})(?![\w%/-])",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"(?<!\w)(?:#|№|n°)\s?(?P<codes>{_CODE}){_END}", re.IGNORECASE)
_PREFIXED = re.compile(
    r"(?<![\w-])(?P<codes>(?:[A-Z]{2,5}-\d{3,10}|[A-Z]-\d{4,10})(?:-\d{1,8})*)(?!\w|-[A-Za-z0-9])"
)
_PREFIXED_LOW = re.compile(
    r"(?<![\w./@-])(?P<codes>(?:[a-z]{2,4}-\d{4,10}|[a-z]{2,4}-\d{4}-\d{3,8})(?:-\d{1,8})*)(?!\w|-[A-Za-z0-9]|\.\w)"
)
"""As people type `DL-4470` on a phone."""
_UNNAMED = (_PREFIXED, _PREFIXED_LOW)
"""Codes that nothing near them names as an order's."""
_OF_DELIVERY = re.compile(
    r"курьер|доех|доедет|дош[её]л|дошл|пропал|потер|gde\b|jetkiz|zhetkiz|достав|привез|привёз|посылк|заказ|получ|отмен|deliver|courier|parcel|order|тапсырыс|жеткіз|сәлемдеме|келмеді"
    r"|пришел|пришёл|приш|жду|где\b|қайда|where|zakaz|статус|status",
    re.IGNORECASE,
)
_WITH_ORDER_WORD = (_AFTER, _BEFORE, _NEAR)
_OTHER_NUMBERED = (
    r"ticket|тикет|обращени\w*|өтініш\w*|заявк\w*|претензи\w*|жалоб\w*|шағым\w*|сч[её]т\w*|invoice|шот\w*|чек\w*|receipt|платеж\w*|payment"
    r"|накладн\w*|договор\w*|contract|квартир\w*|apartment|flat|дом|пәтер\w*|офис\w*|office|магазин\w*|store|shop|дүкен\w*|касс\w*|пункт\w*"
    r"|пвз|постамат\w*|школ\w*|мектеп\w*|room|кабинет\w*|модел\w*|model|серийн\w*|serial|артикул\w*|sku|код\w*|code|карт\w*|card|цвет\w*|colou?r"
    r"|размер\w*|size|ошибк\w*|error|қате\w*|иин|жсн|бин|бсн|iin|bin|индекс\w*|рейс\w*|flight|верси\w*|version|нұсқа\w*|сборк\w*|build|прошивк\w*"
    r"|firmware|ios|android|windows|паспорт\w*|passport|удостоверени\w*|куәлі\w*"
)
_OTHER_BEFORE = re.compile(
    rf"(?<!\w)(?:{_OTHER_NUMBERED})[\s:№#]*(?:(?:no|nr|number|номер\w*|нөмір\w*)\.?\s)?$", re.IGNORECASE
)
"""A number after such a word does not belong to an order."""
_GOODS_WORDS = """
видеокарт процессор принтер ноутбук телевизор холодильник морозильник кофемашин кофеварк кофемолк стиралк
посудомойк пылесос чайник утюг микроволновк плит духовк вытяжк монитор наушник смартфон планшет час(?:ы|ов)
браслет колонк камер фен блендер миксер мультиварк кондиционер обогревател роутер клавиатур мышк проектор
приставк дрел шуруповерт термопот fridge refrigerator washer dishwasher kettle iron headphones? earbuds monitor
laptop notebook tablet smartphone watch camera router printer vacuum tv speaker blender тоңазытқыш шаңсорғыш
шәйнек құлаққап теледидар телефон phone үтік
"""
_GOODS = re.compile(
    rf"(?<!\w)(?:{'|'.join(_GOODS_WORDS.split())}|стиральн\w+ машин|washing machine)[^\W\d_]*(?: [A-Z][A-Za-z]+)? $",
    re.IGNORECASE,
)
"""A code after goods, with or without their maker, is their model: `чайник Bosch TW-3400`."""
_MODEL = re.compile(
    r"(?:rtx|gtx|rx|gt|ddr|ps|sm|ue|wh|wf|gs|mx|qe|oled|usb|hdmi|lte|iphone|ip|core|ryzen|intel|amd|xbox|redmi|note|lumia|sd|hd"
    r"|uhd|fhd|model|ver|v)-?\d+.*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?<!\w){_NUMBER_WORD}[\s:.]{{0,2}}(?P<codes>(?:[A-Za-z]{{1,5}}-)?\d{{4,10}})(?![\w%-])", re.IGNORECASE
)
_SHORT_MESSAGE = 40
"""Longer messages are not checked for being only a number."""
_ONLY_NUMBER = re.compile(r"\s*+[#№]?\s*+(?P<codes>(?:[A-Za-z]{1,5}-)?\d{4,10})\s*+[.!?]*+\s*+\Z")
_YEAR = re.compile(r"20[0-3]\d\s?(?:г\.|года?|жыл\w*)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d \d{3}")
_HAS_NUMBER = re.compile(r"\d\d")
_ONE_CODE = re.compile(rf"(?<!\d)(?:{_CODE})", re.IGNORECASE)


class FoundOrder(NamedTuple):
    value: str
    """As written, without blanks and `#`."""
    start: int
    end: int


def find_orders(text: str) -> Iterator[FoundOrder]:
    """Those named as orders, and codes that look like an order's; the surest first."""
    if not _HAS_NUMBER.search(text):
        return
    for match in _places(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if _OTHER_BEFORE.search(before) or (match.re in _UNNAMED and _GOODS.search(before)):
            continue
        if match.re is _AFTER_SPACED:
            yield FoundOrder(match["codes"].replace(" ", ""), *match.span("codes"))
            continue
        for code in _ONE_CODE.finditer(text, *match.span("codes")):
            if not _YEAR.match(text, code.start()) and not _MODEL.fullmatch(code.group()):
                yield FoundOrder(code.group(), *code.span())


def _places(text: str) -> Iterator[re.Match[str]]:
    if len(text) < _SHORT_MESSAGE:
        only = _ONLY_NUMBER.match(text)
        if only:
            yield only
    lowered = text.lower()
    ordered = any(stem in lowered for stem in _STEMS)
    if _THOUSANDS.search(text):
        yield from _AFTER_SPACED.finditer(text)
    for pattern in (_AFTER, _BEFORE, _SIGNED, _NEAR, _NUMBERED, _PREFIXED):
        if ordered or pattern not in _WITH_ORDER_WORD:
            yield from pattern.finditer(text)
    for low in _PREFIXED_LOW.finditer(text) if "-" in text else ():
        if _OF_DELIVERY.search(text):
            yield low
