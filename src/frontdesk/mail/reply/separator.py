"""Lines that part a reply from what came before it, or announce a forwarded message."""

import re
from enum import Enum

from frontdesk.mail.reply.lines import Line


class Separator(Enum):
    ORIGINAL = "original"
    FORWARDED = "forwarded"
    ABOVE = "above"
    """“Reply above this line”, as ticket systems ask."""


_ORIGINAL = re.compile(
    r"^[-–—_=*\s]{2,60}(?:original message|original appointment|original e-?mail|reply message|исходное сообщение|"
    r"исходное письмо|оригинальное сообщение|оригинал сообщения|первоначальное сообщение|начальное сообщение|"
    r"бастапқы хабар(?:лама)?|түпнұсқа хабар(?:лама)?|ursprüngliche nachricht|antwort nachricht|"
    r"oprindelig meddelelse|oorspronkelijk bericht|message d'origine|mensaje original|"
    r"orijinal mesaj|orijinal ileti|asl xabar)[-–—_=*:\s]{0,60}$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^(?:[-–—_=*\s]{2,60}(?:forwarded message|forwarded by .{1,80}|пересылаемое (?:сообщение|письмо)|"
    r"пересланное (?:сообщение|письмо)|переадресованное (?:сообщение|письмо)|перенаправленное (?:сообщение|письмо)|"
    r"перенаправлено .{1,80}|конец пересылаемого сообщения|қайта (?:жіберілген|бағытталған) (?:хабар(?:лама)?|хат)|"
    r"бағытталған (?:хабар(?:лама)?|хат)|weitergeleitete nachricht|message transféré|mensaje reenviado|"
    r"yönlendirilmiş (?:mesaj|ileti))[-–—_=*:\s]{0,60}|"
    r"(?:begin forwarded message|начало переадресованного (?:сообщения|письма)|начало пересылаемого сообщения|"
    r"қайта (?:жіберілген|бағытталған) (?:хабардың|хабарламаның) басы|қайта бағытталған хабарлама басталды)\s?:)$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"^[\W_]{0,20}(?:please |пожалуйста,? )?(?:"
    r"(?:reply|respond|type your (?:reply|response)|write|add your reply) above this line|"
    r"(?:введите |напишите |пишите )?(?:ваш )?ответ(?:ьте|ить)? .{0,20}?(?:выше|над) "
    r"(?:этой (?:строки|линии|строкой|линией)|этого текста)|"
    r"(?:жауапты |жауабыңызды )?осы (?:жолдан|сызықтан) жоғары)",
    re.IGNORECASE,
)
_RULE = re.compile(r"^(?:[-–—_=*~•·#\s]{3,}|[_-]{2,})$")


def separator_at(line: Line, quoted: bool = False) -> Separator | None:
    if line.is_own is quoted or line.is_blank or len(line.bare) > 160:
        return None
    # `bare` has lost a star, never a dash.
    if _ORIGINAL.match(line.bare):
        return Separator.ORIGINAL
    if _FORWARDED.match(line.bare):
        return Separator.FORWARDED
    return Separator.ABOVE if _ABOVE.search(line.bare) else None


def is_rule(line: Line) -> bool:
    """A line of dashes, underscores or the like, and nothing else."""
    return bool(_RULE.match(line.bare))
