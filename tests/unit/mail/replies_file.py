"""Reads the written examples of `replies`: a name with an optional subject, a body, and what its sender newly wrote."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "replies"


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    subject: str
    body: str
    reply: str


def examples(language: str) -> list[Example]:
    text = (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^#### (?!reply$)", text, flags=re.MULTILINE)[1:]
    return [_example(block) for block in blocks]


def _example(block: str) -> Example:
    title, _, rest = block.partition("\n")
    body, _, reply = rest.partition("#### reply\n")
    name, _, subject = title.partition(" | ")
    return Example(name, subject, body, reply.rstrip("\n"))
