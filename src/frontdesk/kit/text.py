"""Cleans and shortens text for PostgreSQL, JSON and people."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Without NUL, other control characters and lone surrogates (each becomes U+FFFD); line ends are \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def number_of(text: str, most_digits: int = 9) -> int | None:
    """The number that a text is, in ASCII digits and not too long; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis for what is cut; cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    word = head.rpartition(" ")[0]
    return (word if len(word) > limit // 2 else head).rstrip(" ,;:.-") + "…"
