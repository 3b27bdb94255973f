"""Other people's text inside a prompt: fenced, so that it cannot pass for the desk's own, and bounded."""

import re

from frontdesk.kit.text import clean, clip

TAGS = (
    "desk",
    "earlier",
    "conversation",
    "turn",
    "knowledge",
    "passage",
    "order",
    "result",
    "customer_message",
)
_TAG = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(TAGS)}|system|instructions?)\b)", re.IGNORECASE)


def fence(tag: str, text: str, **attributes: str) -> str:
    """The text inside `<tag>`; nothing in it can close the fence or open another."""
    shown = "".join(f' {name}="{one_line(value)}"' for name, value in attributes.items())
    return f"<{tag}{shown}>\n{_TAG.sub('‹', clean(text))}\n</{tag}>"


def one_line(value: str) -> str:
    """A name or title as it may stand beside the desk's words: short, without the marks that structure."""
    return clip(re.sub(r'[<>"\s]+', " ", clean(value)), 200)


def shorten(text: str, limit: int) -> str:
    """Beginning and end of a long text: people put the question at either."""
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return f"{text[:head]}\n[... {len(text) - limit} characters left out ...]\n{text[head - limit :]}"
