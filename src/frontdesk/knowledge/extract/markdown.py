"""Markdown with front matter (`category`, `questions`, `language`, `title`)."""

import re
from dataclasses import dataclass, field

from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.plain import decode

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)\s*:\s*(.*)$")
_ITEM = re.compile(r"^\s*-\s+(.*)$")
_TITLE = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)")
_SETEXT = re.compile(r"^(?!\s*$|#|>|\s*[-*+] )(.+)\n(=+|-{3,})[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\]\n]*)\]\([^)\s]+(?:\s+\"[^\"]*\")?\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|em|strong|a|img|sub|sup|details|summary)\b[^>]*>", re.IGNORECASE
)


def read(data: bytes) -> Extracted:
    text, warnings = decode(data)
    front = _Front()
    front_matter = _FRONT.match(text)
    if front_matter:
        front = _front(front_matter[1])
        text = text[front_matter.end() :]
    text = _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1].strip()}", text)
    title = _TITLE.match(text)
    body = text[title.end() :] if title else text
    return Extracted(
        title=front.single("title") or (_plain(title[1]) if title else ""),
        text=_plain(body).strip() or (_plain(title[1]) if title else ""),
        language=(front.single("language") or front.single("lang") or "").lower() or None,
        category=front.single("category") or None,
        questions=tuple(front.lists.get("questions", ())),
        warnings=warnings,
    )


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
    text = _COMMENT.sub("", text)
    text = _LINK.sub(lambda m: "" if m[1] else m[2], text)
    text = _TAG.sub("", text)
    return re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
