"""Which of a message's two bodies tells best what the sender newly wrote."""

from frontdesk.mail import marks


def reply_of(plain: str, html_text: str, subject: str) -> str:
    """The reply, from the plain text where there is one."""
    return marks.without(plain or html_text).strip()
