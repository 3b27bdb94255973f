"""A reply's Markdown as chat apps write it: their own marks, or plain text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
_RULE = "———"


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Marks:
    """How a channel writes what Markdown means; what it has no marks for is plain."""

    wraps: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of `strong`, `em`, `s`, `code`, `fence`, `heading`, `quote` (before each line): what stands before and behind."""
    escape: Callable[[str], str] = _as_it_is
    link: Callable[[str, str], str] | None = None
    """From a link's words, escaped, and its address; without it both are shown."""

    def wrap(self, mark: str, text: str) -> str:
        before, behind = self.wraps.get(mark, ("", ""))
        if not text.strip():
            return text
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{lead}{before}{text.strip()}{behind}{tail}"


PLAIN = Marks()
WHATSAPP = Marks(
    {
        "strong": ("*", "*"),
        "em": ("_", "_"),
        "s": ("~", "~"),
        "code": ("`", "`"),
        "fence": ("```", "```"),
        "heading": ("*", "*"),
        "quote": ("> ", ""),
    }
)


def render(markdown: str, marks: Marks) -> str:
    """The text with the channel's marks. Paragraphs, lists and line breaks stay."""
    blocks, _ = _blocks(_PARSER.parse(markdown), 0, None, marks)
    return "\n\n".join(block for block in blocks if block) or markdown


def _blocks(tokens: Sequence[Token], at: int, until: str | None, marks: Marks) -> tuple[list[str], int]:
    """The blocks up to the closing token, and the place behind it."""
    blocks: list[str] = []
    while at < len(tokens) and tokens[at].type != until:
        token = tokens[at]
        if token.nesting == 1:
            inner, at = _container(tokens, at, marks)
            blocks.append(inner)
            continue
        if token.type == "inline":
            blocks.append(_inline(token.children or [], marks))
        elif token.type in ("fence", "code_block"):
            blocks.append(marks.wrap("fence", marks.escape(token.content.rstrip("\n"))))
        elif token.type == "hr":
            blocks.append(_RULE)
        at += 1
    return blocks, at + 1


def _container(tokens: Sequence[Token], at: int, marks: Marks) -> tuple[str, int]:
    token = tokens[at]
    inner, behind = _blocks(tokens, at + 1, token.type.removesuffix("_open") + "_close", marks)
    match token.type:
        case "heading_open":
            return marks.wrap("heading", " ".join(inner)), behind
        case "bullet_list_open":
            return "\n".join(_item("- ", item) for item in inner), behind
        case "ordered_list_open":
            first = int(token.attrGet("start") or 1)
            return "\n".join(_item(f"{n}. ", item) for n, item in enumerate(inner, first)), behind
        case "blockquote_open":
            before, after = marks.wraps.get("quote", ("", ""))
            lines = "\n".join(inner).split("\n")
            return "\n".join(f"{before}{line}{after}" for line in lines), behind
        case "tr_open":
            return " | ".join(inner), behind
        case _:
            return "\n".join(inner), behind


def _item(sign: str, item: str) -> str:
    return sign + item.replace("\n", "\n" + " " * len(sign))


def _inline(tokens: Sequence[Token], marks: Marks) -> str:
    """Marks that are open are kept in a stack: each is (its name, its address, what it holds)."""
    stack: list[tuple[str, str, list[str]]] = [("", "", [])]
    for token in tokens:
        out = stack[-1][2]
        if token.nesting == 1:
            stack.append((token.type.removesuffix("_open"), str(token.attrGet("href") or ""), []))
        elif token.nesting == -1:
            name, address, held = stack.pop()
            words = "".join(held)
            stack[-1][2].append(_link(words, address, marks) if name == "link" else marks.wrap(name, words))
        elif token.type == "code_inline":
            out.append(marks.wrap("code", marks.escape(token.content)))
        elif token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif token.type == "image":
            out.append(_link(marks.escape(token.content), str(token.attrGet("src") or ""), marks))
        else:
            out.append(marks.escape(token.content))
    return "".join(stack[0][2])


def _link(words: str, address: str, marks: Marks) -> str:
    if marks.link is not None and address:
        return marks.link(words, address)
    shown = marks.escape(address)
    if not address or words in (shown, shown.removeprefix("mailto:")):
        return words
    return f"{words} ({shown.removeprefix('mailto:').removeprefix('tel:')})" if words else shown
