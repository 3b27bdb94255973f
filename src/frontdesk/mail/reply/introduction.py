"""Lines by which mail programs introduce a quote: “On … wrote:”, “… пишет:”, “… жазды:”."""

import re
from collections.abc import Sequence
from enum import Enum

from frontdesk.mail.reply.lines import Line

_MOST_LINES = 5
_LONGEST = 350


class Strength(Enum):
    NONE = 0
    WEAK = 1
    """Only where quoted lines follow: people write such sentences too."""
    STRONG = 2


_WEEKDAY = (
    r"(?:пн|вт|ср|чт|пт|сб|вс|дс|сс|ср|сн|бс|жм|жк|mon|tue|wed|thu|fri|sat|sun)\b\.?|"
    r"(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|"
    r"дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday)\b"
)
_MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|mär|okt|dez|mayıs|ocak|avr|juin|juil|août)"
)
_START = re.compile(
    rf"^[\W_]{{0,12}}(?:on|в|во|от|am|le|el|il|em|op|på|vào|den|dnia|w dniu|quoting|цитирую|цитата от)\b\s|"
    rf"^[\W_]{{0,12}}(?:{_WEEKDAY})|"
    rf"^[\W_]{{0,12}}\d{{1,2}}(?:[./-]\d{{1,2}}[./-]\d{{2,4}}|:\d{{2}}|(?:st|nd|rd|th|-?го)?\.?,?\s{_MONTH})|"
    r"^[\W_]{0,12}(?:19|20)\d\d(?:[-./]\d{1,2}|\s?ж|\s?г|\s\w)|"
    rf"^[\W_]{{0,12}}{_MONTH}[^\W\d_]{{0,8}}\.?\s\d{{1,2}}\b|"
    r"^[\W_]{0,12}(?:вы\s(?:писали|написали)|сіз\sжаз|you\swrote|пользователь|кому:)",
    re.IGNORECASE,
)
_YOU_WROTE = re.compile(r"^[\W_]{0,12}(?:вы\s(?:писали|написали)|сіз\sжаз|you\swrote)", re.IGNORECASE)
"""The Bat! introduces a quote so; its date tells it from a sentence of the sender's own."""
_NAME_START = re.compile(r"^[\"«“'*]?[^\W\d_][\w.'’-]{0,30}(?:[ ,]{1,2}[\w.'’«»\"-]{1,30}){0,5}$")
_VERB = (
    r"(?:wrote|writes|said|sent|geschreven|đã viết|написал(?:а|и|\(-?[аи]\))?|пишет|писал(?:а|и|\(-?[аи]\))?|жазды|"
    r"жазған|жазып жіберді|жазады|"
    r"schrieb|a écrit|escribió|escreveu|ha scritto|yazdı|yazmış|yozdi|napisał(?:a|\(a\))?|skrev|schreef)"
)
_ENDS_WITH_VERB = re.compile(
    rf"(?:^|[\s>\"»)\],.]){_VERB}(?:\s?\([^()]{{1,40}}\))?\s?[:：]?[\s-]{{0,10}}$", re.IGNORECASE
)
_HAS_VERB = re.compile(rf"(?:^|[\s>\"»)\]]){_VERB}(?=[\s:：]|$)", re.IGNORECASE)
_VERB_AND_TEXT = re.compile(rf"[\s>\"»)\]]({_VERB}\s?:)\s+\S", re.IGNORECASE)
_OLD_GMAIL = re.compile(
    r"^(?:19|20)\d\d[/-]\d{1,2}[/-]\d{1,2} [^<>\n]{0,80}<[^\s<>@]{1,100}@[^\s<>]{1,100}>$"
)
_DASHED = re.compile(rf"^-{{3,}} ?\S.{{0,200}}\s{_VERB} ?:?-{{3,}}$", re.IGNORECASE)
_ENDS_WITH_COLON = re.compile(r"[:：]\s?-{0,10}$")
_AT = re.compile(r"[^\s<>()\[\]:\"]@[^\s<>()\[\]:\"]")
_NAME_LONGEST = 85
_LAST = frozenset(":：->")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_DAY = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th|-?го)?[\s.]{{1,2}}{_MONTH}|{_MONTH}[^\W\d_]{{0,8}}\.?\s\d{{1,2}}|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")
_PERSON = re.compile(
    r"\b(?:you|your|yours|he|she|they|we|i|me|my|operator|agent|manager|courier|"
    r"вы|ваш|ваша|ваши|вашего|мне|мы|я|он|она|они|наш|оператор|менеджер|курьер|сіз|сіздің|мен|маған|оператор)\b",
    re.IGNORECASE,
)


def introduction_at(lines: Sequence[Line], place: int) -> tuple[int, Strength]:
    """How many lines from here introduce a quote, and how surely; (0, NONE) where none does."""
    if lines[place].is_blank or not lines[place].is_own:
        return 0, Strength.NONE
    text = ""
    for count in range(1, _MOST_LINES + 1):
        if place + count > len(lines):
            break
        line = lines[place + count - 1]
        if line.is_blank or not line.is_own:
            break
        # A mail that was torn out of its encoding has lines that end with a soft break.
        text = f"{text[:-1]}{line.bare}" if text.endswith("=") else f"{text} {line.bare}".lstrip()
        if len(text) > _LONGEST:
            break
        if line.bare[-1] not in _LAST and not _ENDS_WITH_VERB.search(line.bare[-60:]):
            continue
        if (strength := _strength(text)) is not Strength.NONE:
            return count, strength
    return 0, Strength.NONE


def _strength(text: str) -> Strength:
    colon = bool(_ENDS_WITH_COLON.search(text))
    ends = bool(_ENDS_WITH_VERB.search(text))
    if not (ends or colon):
        return Strength.WEAK if _OLD_GMAIL.match(text) else Strength.NONE
    if _PERSON.search(text) and not _AT.search(text) and not _YOU_WROTE.match(text):
        return Strength.NONE
    if _DASHED.match(text):
        return Strength.STRONG if _TIME.search(text) and _DAY.search(text) else Strength.WEAK
    if not _START.match(text) and not _begins_with_address(text):
        return Strength.WEAK if ends and colon and _is_name(text) else Strength.NONE
    address, time = bool(_AT.search(text)), bool(_TIME.search(text))
    day = bool(_DAY.search(text))
    if not ends:
        return _without_verb(text, address, day and time)
    if address and (day or time or colon):
        return Strength.STRONG
    if day and time and _YEAR.search(text) and colon:
        return Strength.STRONG
    return Strength.WEAK if colon else Strength.NONE


def _without_verb(text: str, address: bool, moment: bool) -> Strength:
    """Gmail, Yandex and Mail.ru in Russian end with the address; some programs put the verb before the date."""
    if address and moment:
        return Strength.STRONG
    return Strength.WEAK if moment else Strength.NONE


def _begins_with_address(text: str) -> bool:
    """`Aurora Support <help@shop.example> …`: a name, and at once the address."""
    at = _AT.search(text, 0, _NAME_LONGEST + 100)
    if at is None:
        return False
    name = text[: at.start()].rpartition(" ")[0]
    return len(name) <= _NAME_LONGEST and not (set(name) & set("<>:@"))


def _is_name(text: str) -> bool:
    """`Aurora Support wrote:`, with nothing but a name before the verb."""
    verb = _HAS_VERB.search(text)
    return bool(verb and _NAME_START.match(text[: verb.start()].strip()))


def text_behind(text: str) -> int:
    """Where the quoted text begins that shares a line with its introduction; 0 where none does."""
    for verb in _VERB_AND_TEXT.finditer(text):
        head = text[: verb.end(1)]
        if _AT.search(head) and _TIME.search(head) and _strength(head.strip()) is Strength.STRONG:
            return verb.end(1)
    return 0
