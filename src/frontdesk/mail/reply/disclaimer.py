"""Legal notices below a mail and warnings of gateways above it."""

import re

from frontdesk.mail.reply.lines import Line

_BEGIN = re.compile(
    r"^[\W_]{0,6}(?:confidentiality (?:notice|note)|disclaimer|legal (?:notice|disclaimer)|privileged (?:and|"
    r"&) confidential|"
    r"(?:this|the) (?:e-?mail|message|communication|information|transmission)\b|important notice|notice:|"
    r"if you (?:are not the intended|have received this)|any views|"
    r"(?:уведомление|соглашение|информация) о конфиденциальности|конфиденциальн|внимание\b|важно\b|"
    r"(?:настоящее|данное|это|указанное) (?:электронное )?(?:сообщение|письмо|послание)|"
    r"(?:информация|сведения),? (?:содержащ|в (?:этом|данном|настоящем))|"
    r"если вы (?:не являетесь|получили (?:это|данное|настоящее))|"
    r"(?:осы|бұл) (?:электрондық )?(?:хат|хабар|хабарлама)|құпиялылық)",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"confidential|intended (?:solely |only )?(?:recipient|addressee|for)|privileged|unauthori[sz]ed|"
    r"конфиденциал|предназначен|несанкционирован|коммерческ\w+ тайн|разглашен|не является офертой|"
    r"құпия|арналған|рұқсатсыз",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:e-?mail|message|communication|сообщени|письм|послани|хат|хабар|attachment|вложени)", re.IGNORECASE
)
_BANNER = re.compile(
    r"^[\W_]{0,6}(?:caution|warning|external(?: e-?mail)?|внимание|осторожно|предупреждение|"
    r"назар аударыңыз)\b.{0,200}"
    r"(?:originated (?:from )?outside|external (?:sender|source|e-?mail)|outside (?:of )?(?:the|"
    r"your) organi[sz]ation|"
    r"внешн\w+ (?:отправител|источник|почт|письм|адрес)|извне|за пределами организации|сырттан|сыртқы)|"
    r"^[\W_]{0,6}\[?external(?: e-?mail| sender)?\]?[\W_]{0,3}$|"
    r"^you don't often get e-?mail from |^вы нечасто получаете (?:электронные )?(?:письма|сообщения) от ",
    re.IGNORECASE,
)
_LEAST = 80
_MOST_LINES = 40


def without_last(lines: list[Line]) -> list[Line]:
    """Without the notice that ends a run: from the paragraph on where it begins."""
    starts = [
        at
        for at in range(max(len(lines) - _MOST_LINES, 1), len(lines))
        if _parts(lines[at - 1]) and not lines[at].is_blank
    ]
    for place in starts:
        if not _BEGIN.match(lines[place].bare):
            continue
        text = " ".join(line.text for line in lines[place:])[:4_000]
        if len(text) >= _LEAST and _SURE.search(text) and _LEGAL.search(text):
            return lines[:place]
    return lines


def _parts(line: Line) -> bool:
    return line.is_blank or not line.bare.strip("_-=* ")


def without_banner(lines: list[Line]) -> list[Line]:
    """Without a gateway's warning at the very top, which is one paragraph."""
    start = next((at for at, line in enumerate(lines) if not line.is_blank), None)
    if start is None:
        return lines
    end = next((at for at in range(start, len(lines)) if lines[at].is_blank), len(lines))
    paragraph = " ".join(line.bare for line in lines[start:end])[:500]
    if end - start <= 6 and end < len(lines) and _BANNER.search(paragraph):
        return lines[end + 1 :]
    return lines
