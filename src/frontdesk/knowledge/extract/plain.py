"""Plain text in any usual encoding."""

from frontdesk.kit.encoding import decode
from frontdesk.knowledge.extract import wrapped
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.titles import is_title

_MOST_LINES = 300_000
"""Of a text whose lines are joined; a longer one is no handbook."""
_LAID_OUT = (" ", "\t", "- ", "* ", "#", "```", "~~~")


def read(data: bytes) -> Extracted:
    text, warnings = decode(data)
    first, _, rest = text.lstrip("\n").partition("\n")
    # A short first line with a blank one below it is the title.
    if rest.startswith("\n") and rest.strip() and is_title(first):
        return Extracted(first.strip("# \t"), _joined(rest.strip("\n")), warnings=warnings)
    return Extracted("", _joined(text), warnings=warnings)


def _joined(text: str) -> str:
    if text.count("\n") > _MOST_LINES:
        return text
    lines: list[str] = []
    paragraph: list[str] = []
    for line in text.split("\n"):
        # An indented line, and one with columns, is laid out on purpose.
        if line.strip() and not line.startswith(_LAID_OUT) and "  " not in line.strip():
            paragraph.append(line)
            continue
        lines += [*wrapped.join(paragraph), line]
        paragraph = []
    return "\n".join(lines + wrapped.join(paragraph))
