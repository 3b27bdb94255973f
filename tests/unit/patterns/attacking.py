"""Hostile texts for a regular expression, made of what its own repetitions take, and the time that it spends on them.

Run as a module it takes the beginnings of the places to look at, all where there are none, and prints a line of
JSON for each pattern that a text holds up.
"""

import json
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from re import _constants, _parser
from typing import Any

from tests.unit.patterns.collecting import Found, all_patterns

LENGTH = 40_000
"""Characters: what grows with the text takes a millisecond, what grows with its square many seconds."""
LIMIT = 2.0
"""Seconds of this process: generous by a factor of a thousand."""
ENDS = ("", "\x00")
ANYTHING = ("a", " ", "0", "\n", "-", ".", "/", "_")
_LETTERS = "a1 \t.-,:/<>x_\n\"'"
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
Tree = Sequence[tuple[Any, Any]]


def hostile(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Long texts: a beginning that leads into a repetition, what it repeats, and an end that it does not take."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree: Tree = list(_parser.parse(pattern.pattern, flags))
    pumps = [("", letter) for letter in ANYTHING]
    pumps += _pumps(tree, [""])
    pumps += [("", whole) for whole in _samples(tree, 3)]
    for start, pump in dict.fromkeys(pumps):
        if pump and len(pump) <= 200:
            for end in ENDS:
                yield start + pump * (LENGTH // len(pump)) + end


def _pumps(tree: Tree, starts: list[str]) -> list[tuple[str, str]]:
    """What can be repeated without end, each with texts that come before it."""
    pairs: list[tuple[str, str]] = []
    for at, (op, given) in enumerate(tree):
        before = [start + text for start in starts for text in _samples(tree[:at], 2)][:3]
        if op in _REPEATS:
            _, most, body = given
            if most == _constants.MAXREPEAT or most > 50:
                pairs += [(start, text) for text in _samples(body, 6) for start in before]
                next_ = _samples(tree[at + 1 : at + 2], 2)
                pairs += [("", text + after) for text in _samples(body, 2) for after in next_]
        for inner in _inside(op, given):
            pairs += _pumps(inner, before)
    return pairs


def _inside(op: Any, given: Any) -> list[Tree]:
    if op in _REPEATS:
        return [given[2]]
    if op is _constants.SUBPATTERN:
        return [given[3]]
    if op is _constants.ATOMIC_GROUP:
        return [given]
    if op in (_constants.ASSERT, _constants.ASSERT_NOT):
        return [given[1]]
    return list(given[1]) if op is _constants.BRANCH else []


def _samples(tree: Tree, most: int = 4) -> list[str]:
    """A few texts that it matches, or nearly."""
    texts = [""]
    for op, given in tree:
        texts = [text + more for text in texts for more in _one(op, given)][:most]
    return texts


def _one(op: Any, given: Any) -> list[str]:
    if op is _constants.LITERAL:
        return [chr(given)]
    if op is _constants.NOT_LITERAL:
        return ["a" if given != ord("a") else "b"]
    if op is _constants.IN:
        return _of_set(given)
    if op is _constants.ANY:
        return ["a"]
    if op in _REPEATS:
        least, most, body = given
        return [text * min(max(least, 1), 20) for text in _samples(body)] if most else [""]
    inside = [] if op in (_constants.ASSERT, _constants.ASSERT_NOT) else _inside(op, given)
    return [text for tree in inside for text in _samples(tree, 2)][:6] or [""]


def _of_set(items: Sequence[tuple[Any, Any]]) -> list[str]:
    if items[0][0] is _constants.NEGATE:
        return [
            next((letter for letter in _LETTERS if not any(_has(item, letter) for item in items[1:])), "a")
        ]
    texts: list[str] = []
    for op, given in items:
        if op is _constants.LITERAL:
            texts.append(chr(given))
        elif op is _constants.RANGE:
            texts.append(chr(given[0]))
        else:
            texts += [letter for letter in "a0 -" if _has((op, given), letter)][:2]
    return texts[:6] or ["a"]


def _has(item: tuple[Any, Any], letter: str) -> bool:
    op, given = item
    if op is _constants.LITERAL:
        return bool(ord(letter) == given)
    if op is _constants.RANGE:
        return bool(given[0] <= ord(letter) <= given[1])
    name = str(given)
    kinds = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
    kind = next(kind for kind in kinds if name.endswith(kind))
    return kinds[kind] != ("NOT" in name)


class _TooLong(Exception):
    pass


def held_up(used: Found) -> str | None:
    """The beginning of the text that the pattern spends too long on."""
    for text in hostile(used.pattern):
        subject = text.encode("latin-1", "replace") if isinstance(used.pattern.pattern, bytes) else text
        for method in used.ways:
            # The engine looks for signals while it works, so that a timer stops it.
            signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
            try:
                result = getattr(used.pattern, method)(subject)
                if method == "finditer":
                    deque(result, maxlen=0)
            except _TooLong:
                return f"{method} of {text[:60]!r}... {text[-3:]!r}"
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def stopping() -> None:
    """The timer's signal stops what runs in this process's main thread."""

    def stop(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGVTALRM, stop)


def main() -> None:
    stopping()
    started = time.process_time()
    patterns = all_patterns()
    only = sys.argv[1:]
    for used in patterns:
        if only and not used.place.startswith(tuple(only)):
            continue
        if (text := held_up(used)) is not None:
            line = {"place": used.place, "pattern": str(used.pattern.pattern), "text": text}
            print(json.dumps(line, ensure_ascii=False), flush=True)
    print(f"{len(patterns)} patterns, {time.process_time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
