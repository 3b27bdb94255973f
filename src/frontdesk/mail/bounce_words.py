"""Bounces without a machine-readable part: what qmail, Exim, Exchange, Gmail, Postfix and providers write."""

import re

from frontdesk.mail.addresses import normal
from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import Failure

_SENDER = re.compile(
    r"^(?:mailer-?_?daemon|postmaster|mail-?daemon|microsoftexchange[0-9a-f]{10,40}|daemon|bounces?|mdaemon)\b"
)
_SENDER_NAME = re.compile(
    r"mail delivery (?:sub)?system|mail administrator|mail delivery|почтовая служба|microsoft outlook|"
    r"system administrator|системный администратор|mailer.daemon|postmaster",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|problem|report|delay)|"
    r"(?:mail|message) delivery (?:failed|failure|delayed)|fail(?:ure|ed)[ :]+(?:notice|delivery)|"
    r"returned (?:mail|to sender)|(?:mail|message) (?:system )?error|"
    r"could not (?:be delivered|send message)|delayed mail|mail not delivered|"
    r"не (?:удалось|удаётся|удается) доставить|не доставлено|недоставленн|невозможно доставить|ошибка доставки|"
    r"возвращ[её]нное (?:письмо|сообщение)|отказ в доставке|жеткізілмеді|жеткізу мүмкін (?:емес|болмады)|хат жетпеді",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"this is the (?:qmail-send program|mail system at host)|this message was created automatically by mail delivery|"
    r"delivery to the following recipients? (?:has )?failed|"
    r"your message (?:wasn't|was not|couldn't be|could not be) delivered|"
    r"could not be delivered to one or more recipients|address(?:es)? (?:not found|had permanent|failed)|"
    r"permanent (?:fatal )?errors?|the following address(?:es)? failed|recipient address rejected|"
    r"не (?:удалось|может быть) доставлен[оа]?|письмо не доставлено|адрес не найден|"
    r"почтовый ящик (?:переполнен|не существует)|хатыңыз жеткізілмеді|мекенжай табылмады",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"delay|will (?:be retried|retry|keep trying|continue to try)|still (?:be )?(?:trying|retried)|"
    r"not yet been delivered|warning: (?:could not|message)|you do not need to resend|"
    r"задерж|будут продолжены|попыт(?:ки|ку) доставки продолж|кешікт",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^[ \t]{0,8}<([^\s<>@]{1,200}@[^\s<>@]{1,200})>:?", re.MULTILINE)
_LONE = re.compile(r"^[ \t]{0,8}([^\s<>@:,;\"']{1,200}@[^\s<>@:,;\"']{1,200}?)[ \t:.,]{0,4}$", re.MULTILINE)
_ANY = re.compile(r"[\w.+=-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,60}){1,6}")
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_REPLY = re.compile(r"^.{0,300}?(?<!\d)[45]\d\d[ -].{0,400}$", re.MULTILINE)
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])")
_SEEN = 20_000


def failures_of(draft: Draft) -> tuple[Failure, ...]:
    """One failure for each recipient that is named; nothing for a mail that is no bounce."""
    text = draft.mail.text[:_SEEN]
    if not _is_bounce(draft, text):
        return ()
    top = _before_original(text)
    diagnostic = _diagnostic(top)
    status = _STATUS.search(top)
    code = _CODE.search(diagnostic)
    written = status.group() if status else f"{code[1]}.0.0" if code else ""
    delayed = bool(_DELAY.search(draft.mail.subject) or (not written.startswith("5") and _DELAY.search(top)))
    recipients = _recipients(draft, top) or ("",)
    return tuple(Failure(recipient, written, not delayed, diagnostic) for recipient in recipients)


def is_from_server(draft: Draft) -> bool:
    """By its sender's address or name."""
    sender = draft.mail.sender
    local = sender.address.rpartition("@")[0].lower()
    return bool(_SENDER.match(local) or _SENDER_NAME.search(sender.name))


def _is_bounce(draft: Draft, text: str) -> bool:
    mail = draft.mail
    if mail.header("x-failed-recipients"):
        return True
    null_sender = draft.header("return-path") == "<>"
    words = bool(_SUBJECT.search(mail.subject)) + bool(_TEXT.search(text))
    if is_from_server(draft):
        return words > 0
    return null_sender and words == 2


def _before_original(text: str) -> str:
    """Without the returned message below, whose addresses and numbers are our own."""
    cut = re.search(
        r"^[- ]{3,}.{0,60}(?:copy of the message|original message|returned message|исходное сообщение|headers follow)"
        r"|^(?:original message headers|исходные заголовки|message headers)",
        text,
        re.IGNORECASE | re.MULTILINE,
    )
    return text[: cut.start()] if cut else text


def _recipients(draft: Draft, top: str) -> tuple[str, ...]:
    named = _ANY.findall(draft.mail.header("x-failed-recipients"))
    named = named or _BRACKETED.findall(top) or _LONE.findall(top) or _ANY.findall(top)
    others = (normal(address) for address in named if not draft.is_own(address))
    sender = draft.mail.sender.address
    return tuple(dict.fromkeys(a for a in others if a and a != sender))[:20]


def _diagnostic(top: str) -> str:
    reply = _REPLY.search(top) or _STATUS.search(top)
    if reply is None:
        return ""
    start = top.rfind("\n", 0, reply.start()) + 1
    end = top.find("\n", reply.end())
    return " ".join(top[start : end if end >= 0 else len(top)].split())[:500]
