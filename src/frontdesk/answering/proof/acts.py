"""What a text says was done, or is being done, for the customer, in any tense, person and language.

Such a sentence is borne by a record alone: the state of an order, the result of a tool; never by an article.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from frontdesk.answering.proof.lexicon import flat
from frontdesk.answering.proof.patterns import Patterns
from frontdesk.kit.plain import plain

_PATTERNS = Patterns("acts.txt")
_TOLD = _PATTERNS.any_of("told")
_SUPPOSED = _PATTERNS.any_of("supposed")
_EVENTS = {
    name: _PATTERNS.any_of(name)
    for name in ("delivered", "sent", "cancelled", "returned", "placed", "packed")
}
_PERSONAL = _PATTERNS.any_of("personal")
_WEIGHTY = _PATTERNS.any_of("weighty")
OF_ORDER = {
    "processing": {"placed"},
    "packed": {"placed", "packed"},
    "in transit": {"placed", "packed", "sent"},
    "out for delivery": {"placed", "packed", "sent"},
    "ready for pickup": {"placed", "packed", "sent"},
    "delivered": {"placed", "packed", "sent", "delivered"},
    "cancelled": {"placed", "cancelled"},
    "returned": {"placed", "packed", "sent", "delivered", "returned"},
}
"""What may be said to have happened to an order in each of its states."""


@dataclass(frozen=True, slots=True)
class ToldAct:
    shown: str
    name: str
    """One of the events of an order, or empty for any other act."""
    personal: bool
    """Told of the writer's doing, or of what is the customer's."""
    weighty: bool
    """Of money, or of a decision."""


@lru_cache(maxsize=8_192)
def acts_told(text: str) -> tuple[ToldAct, ...]:
    """What is told as done or being done; what is only supposed ("if it was damaged") is not acts."""
    folded = " ".join(flat(plain(text, markup=False).text).split())
    folded = _SUPPOSED.sub(" | ", folded)
    acts = []
    for match in _TOLD.finditer(folded):
        shown = match.group().strip()
        name = next((name for name, pattern in _EVENTS.items() if pattern.search(shown)), "")
        clause = _clause_of(folded, match)
        acts.append(ToldAct(shown, name, bool(_PERSONAL.search(clause)), bool(_WEIGHTY.search(shown))))
    return tuple(acts)


def _clause_of(text: str, match: re.Match[str]) -> str:
    start = max((text.rfind(mark, 0, match.start()) for mark in ",;:|"), default=-1) + 1
    ends = [end for mark in ",;:|" if (end := text.find(mark, match.end())) != -1]
    return text[start : min(ends, default=len(text))]
