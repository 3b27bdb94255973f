"""Closing words and what stands below them: a name, a position, telephones."""

import re
from collections.abc import Sequence

from frontdesk.mail.reply.lines import Line

_REGARDS = (
    r"с (?:глубоким |искренним |большим )?уважением(?: и [^\W\d_]{1,20}(?: [^\W\d_]{1,20})?)?|с ув\.?|"
    r"с (?:наилучшими|добрыми|лучшими) пожеланиями|с (?:искренней )?благодарностью|с приветом|искренне ваш[а]?|"
    r"всего (?:наи)?(?:доброго|лучшего|хорошего)|"
    r"(?:зор |шынайы |терең )?құрметпен|ізгі (?:ниетпен|тілекпен|тілектермен)|сәлеммен|сый-?құрметпен|"
    r"(?:thanks|thank you|many thanks)(?: and| &|,)? (?:best |kind |warm )?regards|"
    r"(?:with )?(?:best|kind|kindest|warm|warmest|my best)?,? ?regards|(?:with )?best wishes|all the best|"
    r"sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|respectfully(?: yours)?|cordially|"
    r"mit freundlichen grüßen|viele grüße|cordialement|saludos|saygılarımla|hurmat bilan"
)
_CLOSING = re.compile(rf"^[\W_]{{0,3}}(?:{_REGARDS})[ ,.!*_—–-]{{0,4}}(?P<name>.{{0,70}})$", re.IGNORECASE)
_SHORT_CLOSING = re.compile(r"^(?:best|cheers|regards|rgds|br|kr|bests)[\W_]{0,4}$", re.IGNORECASE)
_CAPITAL = r"[«\"(]?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.'’«»\"()-]{0,25},?"
_THANKS = re.compile(
    r"^(?:(?:many )?thanks|thank you|спасибо|заранее (?:спасибо|благодар[^\W\d_]{1,5})|благодарю|"
    r"(?:алдын ала |көп )?рахмет|алдын ала алғыс)[^\n]{0,25}$",
    re.IGNORECASE,
)
_NAME = re.compile(rf"^{_CAPITAL}(?: (?:{_CAPITAL}|van|de|bin|оглы|кызы|қызы|ұлы)){{0,4}}$")
_POSTSCRIPT = re.compile(r"^(?:p\.? ?p?\.?s\b\.?|з\.? ?ы\b\.?|постскриптум|қ\.ж\.)", re.IGNORECASE)
_CONTACT = re.compile(
    r"(?:^|\W)(?:тел|моб|факс|phone|tel|mob|mobile|cell|fax|skype|whatsapp|telegram|e-?mail|почта|сайт|web|"
    r"website|офис|office|"
    r"direct|ұялы|байланыс|[mtpwf])\b\.? ?[:.)]|\+?\d[\d ()-]{8,}\d|www\.|https?://|\S@\S+\.\S",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"менеджер|директор|специалист|бухгалтер|инженер|начальник|руководитель|отдел|юрист|ведущий|главный|консультант|"
    r"\b(?:тоо|ооо|ип|ао|зао|жшс|жк|llp|llc|ltd|inc|gmbh|corp|co)\b|manager|director|engineer|department|"
    r"head of|officer|"
    r"specialist|consultant|assistant|founder|ceo|cto|sales|маман|басшы|бөлім|компани|company|group|групп",
    re.IGNORECASE,
)
_MOST_LINES = 10
_LONGEST = 100


def without_last(lines: list[Line]) -> list[Line]:
    """Without closing words and what is below them, but for a postscript; or without a block of contacts."""
    for place in range(len(lines) - 1, 0, -1):
        if len(lines) - place > _MOST_LINES + 6:
            break
        if not _closes(lines, place):
            continue
        below = lines[place + 1 :]
        postscript = next((at for at, line in enumerate(below) if _POSTSCRIPT.match(line.bare)), None)
        kept = below[postscript:] if postscript is not None else []
        if _is_signed(below[:postscript]):
            return [*_rstripped(lines[:place]), *([_BLANK, *kept] if kept else [])]
    return _without_contacts(_without_signed_thanks(lines))


_BLANK = Line("", "", 0)


def is_contact(lines: Sequence[Line]) -> bool:
    """A few short lines with a telephone, an address or a position among them."""
    if not 1 <= len(lines) <= _MOST_LINES or any(len(line.bare) > _LONGEST for line in lines):
        return False
    return any(_CONTACT.search(line.bare) or _OFFICE.search(line.bare) for line in lines)


def _closes(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].bare
    if _SHORT_CLOSING.match(text):
        return place + 1 < len(lines)
    match = _CLOSING.match(text)
    if match is None:
        return False
    name = match["name"].strip(" ,.!")
    return not name or bool(_NAME.match(name)) or bool(_OFFICE.search(name) and len(name) < 60)


def _is_signed(below: Sequence[Line]) -> bool:
    written = [line for line in below if not line.is_blank]
    if len(written) > _MOST_LINES:
        return False
    return all(len(line.bare) <= _LONGEST and not line.bare.endswith(("?", "？")) for line in written)


def _without_signed_thanks(lines: list[Line]) -> list[Line]:
    """Thanks are words of the sender's own; the name and the telephone below them are not."""
    for place in range(len(lines) - 1, max(len(lines) - _MOST_LINES, 0), -1):
        if _THANKS.match(lines[place].bare):
            below = [line for line in lines[place + 1 :] if not line.is_blank]
            signed = len(below) >= 2 and bool(_NAME.match(below[0].bare)) and is_contact(below)
            return lines[: place + 1] if signed else lines
    return lines


def _without_contacts(lines: list[Line]) -> list[Line]:
    """A last paragraph of a name, a position and contacts, without closing words."""
    start = len(lines)
    while start and not lines[start - 1].is_blank:
        start -= 1
    block = lines[start:]
    if start < 2 or not 3 <= len(block) <= _MOST_LINES or not _NAME.match(block[0].bare):
        return lines
    contacts = sum(bool(_CONTACT.search(line.bare)) for line in block)
    offices = sum(bool(_OFFICE.search(line.bare)) for line in block)
    return lines[:start] if is_contact(block) and contacts >= 1 and offices >= 1 else lines


def _rstripped(lines: list[Line]) -> list[Line]:
    end = len(lines)
    while end and lines[end - 1].is_blank:
        end -= 1
    return lines[:end]
