"""The content of a file."""

from dataclasses import dataclass

LARGEST_TEXT = 5_000_000
"""Characters; more than any handbook has, less than a crafted file could expand to."""


@dataclass(frozen=True, slots=True)
class Extracted:
    title: str
    """Empty where the file has none."""
    text: str
    """Headings as Markdown's `#`."""
    language: str | None = None
    """Where the file names it, or its words leave no doubt."""
    category: str | None = None
    questions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    review_on: str | None = None
    """As ISO 8601 writes days, as is `expires_on`."""
    expires_on: str | None = None
