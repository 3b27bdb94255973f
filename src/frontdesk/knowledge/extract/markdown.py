"""Markdown with front matter (`category`, `questions`, `language`, `title`).

Each pattern takes time proportional to the text, whatever it contains: none searches past the next mark of its
own kind.
"""

import re
from dataclasses import dataclass, field

from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.plain import decode
from frontdesk.knowledge.headings import heading_of

_FRONT = re.compile(r"\A\s*+---[ \t]*+\n(.*?)\n(?:---|\.\.\.)[ \t]*+(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*+)\s*+:\s*+(.*)$")
_ITEM = re.compile(r"^\s*+-\s++(.*)$")
_SETEXT = re.compile(r"^(?![ \t]*+$|#|>|[ \t]*+[-*+] )(.++)\n(=++|-{3,}+)[ \t]*+$", re.MULTILINE)
_TARGET = r"\((?:[^()\s]|\([^()\s]*+\))++(?:\s++\"[^\"]*+\")?+\)"
_IMAGE = re.compile(r"!\[[^\[\]\n]*+\]" + _TARGET)
_LINK = re.compile(r"\[([^\[\]\n]*+)\]" + _TARGET)
_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)++)(?<=\S)\1")
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|em|strong|a|img|sub|sup|details|summary)\b[^<>]*+>", re.IGNORECASE
)


def read(data: bytes) -> Extracted:
    text, warnings = decode(data)
    front = _Front()
    front_matter = _FRONT.match(text)
    if front_matter:
        front = _front(front_matter[1])
        text = text[front_matter.end() :]
    text = _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1].strip()}", text)
    title, body = _titled(text)
    return Extracted(
        title=front.single("title") or _plain(title),
        text=_plain(body).strip() or _plain(title),
        language=(front.single("language") or front.single("lang") or "").lower() or None,
        category=front.single("category") or None,
        questions=tuple(front.lists.get("questions", ())),
        warnings=warnings,
    )


def _titled(text: str) -> tuple[str, str]:
    """The title, if the first line is a heading of level 1, and the text below it."""
    first, _, rest = text.lstrip().partition("\n")
    top = heading_of(first)
    return (top.name, rest) if top and top.level == 1 else ("", text)


@dataclass
class _Front:
    singles: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def single(self, name: str) -> str:
        return self.singles.get(name, "")


def _front(block: str) -> _Front:
    """The subset of YAML in use: `name: value`, `name:` with a list below, `name: [a, b]`."""
    front = _Front()
    current = ""
    for line in block.split("\n"):
        item, named = _ITEM.match(line), _FIELD.match(line)
        if item and current:
            front.lists.setdefault(current, []).append(_bare(item[1]))
        elif named:
            current, value = named[1].lower(), named[2].strip()
            if value.startswith("[") and value.endswith("]"):
                front.lists[current] = [_bare(part) for part in value[1:-1].split(",") if part.strip()]
            elif value:
                front.singles[current] = _bare(value)
    return front


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _plain(text: str) -> str:
    """Without links, tags and bold marks, for quotes; lists and headings stay."""
    text = _without_comments(text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _TAG.sub("", text)
    return _STRONG.sub(r"\2", text)


def _without_comments(text: str) -> str:
    """In one pass; an unclosed comment stays as text."""
    kept: list[str] = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        kept.append(text[end:start])
        end = close + len("-->")
    return "".join(kept) + text[end:]
