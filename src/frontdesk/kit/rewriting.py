"""A text under change that knows where each of its characters stood in the original."""

import re
from collections.abc import Callable, Sequence
from itertools import chain


class Rewriting:
    """`text` is the present text; `span` leads back to the original, whatever was put in, changed or taken out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: Sequence[int] = range(len(text))
        self._ends: Sequence[int] = range(1, len(text) + 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, without what was taken out at its edges."""
        if start < end:
            return self._starts[start], self._ends[end - 1]
        if start < len(self.text):
            return self._starts[start], self._starts[start]
        last = self._ends[-1] if self._ends else 0
        return last, last

    def translate(self, table: dict[int, str]) -> None:
        """Single characters for single characters."""
        self.text = self.text.translate(table)

    def sub(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> bool:
        """Like `re.sub`; whether anything changed. What keeps its length keeps its places letter by letter."""
        pieces: list[str] = []
        starts: list[Sequence[int]] = []
        ends: list[Sequence[int]] = []
        done, moved = 0, False
        for match in pattern.finditer(self.text):
            new = replacement(match)
            if new == match.group():
                continue
            start, end = match.span()
            pieces += (self.text[done:start], new)
            if len(new) == end - start:
                starts.append(self._starts[done:end])
                ends.append(self._ends[done:end])
            else:
                moved = True
                starts += (self._starts[done:start], [self._starts[start]] * len(new))
                ends += (self._ends[done:start], [self._ends[end - 1]] * len(new))
            done = end
        if not pieces:
            return False
        self.text = "".join([*pieces, self.text[done:]])
        if moved:
            self._starts = list(chain(*starts, self._starts[done:]))
            self._ends = list(chain(*ends, self._ends[done:]))
        return True
