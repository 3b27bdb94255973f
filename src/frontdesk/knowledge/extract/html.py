"""HTML: the visible text with headings, without navigation."""

import re
import warnings as python_warnings
from typing import TYPE_CHECKING

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.plain import decode

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_SKIPPED_TAGS = (
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select",
    "iframe", "object", "svg", "canvas", "audio", "video", "dialog",
)  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "ul", "ol", "table", "tr", "blockquote", "pre", "dl",
    "dt", "dd", "figure", "figcaption", "body", "fieldset", "address", "hr", "li",
}  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DEEPEST = 400


def read(data: bytes) -> Extracted:
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    text, notes = _decode(data)
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            soup = BeautifulSoup(text, "html.parser")
            title = _title(soup)
            language = _language(soup)
            body = _text(soup.find("main") or soup.find("article") or soup.body or soup)
    except RecursionError as error:
        raise ValidationFailed("the HTML file is nested too deeply to be read") from error
    first = re.match(r"\A#\s+(.+)\n*", body)
    if first and (not title or first[1] in title):
        title, body = first[1], body[first.end() :] or first[1]
    return Extracted(title, body, language=language, warnings=notes)


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass  # some pages declare a wrong encoding; detect it from the bytes
    return decode(data)


def _title(soup: "BeautifulSoup") -> str:
    return soup.title.get_text(" ", strip=True) if soup.title else ""


def _language(soup: "BeautifulSoup") -> str | None:
    root = soup.find("html")
    code = str(root.get("lang") or "") if root else ""
    return code.split("-")[0].lower() or None


def _text(root: "Tag") -> str:
    pieces: list[str] = []
    _walk(root, pieces, 0)
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _walk(node: "Tag", pieces: list[str], depth: int) -> None:
    from bs4 import Tag
    from bs4.element import NavigableString, PreformattedString

    if depth > _DEEPEST:
        pieces.append(" " + node.get_text(" ", strip=True))
        return
    for child in node.children:
        if isinstance(child, PreformattedString):
            continue  # comments, doctypes, instructions
        if isinstance(child, NavigableString):
            pieces.append(re.sub(r"\s+", " ", str(child)))
        elif isinstance(child, Tag):
            _element(child, pieces, depth)


def _is_hidden(tag: "Tag") -> bool:
    hidden = tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true"
    return tag.name in _SKIPPED_TAGS or hidden or bool(_HIDDEN_STYLE.search(str(tag.get("style") or "")))


def _element(tag: "Tag", pieces: list[str], depth: int) -> None:
    if _is_hidden(tag):
        return
    if re.fullmatch(r"h[1-6]", tag.name):
        pieces.append(f"\n\n{'#' * int(tag.name[1])} {tag.get_text(' ', strip=True)}\n\n")
    elif tag.name == "br":
        pieces.append("\n")
    elif tag.name in ("td", "th"):
        _walk(tag, pieces, depth + 1)
        pieces.append("  ")
    elif tag.name in _BLOCKS:
        pieces.append("\n- " if tag.name == "li" else "\n" if tag.name in ("tr", "dd") else "\n\n")
        _walk(tag, pieces, depth + 1)
        pieces.append("\n" if tag.name in ("tr", "li") else "\n\n")
    else:
        _walk(tag, pieces, depth + 1)
