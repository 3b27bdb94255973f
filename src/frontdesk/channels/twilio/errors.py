"""Twilio's error codes in the desk's own errors."""

from frontdesk.channels.body import text
from frontdesk.channels.provider_http import Answer
from frontdesk.errors import FrontdeskError, SendDelayed, SendRefused, SendUnknown

_LATER: dict[int, float | None] = {
    20429: None,
    14107: None,
    30001: 60.0,
    63017: 600.0,
    63018: 60.0,
    63038: 3600.0,
}
"""Codes after which the same may be tried again, with the least wait in seconds where one is known."""
_MEANINGS = {
    20003: "the account SID or the auth token is wrong",
    20404: "the account or the sender does not exist",
    21211: "the number is not valid",
    21408: "the account may not write to this country",
    21610: "the customer has unsubscribed (STOP)",
    21612: "the number cannot be reached from this sender",
    21614: "the number is no mobile number",
    21617: "the text is too long",
    21623: "there are too many files",
    30003: "the telephone cannot be reached",
    30004: "the message was blocked",
    30005: "the number is unknown",
    30006: "the number is a landline or cannot be reached",
    30007: "the carrier filtered the message as spam",
    30008: "the carrier did not say why",
    30034: "the sender is not registered with the carriers",
    63003: "there is no WhatsApp at this number",
    63016: "the 24 hours after the customer's last message are over: only a template may be sent",
    63024: "there is no WhatsApp at this number",
    63049: "Meta holds this message back to keep the customer from too many of its kind",
}


def in_words(code: int | None, otherwise: str) -> str:
    """For staff: what it means, and the code to look up."""
    if code is None:
        return otherwise
    return f"{_MEANINGS.get(code, otherwise)} (code {code})"


def failure(answer: Answer) -> FrontdeskError:
    """What an answer that is no success means for the send."""
    given = answer.json.get("code")
    code = given if isinstance(given, int) else None
    words = f"Twilio: {in_words(code, text(answer.json, 'message')[:300] or f'it answered {answer.status}')}"
    if code in _LATER or answer.status in (408, 425, 429, 503):
        wait = answer.retry_after or (_LATER.get(code) if code is not None else None)
        return SendDelayed(words, retry_after=wait)
    if answer.status >= 500:
        return SendUnknown(f"{words}: sent or not cannot be told")
    return SendRefused(words)
