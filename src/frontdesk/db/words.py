"""SQL of searching by words: of a text that `kit.findable` has made, as it stands and by its stems."""

from typing import LiteralString

WORDS: LiteralString = "(to_tsvector('simple', %s) || to_tsvector('russian', %s))"
"""Takes the text twice. The russian configuration stems Latin words as English, so that it does for both."""


def twice(text: str) -> tuple[str, str]:
    """What `WORDS` takes."""
    return text, text
