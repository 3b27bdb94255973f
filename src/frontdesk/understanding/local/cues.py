"""Letters that a pattern cannot match without: most regex searches are skipped by a plain look for them."""

import re

Cues = frozenset[str]
"""Every match contains at least one of these."""
LEAST = 3
"""Letters of a cue: shorter ones occur in nearly every text."""
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|\((?:\?(?::|<?[=!]))?|[*+?]\??|\{[^}]*\}\??|.", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]|[ ']")
_TIMES = re.compile(r"[*+?]\??|\{[^}]*\}\??")
_PERHAPS_NONE = re.compile(r"[*?]|\{0?,|\{0\}")


def branches(pattern: str) -> list[str]:
    """The alternatives that a pattern as a whole consists of."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += token.startswith("(") - (token == ")")
        if token == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def cues_of(pattern: str) -> Cues | None:
    """None where a match may have none. Knows only the regex syntax used in `data/signals.json`."""
    return _group([")", *reversed(_TOKEN.findall(pattern))])


def _group(rest: list[str]) -> Cues | None:
    """The cues of all alternatives up to the closing bracket; removes their tokens from the end of `rest`."""
    held: list[Cues | None] = []
    while True:
        held.append(_sequence(rest))
        if rest.pop() == ")":
            sure = [cues for cues in held if cues is not None]
            return frozenset().union(*sure) if len(sure) == len(held) else None


def _sequence(rest: list[str]) -> Cues | None:
    """The rarest cues that one alternative must contain."""
    candidates: list[Cues] = []
    run = ""
    while rest[-1] not in {"|", ")"}:
        token = rest.pop()
        inner = _group(rest) if token[0] == "(" else None
        times = rest.pop() if _TIMES.fullmatch(rest[-1]) else ""
        sure = not _PERHAPS_NONE.match(times)
        if _LETTER.fullmatch(token) and sure:
            run += token
        if times or not _LETTER.fullmatch(token):
            candidates.append(frozenset({run}))
            run = ""
        if inner and sure and token in {"(", "(?:"}:
            candidates.append(inner)
    candidates.append(frozenset({run}))
    return max((cues for cues in candidates if _shortest(cues) >= LEAST), key=_worth, default=None)


def _shortest(cues: Cues) -> int:
    return min(map(len, cues))


def _worth(cues: Cues) -> tuple[int, int]:
    return _shortest(cues), -len(cues)
