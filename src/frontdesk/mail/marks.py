"""Private characters by which a rendered HTML body tells what its elements were; they begin a line."""

import re

HISTORY = "\ue000"
"""From here on the mail program quotes what came before."""
INTRODUCTION = "\ue001"
"""This line introduces a quote."""
SIGNATURE = "\ue002"
SIGNATURE_END = "\ue003"

_EVERY = re.compile("[\ue000-\ue003]")
_ONLY = re.compile("^[\ue000-\ue003]+\n?", re.MULTILINE)


def without(text: str) -> str:
    """Text without marks; lines that were nothing else are gone."""
    return _EVERY.sub("", _ONLY.sub("", text))


def foreign_out(text: str) -> str:
    """What a sender wrote, without characters that would be taken for marks."""
    return _EVERY.sub("", text)
