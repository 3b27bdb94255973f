"""Messages without a request: greetings, thanks, goodbyes, noise."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal

from frontdesk.kit.words import fold

SmallTalk = Literal["greeting", "thanks", "goodbye", "noise"]
_KINDS: tuple[SmallTalk, ...] = ("goodbye", "thanks", "greeting", "noise")
_MOST_WORDS = 8


def small_talk(forms: list[str]) -> SmallTalk | None:
    """The kind, where the whole message is nothing but small talk."""
    if not forms:
        return "noise"
    if len(forms) > _MOST_WORDS:
        return None
    phrases, fillers = _phrases()
    kinds: list[SmallTalk] = []
    rest = forms
    while rest:
        length, kind = next(
            (
                (n, phrases[" ".join(rest[:n])])
                for n in range(len(rest), 0, -1)
                if " ".join(rest[:n]) in phrases
            ),
            (0, None),
        )
        if kind is not None:
            kinds.append(kind)
        elif rest[0] not in fillers or not kinds:
            return None
        rest = rest[max(1, length) :]
    return next(kind for kind in _KINDS if kind in kinds)


@cache
def _phrases() -> tuple[dict[str, SmallTalk], frozenset[str]]:
    raw = json.loads(files(__package__).joinpath("data/smalltalk.json").read_text(encoding="utf-8"))
    return {fold(phrase): kind for kind in _KINDS for phrase in raw[kind]}, frozenset(
        map(fold, raw["fillers"])
    )
