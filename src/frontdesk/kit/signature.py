"""Where a message ends and its signature begins: farewells with a name, `--`, `Sent from my iPhone`."""

import re

from frontdesk.kit.plain import plain

_MOST_LINES = 8
_LONGEST_LINE = 70
_MOST_WORDS = 8
"""A longer line says something."""
_CUES = (
    "sent ", "outlook", "отправлено", "жіберіл", "--", "__", "***", "уважением", "пожеланиями", "благодарностью",
    "искренне", "доброго", "хорошего", "құрметпен", "ниетпен", "сәлеммен", "тілекпен", "regards", "wishes", "sincerely",
    "faithfully", "truly", "cheers", "спасибо", "рахмет", "рақмет", "thank", "best", "all the",
)  # fmt: skip
"""Part of every signature known here: a plain look that finds nothing in most messages."""
_END = 900
"""Characters that a signature has at most."""
_DEVICE = (
    r"(?:iphone|ipad|айфон|андроид|android|samsung|galaxy|huawei|honor|xiaomi|redmi|poco|nokia|pixel|телефон|смартфон"
    r"|мобил|phone|mobile|device|устройств|құрылғы|outlook|mail|yahoo|gmail|почт|пошта|windows|blackberry|яндекс|yandex)"
)
_FOOTER = re.compile(
    rf"[ \t]*(?:sent (?:from|via|with|using)\b[^\n]{{0,40}}{_DEVICE}[^\n]{{0,40}}|get outlook for \w+"
    rf"|отправлено (?:с|со|из|через|от)\b[^\n]{{0,40}}{_DEVICE}[^\n]{{0,40}}"
    rf"|[^\n.!?]{{0,40}}{_DEVICE}[^\n.!?]{{0,30}}жіберілді[.]?|жіберілді:?[^\n]{{0,20}}{_DEVICE}[^\n]{{0,30}})[ \t]*",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]*(?:-{2,}|_{2,}|\*{3,})[ \t]*")
_FAREWELL = (
    r"(?:с (?:большим |глубоким |искренним )?уважением|с (?:наи)?лучшими пожеланиями|с благодарностью|искренне ваша?"
    r"|всего (?:вам )?(?:доброго|хорошего)|құрметпен|ізгі ниетпен|сәлеммен|зор құрметпен|ізгі тілекпен"
    r"|(?:best|kind|warm|kindest|with kind|with best) regards|regards|best wishes|all the best"
    r"|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|cheers)"
)
_THANKS = (
    r"(?:(?:заранее )?(?:большое )?спасибо|(?:алдын ала )?(?:көп )?ра[хқ]мет"
    r"|many thanks|thanks(?: in advance)?|thank you|best)"
)
_NAME = r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w'’.-]{0,30}(?:[ \t]++|$)){1,4}"
_GOODBYE_LINE = re.compile(rf"[ \t]*(?i:{_FAREWELL})[ \t]*+[,.!:-]*+[ \t]*+(?:{_NAME})?[ \t]*+[.,!]?")
_GOODBYE_AT_END = re.compile(rf"(?<=[.!?…])[ \t]+(?i:{_FAREWELL})[ \t]*[,.!:-]?[ \t]+{_NAME}$")
_THANKS_LINE = re.compile(rf"[ \t]*(?i:{_THANKS})[ \t]*+[,.!]?[ \t]*+")
_NAME_LINE = re.compile(
    rf"[ \t]*(?:(?:ТОО|ИП|АО|ЖШС|LLP|LLC) )?(?:[«\"][^\n]{{1,40}}[»\"]|{_NAME})[ \t]*+[.,]?[ \t]*+"
)
_ADDRESS = re.compile(r"^[ \t]*(?:тел|phone|tel|mob|моб)|@|\d{3}[ -]?\d{2}[ -]?\d{2}|www\.", re.IGNORECASE)
_SUBSTANCE = re.compile(
    r"\?|^[ \t]*(?:p\.? ?s\b|п\.? ?с\b|зы\b)|(?:зака[зс]|order|тапсырыс|zakaz)\w*[ №#:]*\d", re.IGNORECASE
)


def message_of(text: str) -> str:
    """What a text of any spelling says: plain, and without its signature."""
    meant = plain(text).text
    return meant[: body_end(meant)]


def body_end(text: str) -> int:
    """How much of a plain text is the message itself; all of it where a signature is not certain."""
    tail = text[-_END:].lower()
    if not any(cue in tail for cue in _CUES):
        return len(text)
    lines = text.split("\n")
    end = _without_footers(lines, len(lines))
    for at in range(max(1, end - _MOST_LINES), end):
        if _begins_signature(lines, at, end):
            end = _without_footers(lines, at)
            break
    end = _without_blank(lines, end)
    if not end:
        return len(text)
    body = len("\n".join(lines[:end]))
    goodbye = _GOODBYE_AT_END.search(text, max(0, body - 2 * _LONGEST_LINE), body)
    return goodbye.start() if goodbye else body


def _without_blank(lines: list[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _without_footers(lines: list[str], end: int) -> int:
    end = _without_blank(lines, end)
    while end > 1 and _FOOTER.fullmatch(lines[end - 1]):
        end = _without_blank(lines, end - 1)
    return end


def _begins_signature(lines: list[str], at: int, end: int) -> bool:
    rest = [line for line in lines[at + 1 : end] if line.strip()]
    if not all(map(_is_short, rest)):
        return False
    named = bool(rest) and bool(_NAME_LINE.fullmatch(rest[0]) or _ADDRESS.search(rest[0]))
    if _GOODBYE_LINE.fullmatch(lines[at]):
        return named or not rest
    if _RULE.fullmatch(lines[at]):
        return named or (bool(rest) and _GOODBYE_LINE.fullmatch(rest[0]) is not None)
    return named and _THANKS_LINE.fullmatch(lines[at]) is not None


def _is_short(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and len(line.split()) <= _MOST_WORDS and not _SUBSTANCE.search(line)
