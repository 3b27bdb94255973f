"""Replaces personal numbers and addresses by placeholders for models, and restores them in replies."""

import re
from collections.abc import Iterator

from frontdesk.kit.plain import plain
from frontdesk.llm.private import find_private

PLACEHOLDER = re.compile(r"\[(?:card|iban|email|phone|person_number|passport|text)_\d+\]")


class Redactor:
    """For one conversation: the same value gets the same placeholder in every text.

    `restore(redact(text)) == text` for any text, however what is hidden was typed. Order and tracking numbers
    stay readable.
    """

    def __init__(self) -> None:
        self._placeholder_of: dict[str, str] = {}
        self._value_of: dict[str, str] = {}

    def redact(self, text: str) -> str:
        taken: list[tuple[int, int, str]] = []
        for kind, start, end in _private(text):
            if all(end <= other_start or other_end <= start for other_start, other_end, _ in taken):
                taken.append((start, end, self._placeholder(kind, text[start:end])))
        pieces: list[str] = []
        done = 0
        for start, end, placeholder in sorted(taken):
            pieces += (text[done:start], placeholder)
            done = end
        return "".join([*pieces, text[done:]])

    def restore(self, text: str) -> str:
        """The text with the values restored; an unknown placeholder stays."""
        return PLACEHOLDER.sub(lambda match: self._value_of.get(match.group(), match.group()), text)

    def _placeholder(self, kind: str, value: str) -> str:
        if value not in self._placeholder_of:
            name = f"[{kind}_{len(self._placeholder_of) + 1}]"
            self._placeholder_of[value] = name
            self._value_of[name] = value
        return self._placeholder_of[value]


def _private(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind and place in the text as it was typed; what comes first counts where two overlap."""
    # A typed placeholder is hidden too, so that a customer cannot refer to a hidden value.
    for match in PLACEHOLDER.finditer(text):
        yield "text", *match.span()
    # With its markup, because an address in a tag is one too; without, because a tag may divide a number.
    for markup in (True, False) if "<" in text or "&" in text else (False,):
        meant = plain(text, markup=markup)
        for match in PLACEHOLDER.finditer(meant.text):
            yield "text", *meant.span(*match.span())
        for kind, start, end in find_private(meant.text):
            yield kind, *meant.span(start, end)


def hold_back(text: str) -> str:
    """A text that is still streaming, without an unfinished placeholder at its end."""
    cut = text.rfind("[")
    if cut == -1 or "]" in text[cut:] or len(text) - cut > 30:
        return text
    return text[:cut]
