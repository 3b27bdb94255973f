"""Splits an article into chunks of whole sentences, each with its headings."""

import re
from dataclasses import dataclass

from frontdesk.kit.words import count_words, sentences
from frontdesk.knowledge.extract.pipes import with_named_rows
from frontdesk.knowledge.headings import heading_of

TARGET_WORDS = 160
MOST_WORDS = 220
_FENCE = re.compile(r"^\s*(```|~~~)")


@dataclass(frozen=True, slots=True)
class Chunk:
    heading: str
    """The headings above it, outermost first, joined by ` › `; empty before the first heading."""
    text: str


def chunk(text: str, title: str = "") -> list[Chunk]:
    """The chunks of a text with Markdown headings (`## Heading`); a heading equal to the title is left out."""
    pieces: list[Chunk] = []
    for heading, body in _sections(text, title):
        pieces.extend(Chunk(heading, part) for part in _split(body))
    return pieces


def _sections(text: str, title: str) -> list[tuple[str, str]]:
    sections: list[tuple[str, list[str]]] = [("", [])]
    path: list[tuple[int, str]] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        top = None if fenced else heading_of(line)
        if top is None:
            sections[-1][1].append(line)
            continue
        level, name = top
        path = [entry for entry in path if entry[0] < level]
        if name != title.strip():
            path.append((level, name))
        sections.append((" › ".join(name for _, name in path), []))
    cut = [(heading, "\n".join(with_named_rows(lines)).strip()) for heading, lines in sections]
    return [(heading, body) for heading, body in cut if body]


def _split(body: str) -> list[str]:
    """Join paragraphs up to the target size; split longer ones between sentences."""
    if count_words(body) <= MOST_WORDS:
        return [body]
    parts: list[str] = []
    current: list[str] = []
    size = 0
    for piece in _pieces(body):
        words = count_words(piece)
        if current and (size >= TARGET_WORDS or size + words > MOST_WORDS):
            parts.append("".join(current).strip())
            current, size = [], 0
        current.append(piece)
        size += words
    parts.append("".join(current).strip())
    return [part for part in parts if part]


def _pieces(body: str) -> list[str]:
    """The paragraphs, or the sentences of a long one, each with the white space after it; rows and items stay lines."""
    pieces: list[str] = []
    for paragraph in re.split(r"\n\s*\n", body):
        if count_words(paragraph) <= TARGET_WORDS:
            pieces.append(paragraph + "\n\n")
            continue
        for line in paragraph.split("\n"):
            inner = [part for sentence in sentences(line) for part in _bounded(sentence)]
            pieces.extend(sentence + " " for sentence in inner[:-1])
            pieces.extend(sentence + "\n" for sentence in inner[-1:])
        pieces[-1] += "\n"
    return pieces


def _bounded(sentence: str) -> list[str]:
    """A sentence of over 440 words (a table, a log) is split between words."""
    words = sentence.split()
    if len(words) <= 2 * MOST_WORDS and len(sentence) <= 8000:
        return [sentence]
    cut = [" ".join(words[at : at + MOST_WORDS]) for at in range(0, len(words), MOST_WORDS)]
    return [part[at : at + 4000] for part in cut for at in range(0, len(part), 4000)]
