"""An answer that a program gave for a person: out of office, receipt, ticket opened elsewhere."""

import re

from frontdesk.mail.draft import Draft
from frontdesk.mail.verdict import AutoReply

_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply",
    "x-autoreply-from",
    "x-mail-autoreply",
)
_SUBJECT = re.compile(
    # And then nothing or a colon: “Автоматический ответ не работает” is a complaint.
    r"^(?:(?:re|aw|sv|на)\s*:\s*)?(?:"
    r"auto(?:mati(?:c|sche|que))?[- ]?(?:reply|response|answer|antwort)|autoreply|autoresponse|"
    r"out of (?:the )?office(?: reply| autoreply)?|ooo|away from (?:my )?(?:mail|e-mail|email|the office)|"
    r"vacation (?:reply|notice)|"
    r"автоответ|автоматический ответ|автоматична відповідь|ответ автоответчика|вне офиса|нет на рабочем месте|"
    r"сообщение об отсутствии|автоматты (?:түрде )?жауап|автожауап|кеңседе жоқ(?:пын)?|"
    r"abwesenheit|réponse automatique|respuesta automática|risposta automatica|otomatik yanıt"
    r")(?=\s*(?:[:;,(\[.!—–-]|$))"
)


def was_written_by_a_program(draft: Draft) -> AutoReply | None:
    reason = _reason(draft)
    if not reason:
        return None
    mail = draft.mail
    return AutoReply(reason, tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references)))))


def _reason(draft: Draft) -> str:
    submitted = draft.auto_submitted
    if submitted in ("auto-replied", "auto-notified"):
        return "auto_submitted"
    if any(draft.header(name) not in ("", "no") for name in _HEADERS):
        return "header"
    answers = bool(draft.mail.in_reply_to or draft.mail.references)
    precedence = draft.header("precedence")
    if precedence == "auto_reply" or (
        answers and precedence in ("bulk", "junk") and not draft.header("list-id")
    ):
        return "precedence"
    # A shop's form is auto-generated too: only with an answer's signs is it an auto-reply.
    if submitted == "auto-generated" and answers:
        return "auto_submitted"
    subject = " ".join(draft.mail.subject.lower().split())[:200]
    return "subject" if _SUBJECT.match(subject) else ""
