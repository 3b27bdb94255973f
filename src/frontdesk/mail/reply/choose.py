"""Which of a message's two bodies tells best what the sender newly wrote."""

import re

from frontdesk.mail.reply.extract import reply_in

_NO_LETTER = re.compile(r"[\W_]+")
_STUB = 200


def is_stub(plain: str, html_text: str) -> bool:
    """The plain text only says that the message is HTML, or is empty."""
    letters, all_letters = _letters(plain), _letters(html_text)
    if not letters:
        return True
    return len(all_letters) > 2 * len(letters) + _STUB and letters[:60] not in all_letters


def text_of(plain: str, html_text: str) -> str:
    """The whole body: the plain text, unless it is a stub."""
    return html_text if html_text and is_stub(plain, html_text) else plain


def reply_of(plain: str, html_text: str, subject: str) -> str:
    """The reply by the plain text, or by the HTML where its elements tell quotes that the plain text hides."""
    if not html_text or (plain.strip() and len(html_text) > 400_000):
        return reply_in(plain, subject)
    by_html = reply_in(html_text, subject)
    if is_stub(plain, html_text):
        return by_html
    by_plain = reply_in(plain, subject)
    shorter, longer = _letters(by_html), _letters(by_plain)
    return by_html if shorter and len(shorter) < len(longer) and longer.startswith(shorter) else by_plain


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).lower()
