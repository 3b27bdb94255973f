"""Markdown with front matter (`category`, `questions`, `language`, `title`).

Each pattern takes time proportional to the text, whatever it contains: none searches past the next mark of its
own kind.
"""

import html
import re
from collections.abc import Iterator

from frontdesk.kit.encoding import decode
from frontdesk.knowledge.days import day_of
from frontdesk.knowledge.extract import front_matter, wrapped
from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.pipes import with_named_rows
from frontdesk.knowledge.headings import heading_of

_SETEXT = re.compile(r"^(?![ \t]*+$|#|>|[ \t]*+[-*+] |\|)(.++)\n(=++|-{3,}+)[ \t]*+$", re.MULTILINE)
_TARGET = r"\((?:[^()\s]|\([^()\s]*+\))++(?:\s++\"[^\"]*+\")?+\)"
_IMAGE = re.compile(r"!\[[^\[\]\n]*+\]" + _TARGET)
_LINK = re.compile(r"\[([^\[\]\n]*+)\]" + _TARGET)
_STRONG = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)++)(?<=\S)\1")
_STRUCK = re.compile(r"~~(?=\S)((?:(?!~~).)++)(?<=\S)~~|<(s|del|strike)>[^<>\n]*+</\2>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|em|strong|a|img|sub|sup|details|summary|ins|wbr)\b[^<>]*+>", re.IGNORECASE
)
_RAISED_NOTE = re.compile(r"(?<=\d)<sup>\s*+[\d*]{1,3}\s*+</sup>", re.IGNORECASE)
_NOTE_TEXT = re.compile(r"^\[\^([^\[\]\s]{1,40})\]:[ \t]*+(.*+)$")
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,40})\]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_QUOTED = re.compile(r"^ {0,3}(?:> ?)++")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_OWN_LINE = re.compile(r"^(?:\s{4}|\t|\s*(?:[-*+•–—]\s|\d{1,3}[.)]\s|>|\||#{1,6}\s|<))")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s")
_BREAK = re.compile(r"^\s{0,3}(?:(?:-\s*+){3,}|(?:\*\s*+){3,}|(?:_\s*+){3,})$")
_BLANK_LINES = re.compile(r"\n{3,}")
_MOST_LINES = 300_000
"""Of a text whose lines are joined; a longer one is no handbook."""


def read(data: bytes) -> Extracted:
    text, warnings = decode(data)
    front, text = front_matter.split(text)
    text = _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1].strip()}", text)
    title, body = _titled(text)
    review_on, wrong_review = _day(front, "review_on", "review", "review_by")
    expires_on, wrong_expiry = _day(front, "expires_on", "expires", "valid_until")
    return Extracted(
        title=front.single("title") or _plain(title),
        text=_BLANK_LINES.sub("\n\n", _plain(_with_notes(_flowed(body)))).strip() or _plain(title),
        language=front.single("language", "lang").lower() or None,
        category=front.single("category") or None,
        questions=front.many("questions"),
        warnings=(*warnings, *wrong_review, *wrong_expiry),
        review_on=review_on,
        expires_on=expires_on,
    )


def _day(front: front_matter.FrontMatter, *names: str) -> tuple[str | None, list[str]]:
    """The day of a field, or a warning where it is none."""
    written = front.single(*names)
    day = day_of(written)
    if day is None and written:
        return None, [f"`{written[:40]}` in its front matter is no day: write 2026-12-31"]
    return (day.isoformat() if day else None), []


def _titled(text: str) -> tuple[str, str]:
    """The title, if the first line is a heading of level 1, and the text below it."""
    first, _, rest = text.lstrip().partition("\n")
    top = heading_of(first)
    return (top.name, rest) if top and top.level == 1 else ("", text)


def _flowed(text: str) -> str:
    text = _BLANK_LINES.sub("\n\n", text)
    return text if text.count("\n") > _MOST_LINES else "\n".join(_flowing(text))


def _flowing(text: str) -> Iterator[str]:
    """The lines, with wrapped paragraphs joined and tables as rows with the names of their columns."""
    paragraph: list[str] = []
    fenced = False
    for written in text.split("\n"):
        if _FENCE.match(written):
            fenced = not fenced
        line = written if fenced else _QUOTED.sub("", written)
        apart = fenced or _FENCE.match(line) or not line.strip()
        if not apart and not _BREAK.match(line):
            paragraph.append(line)
            continue
        yield from _paragraph(with_named_rows(paragraph))
        paragraph = []
        yield line if apart else ""
    yield from _paragraph(with_named_rows(paragraph))


def _paragraph(lines: list[str]) -> Iterator[str]:
    """A line that begins an item, a quotation or a heading begins anew; so does one after a hard break."""
    run: list[str] = []
    for line in lines:
        if run and (_OWN_LINE.match(line) or run[-1].endswith(("  ", "\\"))) and not _is_lazy(run, line):
            yield from wrapped.join(run)
            run = []
        run.append(line)
        if heading_of(line) or (_OWN_LINE.match(line) and not _ITEM.match(line) and "|" in line):
            yield from wrapped.join(run)
            run = []
    yield from wrapped.join(run)


def _is_lazy(run: list[str], line: str) -> bool:
    """The indented rest of a list item, or the next line of a quotation."""
    if _ITEM.match(run[0]):
        return line.startswith("  ") and not _OWN_LINE.match(line.strip() or line)
    return False


def _with_notes(text: str) -> str:
    """Footnotes stand by their sentences."""
    if "[^" not in text:
        return text
    notes: dict[str, str] = {}
    kept: list[str] = []
    for line in text.split("\n"):
        note = _NOTE_TEXT.match(line)
        if note:
            notes.setdefault(note[1], note[2].strip().rstrip("."))
        else:
            kept.append(line)
    used: set[str] = set()

    def stands_by(match: re.Match[str]) -> str:
        if match[1] in used or not notes.get(match[1]):
            return ""
        used.add(match[1])
        return f" ({notes[match[1]]})"

    whole = _NOTE.sub(stands_by, "\n".join(kept))
    unused = [f"{note}." for name, note in notes.items() if name not in used and note]
    return "\n\n".join([whole, *unused])


def _plain(text: str) -> str:
    """Without links, tags, struck and bold marks, for quotes; lists and headings stay."""
    text = _without_comments(text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _STRUCK.sub("", text)
    text = _TAG.sub("", _RAISED_NOTE.sub("", text))
    text = _STRONG.sub(r"\2", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return text.replace("\u00a0", " ")


def _without_comments(text: str) -> str:
    """In one pass; an unclosed comment stays as text."""
    kept: list[str] = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        kept.append(text[end:start])
        end = close + len("-->")
    return "".join(kept) + text[end:]
