"""The bounded, plain view of a customer's text that all local analysis works on."""

import re
from dataclasses import dataclass

from frontdesk.kit.plain import Plain, plain
from frontdesk.kit.signature import body_end
from frontdesk.kit.words import Word, words

HEAD = 6_000
TAIL = 2_000
"""Of longer texts only the beginning and the end are read, so that the time is bounded."""

_BLOB = re.compile(r"(?:https?://|www\.)\S+|[A-Za-z0-9+/=_-]{48,}")


@dataclass(frozen=True, slots=True)
class View:
    """`signed` is the plain text with links and blobs blanked, `clean` the part of it before the signature."""

    signed: str
    clean: str
    words: list[Word]
    """Those of `clean`."""
    _raw: str
    _plain: Plain
    _skipped: int
    """Characters left out between head and tail."""

    def place(self, start: int, end: int) -> tuple[str, int, int]:
        """What `signed[start:end]` is in the whole text: as it is written there, and where."""
        start, end = self._plain.span(start, end)
        moved = 0 if end <= HEAD else self._skipped
        return self._raw[start:end], start + moved, end + moved


def view(text: str) -> View:
    """The part of `text` to analyse; never fails, whatever is in it."""
    if len(text) <= HEAD + TAIL:
        raw, skipped = text, 0
    else:
        raw = f"{text[: HEAD - 1]}\n{text[-TAIL:]}"
        skipped = len(text) - len(raw)
    meant = plain(raw)
    signed = meant.text
    if "/" in signed or "www." in signed or len(signed) > 47:
        signed = _BLOB.sub(lambda match: " " * len(match.group()), signed)
    clean = signed[: body_end(signed)]
    return View(signed, clean, words(clean), raw, meant, skipped)
