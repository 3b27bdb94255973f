"""Dates and durations in ru, kk and en."""

from datetime import date

from frontdesk.phrases.say import supported_language


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MONTHS = {
    "ru": _list("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    "kk": _list("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
    "en": _list("January February March April May June July August September October November December"),
}
_KK_IN_MONTH = _list(
    "қаңтарда ақпанда наурызда сәуірде мамырда маусымда "
    "шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда"
)
_NEAR = {
    "ru": {-1: "вчера", 0: "сегодня", 1: "завтра"},
    "kk": {-1: "кеше", 0: "бүгін", 1: "ертең"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def say_date(day: date, language: str | None, today: date) -> str:
    """`сегодня`, `14 марта`, `14 March 2027`: the year only where it is not this one."""
    code = supported_language(language)
    near = _NEAR[code].get((day - today).days)
    if near:
        return near
    month = _MONTHS[code][day.month - 1]
    if day.year == today.year:
        return f"{day.day} {month}"
    if code == "kk":
        return f"{day.year} жылғы {day.day} {month}"
    return f"{day.day} {month} {day.year} года" if code == "ru" else f"{day.day} {month} {day.year}"


def say_on(day: date, language: str | None, today: date) -> str:
    """The date of an event: `on 14 March`, `14 наурызда`."""
    code = supported_language(language)
    phrase = say_date(day, code, today)
    if phrase in _NEAR[code].values() or code == "ru":
        return phrase
    if code == "en":
        return f"on {phrase}"
    return phrase.removesuffix(_MONTHS["kk"][day.month - 1]) + _KK_IN_MONTH[day.month - 1]


def say_duration(minutes: int, language: str | None) -> str:
    """`15 минут`, `2 часов`, `1 сағат`, `30 minutes`, as they stand after "within"; hours are whole."""
    code = supported_language(language)
    hours = minutes >= 60
    number = max(1, round(minutes / 60)) if hours else max(1, minutes)
    if code == "kk":
        return f"{number} {'сағат' if hours else 'минут'}"
    if code == "en":
        return f"{number} {'hour' if hours else 'minute'}{'' if number == 1 else 's'}"
    singular = number % 10 == 1 and number % 100 != 11
    if hours:
        return f"{number} {'часа' if singular else 'часов'}"
    return f"{number} {'минуты' if singular else 'минут'}"
