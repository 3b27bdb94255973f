"""The content of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    title: str
    """Empty where the file has none."""
    text: str
    """Headings as Markdown's `#`."""
    language: str | None = None
    """Only where the file itself names it."""
    category: str | None = None
    questions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
