"""Short replies that mean something only in their conversation: `ок`, `нет`, `не помогло`, `жақсы`, `12`, a thumb."""

import json
import re
from functools import cache
from importlib.resources import files

from frontdesk.kit.words import fold, forms
from frontdesk.tickets.reading import ShortReply

_KINDS: tuple[ShortReply, ...] = ("not_helped", "refusal", "again", "agreement")
"""What counts first where a reply has several."""
_MOST_CHARACTERS = 60
_MOST_WORDS = 7
_LONGEST_PHRASE = 6
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_NUMBER = re.compile(r"\s*+[#№]?\s*+\d{1,3}\s*+[.!?)]*+\s*+")
_AGREES = re.compile("^[\\W_]*(?:[👍👌🙏💯✅✔🆗🤝🙂😊😀😃😄😁☺❤🔥👏]|\\+{1,3}$)")
_DISAGREES = re.compile("^[\\W_]*[👎❌🙅😞😡😠😕🙁☹🤷]")


def short_reply(text: str) -> ShortReply | None:
    """The kind, where the whole of a plain text is one."""
    if len(text) > _MOST_CHARACTERS:
        return None
    if _NUMBER.fullmatch(text):
        return "number"
    words = [_DRAWN_OUT.sub(r"\1", form) for form in forms(text)]
    if not words:
        return _sign(text.strip())
    return _in_words(words) if len(words) <= _MOST_WORDS else None


def _sign(text: str) -> ShortReply | None:
    if _DISAGREES.match(text):
        return "not_helped"
    return "agreement" if _AGREES.match(text) else None


def _in_words(words: list[str]) -> ShortReply | None:
    phrases, fillers = _phrases()
    kinds: set[ShortReply] = set()
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            kind = phrases.get(" ".join(words[at : at + length]))
            if kind is not None:
                kinds.add(kind)
                at += length
                break
        else:
            if words[at] not in fillers:
                return None
            at += 1
    return next((kind for kind in _KINDS if kind in kinds), None)


@cache
def _phrases() -> tuple[dict[str, ShortReply], frozenset[str]]:
    raw = json.loads(files(__package__).joinpath("data/shortreplies.json").read_text(encoding="utf-8"))
    return {fold(phrase): kind for kind in _KINDS for phrase in raw[kind]}, frozenset(
        map(fold, raw["fillers"])
    )
