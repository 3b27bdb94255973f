"""The bounded, cleaned view of a customer's text that all local analysis works on."""

import re
from dataclasses import dataclass

from frontdesk.kit.words import Word, words

HEAD = 6_000
TAIL = 2_000
"""Of longer texts only the beginning and the end are read, so that the time is bounded."""

_HIDDEN = re.compile(r"<(style|script)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|&(?:[a-z]{2,8}|#\d{2,5});")
_BLOB = re.compile(r"(?:https?://|www\.)\S+|[A-Za-z0-9+/=_-]{48,}")


@dataclass(frozen=True, slots=True)
class View:
    """`clean` is `raw` with tags, links and blobs replaced by spaces of the same length, so that spans fit both."""

    raw: str
    clean: str
    words: list[Word]
    skipped: int
    """Characters left out between head and tail."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `raw[start:end]` stands in the whole text."""
        return (start, end) if end <= HEAD else (start + self.skipped, end + self.skipped)


def view(text: str) -> View:
    """The part of `text` to analyse; never fails, whatever is in it."""
    if len(text) <= HEAD + TAIL:
        raw, skipped = text, 0
    else:
        raw = f"{text[: HEAD - 1]}\n{text[-TAIL:]}"
        skipped = len(text) - len(raw)
    clean = _blank(_TAG, _blank(_HIDDEN, raw)) if "<" in raw or "&" in raw else raw
    clean = _blank(_BLOB, clean) if "/" in clean or "www." in clean or len(clean) > 47 else clean
    return View(raw, clean, words(clean), skipped)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)
