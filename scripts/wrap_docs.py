"""Wraps the prose of Markdown files at 100 columns.

    python -m scripts.wrap_docs docs/start/first-hour.md    these files
    python -m scripts.wrap_docs                             README.md and every page under docs/

Only a paragraph with a longer line is wrapped again. Headings, tables, code and HTML stay as they are.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

WIDTH = 100
ROOT = Path(__file__).parents[1]

_FENCE = re.compile(r"^\s*(```|~~~)")
_VERBATIM = re.compile(r"^\s*(#|\||>|<(?!https?:)|\[[^\]]+\]:|([-*+]|\d+[.)]|=+|-{2,})\s*$)")
_ITEM = re.compile(r"^(\s*(?:(?:[-*+]|\d+[.)])\s+)+)(?=\S)")
_WHOLE = re.compile(r"`[^`]+`|\]\([^)]*\)")
_MARKER = re.compile(r"^([-+*]|#{1,6}|=+|-{2,}|1[.)])$|^[>|]")
"""A word that would start a list, heading, quote or table at the beginning of a line."""
_SPACE = "\0"


def pages(root: Path = ROOT) -> list[Path]:
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def wrapped(text: str) -> str:
    """The page with its long paragraphs wrapped."""
    return "\n".join(line for block in _blocks(text.split("\n")) for line in _wrapped_block(block))


def long_lines(text: str) -> list[str]:
    """The lines of prose that are too long and could be broken."""
    prose = (block for block in _blocks(text.split("\n")) if not _is_verbatim(block))
    return [line for block in prose for line in block if len(line) > WIDTH and len(_words(line)) > 1]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Paragraphs and list items as blocks of lines; anything else line by line."""
    block: list[str] = []
    fenced = in_list = False
    for line in lines:
        is_fence = bool(_FENCE.match(line))
        is_code = fenced or is_fence or (line.startswith("    ") and not block and not in_list)
        if is_code or not line.strip() or _stays(line):
            if block:
                yield block
            block = []
            yield [f"{_SPACE}{line}" if is_code else line]
        elif block and not _ITEM.match(line):
            block.append(line)
        else:
            if block:
                yield block
            block = [line]
        fenced ^= is_fence
        if line.strip() and not is_code:
            in_list = bool(_ITEM.match(line)) or (in_list and line.startswith(" "))
    if block:
        yield block


def _is_verbatim(block: list[str]) -> bool:
    first = block[0]
    return first.startswith(_SPACE) or not first.strip() or _stays(first)


def _stays(line: str) -> bool:
    """Whether it is a heading, a row of a table, HTML or the like, also as a list item."""
    return bool(_VERBATIM.match(_ITEM.sub("", line)))


def _wrapped_block(block: list[str]) -> list[str]:
    if block[0].startswith(_SPACE):
        return [block[0].removeprefix(_SPACE)]
    if _is_verbatim(block) or all(len(line) <= WIDTH for line in block):
        return block
    item = _ITEM.match(block[0])
    prefix = item[1] if item else block[0][: len(block[0]) - len(block[0].lstrip())]
    text = " ".join(line.strip() for line in [block[0][len(prefix) :], *block[1:]])
    return _filled(_words(text), prefix)


def _words(text: str) -> list[str]:
    """The parts between which a line may be broken: not in code, in a link's target or before a marker."""
    whole = _WHOLE.sub(lambda match: match.group().replace(" ", _SPACE), text)
    words: list[str] = []
    for word in whole.split():
        if words and _MARKER.match(word):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return [word.replace(_SPACE, " ") for word in words]


def _filled(words: list[str], prefix: str) -> list[str]:
    """Lines of at most `WIDTH`; the first begins with the prefix, the others with its width in blanks."""
    lines = [prefix + words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(" " * len(prefix) + word)
    return lines


def main(args: Sequence[str]) -> int:
    for page in [Path(arg) for arg in args] or pages():
        text = page.read_text(encoding="utf-8")
        if (new := wrapped(text)) != text:
            page.write_text(new, encoding="utf-8")
            print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
