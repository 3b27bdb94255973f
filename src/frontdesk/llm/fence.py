"""Fences and bounds other people's text in a prompt, so that it cannot look like the desk's own."""

import re

from frontdesk.kit.text import clean, clip

TAGS = (
    "desk",
    "customer",
    "earlier",
    "conversation",
    "turn",
    "knowledge",
    "passage",
    "order",
    "result",
    "customer_message",
    "wish",
)
_TAG = re.compile(rf"<(?=\s*+/?\s*+(?:{'|'.join(TAGS)}|system|instructions?)\b)", re.IGNORECASE)


def fence(tag: str, text: str, **attributes: str) -> str:
    """The text inside `<tag>`; it cannot close the fence or open another one."""
    attributes_text = "".join(f' {name}="{one_line(value)}"' for name, value in attributes.items())
    return f"<{tag}{attributes_text}>\n{_TAG.sub('‹', clean(text))}\n</{tag}>"


def one_line(value: str) -> str:
    """A name or title for the desk's own lines: short, on one line, without markup characters."""
    return clip(re.sub(r'[<>"\s]+', " ", clean(value)), 200)


def shorten(text: str, limit: int) -> str:
    """The beginning and end of a long text, because questions stand at either."""
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return f"{text[:head]}\n[... {len(text) - limit} characters left out ...]\n{text[head - limit :]}"
