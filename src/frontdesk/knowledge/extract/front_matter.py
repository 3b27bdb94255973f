"""Front matter of Markdown: `name: value` lines between two rules at the very beginning, in YAML."""

import re
from dataclasses import dataclass, field

_FRONT = re.compile(r"\A---[ \t]*+\n(.*?)\n(?:---|\.\.\.)[ \t]*+(?:\n|\Z)", re.DOTALL)
_LONGEST = 32_000
"""Characters; YAML is read slowly, and nobody writes more."""
_DEEPEST = 20
_FIELD = re.compile(r"^([A-Za-z_][\w-]*+)\s*+:(?:\s++(.*))?$")
_ITEM = re.compile(r"^\s*+-\s++(.*)$")
_PART = re.compile(r"""\s*+(?:"[^"]*+"|'[^']*+'|[^,]++)""")
_LINE = re.compile(r"^(?:[a-z_][\w-]*\s*:(?:\s.*)?|\s+.*|\s*-\s.*|\s*#.*|\s*|[\]}],?\s*)$", re.IGNORECASE)
_KNOWN = {
    "title", "lang", "language", "category", "categories", "questions", "tags", "date", "author", "description",
    "slug", "layout", "id", "url", "draft", "keywords", "updated", "permalink", "summary", "weight",
    "source", "review", "review_on", "review_by", "expires", "expires_on", "valid_until",
}  # fmt: skip


@dataclass
class FrontMatter:
    singles: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def single(self, *names: str) -> str:
        """The first of these fields that is there, else an empty text."""
        return next((self.singles[name] for name in names if self.singles.get(name)), "")

    def many(self, name: str) -> tuple[str, ...]:
        """A field that may be one text or a list of them."""
        if name in self.lists:
            return tuple(self.lists[name])
        return (self.singles[name],) if self.singles.get(name) else ()


def split(text: str) -> tuple[FrontMatter, str]:
    """The front matter, empty where there is none, and the text below it: what stands between two rules may be text."""
    text = text.lstrip("\n")
    match = _FRONT.match(text, 0, _LONGEST)
    if match is None or not _is_fields(match[1]):
        return FrontMatter(), text
    return _read(match[1]), text[match.end() :]


def _is_fields(block: str) -> bool:
    lines = block.split("\n")
    names = [named[1] for line in lines if (named := _FIELD.match(line))]
    known = any(name.lower() in _KNOWN for name in names) or all(name.islower() for name in names)
    return bool(names) and known and all(_LINE.match(line) for line in lines)


def _read(block: str) -> FrontMatter:
    """Field by field: one that YAML refuses does not spoil the others."""
    front = FrontMatter()
    chunks: list[list[str]] = []
    for line in block.split("\n"):
        if _FIELD.match(line) or not chunks:
            chunks.append([])
        chunks[-1].append(line)
    for chunk in chunks:
        named = _FIELD.match(chunk[0])
        if named:
            _put(front, named[1].lower(), _value("\n".join(chunk)) or _by_lines(named[2] or "", chunk[1:]))
    return front


def _put(front: FrontMatter, name: str, value: str | list[str]) -> None:
    if isinstance(value, list):
        front.lists[name] = [" ".join(item.split()) for item in value]
    elif value:
        front.singles[name] = " ".join(value.split())


def _value(field_text: str) -> str | list[str] | None:
    """The value of one field in YAML, as text; None for what is no such field, or holds others."""
    import yaml

    if max(field_text.count(sign) for sign in "[{&") > _DEEPEST:
        return None
    try:
        fields = yaml.load(field_text, Loader=yaml.BaseLoader)  # texts alone, no types and no objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    [value] = fields.values() if isinstance(fields, dict) and len(fields) == 1 else [None]
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return value if isinstance(value, str) else None


def _by_lines(value: str, below: list[str]) -> str | list[str]:
    """What people write and YAML refuses, such as a colon within a title."""
    items = [_bare(item[1]) for line in below if (item := _ITEM.match(line))]
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        items += [_bare(part) for part in _PART.findall(value[1:-1]) if part.strip()]
    return items or _bare(value)


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
