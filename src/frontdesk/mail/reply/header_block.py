"""The header lines by which Outlook, phones and web mailers begin what they quote or forward."""

import re
from collections.abc import Sequence

from frontdesk.mail.reply.lines import Line

_LABELS = {
    "from": "from|от|от кого|отправитель|кімнен|жіберуші|кімнен келді|від|fra|från|van|von|de|da|kimden|kimdan|od",
    "sent": "sent|date|sent on|sent at|отправлено|отправлен|дата|дата отправки|жіберілді|жіберілген|жіберілген күні|"
    "жіберілген уақыты|күні|gesendet|datum|envoyé|enviado|enviado el|inviato|gönderildi|gönderilme tarihi|tarih|"
    "yuborilgan|sana|надіслано|sendt|skickat|verzonden|wysłano",
    "to": "to|til|till|aan|кому|получатель|кімге|алушы|an|à|para|kime|kimga|do",
    "copy": "cc|bcc|копия|скрытая копия|көшірме|көшірмесі|kopie|copie|bilgi|kopiya",
    "subject": "subject|тема|тақырып|тақырыбы|betreff|emne|ämne|onderwerp|objet|asunto|oggetto|konu|mavzu|temat",
    "more": "reply-to|reply to|importance|priority|attachments|вложения|важность|ответить|тіркемелер|"
    "маңыздылығы|organization",
}  # fmt: skip
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_LABEL = re.compile(r"^[\W_]{0,3}([^\W\d_][^:\d]{0,24}?)[ *]{0,2}[:：]\*?(?:\s(.*)|$)", re.DOTALL)
_ADDRESS = re.compile(r"\S@\S")
_MOMENT = re.compile(r"\d{1,2}[:.]\d{2}|(?:19|20)\d\d|\d{1,2}[./]\d{1,2}")
_HOUR = re.compile(r"\d{1,2}[:.]\d{2}(?!\.?\d)")
_FORWARDED = re.compile(r"^(?:fwd?|fw|пер|пересл|wg|i|бағ|қж)\s?:", re.IGNORECASE)
_WINDOW = 14
_MOST_FOLDED = 3


def header_block_at(lines: Sequence[Line], place: int) -> dict[str, str] | None:
    """The fields by their kinds, where such a block begins at a line; None for anything else.

    A sender, and two more fields, or an address or a date in them: people write “From: now on …” too.
    """
    first = _field(lines[place])
    if first is None or first[0] == "more":
        return None
    fields = _fields(lines, place)
    others = fields.keys() - {"from", "more"}
    values = " ".join(fields.values())
    has_address, has_moment = bool(_ADDRESS.search(values)), bool(_MOMENT.search(fields.get("sent", "")))
    if "from" not in fields:
        enough = has_address and ((has_moment and {"sent", "to"} <= others) or len(others) >= 3)
    else:
        # An invoice has a date and a sender too: a program writes an address, an hour, or to whom and when.
        enough = has_address or bool(_HOUR.search(fields.get("sent", ""))) or {"sent", "to"} <= others
    return fields if others and enough else None


def is_forwarded(fields: dict[str, str]) -> bool:
    return bool(_FORWARDED.match(fields.get("subject", "")))


def _fields(lines: Sequence[Line], place: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    kind = ""
    folded = blanks = 0
    for line in lines[place : place + _WINDOW]:
        if line.is_blank:
            blanks += 1
            if blanks > 1:
                break
            continue
        field = _field(line)
        if field and field[0] not in fields:
            kind, value = field
            fields[kind] = value
            folded = 0
        elif kind and folded < _MOST_FOLDED and (not blanks or not fields[kind]):
            fields[kind] = f"{fields[kind]} {line.bare}".strip()
            folded += 1
        else:
            break
        blanks = 0
    return fields


def _field(line: Line) -> tuple[str, str] | None:
    match = _LABEL.match(line.bare)
    if match is None:
        return None
    kind = _KINDS.get(match[1].strip().lower())
    return (kind, (match[2] or "").strip()) if kind else None
