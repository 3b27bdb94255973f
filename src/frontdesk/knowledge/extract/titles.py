"""What can be the title of a file."""

import re

_LONGEST_LINE = 120
_LONGEST = 1000
_NO_TITLE = re.compile(
    r"\.(docx?|pdf|indd|odt|rtf|txt)\s*$|^(untitled|без имени|без названия|microsoft word|word document"
    r"|(document|документ|құжат)\s*+\d*+\s*+$)",
    re.IGNORECASE,
)


def is_title(line: str) -> bool:
    """Whether a line at the beginning can be the title of what follows."""
    return 0 < len(line.strip()) <= _LONGEST_LINE and not line.strip().endswith((".", ";", ",", ":"))


def of_property(written: object) -> str:
    """Empty for the file names and "Untitled" that word processors write there."""
    title = str(written or "").strip()[:_LONGEST]
    return "" if _NO_TITLE.search(title) else title
