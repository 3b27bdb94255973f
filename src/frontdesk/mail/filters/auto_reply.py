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
    r"^(?:(?:re|aw|sv|на)\s*:\s*)?(?:"
    r"auto(?:mati(?:c|sche|que))?[- ]?(?:reply|response|answer|antwort)|autoreply|autoresponse|"
    r"out of (?:the )?office|"
    r"ooo\s*:|away from (?:my )?(?:mail|e-mail|email|the office)|vacation (?:reply|notice)|"
    r"i am (?:currently )?out of|"
    r"автоответ|автоматический ответ|автоматичний|ответ автоответчика|вне офиса|нет на месте|отсутствую|я в отпуске|"
    r"сообщение об отсутствии|автоматты (?:түрде )?жауап|автожауап|кеңседе жоқ|мен демалыстамын|orynda emes|"
    r"abwesenheit|réponse automatique|respuesta automática|risposta automatica|otomatik yanıt"
    r")"
)


def was_written_by_a_program(draft: Draft) -> AutoReply | None:
    reason = _reason(draft)
    if not reason:
        return None
    mail = draft.mail
    return AutoReply(reason, tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references)))))


def _reason(draft: Draft) -> str:
    submitted = draft.header("auto-submitted").partition(";")[0].strip()
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
