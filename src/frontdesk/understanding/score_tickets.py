"""How well readings agree with what people say of the same tickets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.kit.measures import expected_calibration_error
from frontdesk.terms import Priority
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.labelled import LabelledTicket, entity_value

Pair = tuple[LabelledTicket, Reading]

_OURS = frozenset({"ru", "kk", "en"})
_LEVELS = {Priority.LOW: 0, Priority.NORMAL: 1, Priority.HIGH: 2, Priority.URGENT: 3}


@dataclass(frozen=True, slots=True)
class Hits:
    """Things that were `found`, were `wanted`, and were `both`."""

    found: int
    wanted: int
    both: int

    @property
    def f1(self) -> float:
        return 2 * self.both / max(self.found + self.wanted, 1)

    def as_json(self) -> dict[str, float | int | None]:
        """Precision is null where nothing was found, recall where nothing was wanted."""
        return {
            "precision": _share(self.both, self.found),
            "recall": _share(self.both, self.wanted),
            "f1": round(self.f1, 4) if self.found or self.wanted else None,
            "found": self.found,
            "wanted": self.wanted,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of 0..1 over the tickets that tell the field; a field that none tells is left out."""

    tickets: int
    accuracy: dict[str, float]
    """`escalate_reason` is over the tickets that name one, `priority_within_one` lets it be a level off."""
    escalate: Hits | None
    entities: Hits | None
    """Of all types; an entity is right where type and value are."""
    entity_types: dict[str, Hits]
    category_ece: float | None
    """Expected calibration error of the confidence, over 15 bins, where the category is told."""

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "tickets": self.tickets,
            "accuracy": {field: round(share, 4) for field, share in self.accuracy.items()},
        }
        if self.escalate is not None:
            found["escalate"] = self.escalate.as_json()
        if self.entities is not None:
            types = {kind: hits.as_json() for kind, hits in self.entity_types.items()}
            found["entities"] = {"all": self.entities.as_json()} | types
        if self.category_ece is not None:
            found["category_ece"] = round(self.category_ece, 4)
        return found


@dataclass(frozen=True, slots=True)
class TicketScores:
    all: Scores
    by_language: dict[str, Scores]
    by_kind: dict[str, Scores]

    def as_json(self) -> dict[str, Any]:
        found = self.all.as_json()
        for name, parts in (("by_language", self.by_language), ("by_kind", self.by_kind)):
            if parts:
                found[name] = {part: scores.as_json() for part, scores in parts.items()}
        return found


def score_tickets(tickets: Sequence[LabelledTicket], readings: Sequence[Reading]) -> TicketScores:
    """A reading for each ticket, in the same order."""
    pairs = list(zip(tickets, readings, strict=True))
    return TicketScores(
        score(pairs),
        _parts(pairs, lambda ticket: ticket.language),
        _parts(pairs, lambda ticket: ticket.kind),
    )


def score(pairs: Sequence[Pair]) -> Scores:
    entities = _entity_hits(pairs)
    return Scores(
        tickets=len(pairs),
        accuracy={
            field: share for field, right in _RIGHT.items() if (share := _accuracy(pairs, right)) is not None
        },
        escalate=_escalate_hits(pairs),
        entities=entities.pop("", None),
        entity_types=entities,
        category_ece=_category_ece(pairs),
    )


def _parts(pairs: Sequence[Pair], name_of: Callable[[LabelledTicket], str | None]) -> dict[str, Scores]:
    named: dict[str, list[Pair]] = {}
    for pair in pairs:
        name = name_of(pair[0])
        if name is not None:
            named.setdefault(name, []).append(pair)
    return {name: score(named[name]) for name in sorted(named)}


def _language(wanted: LabelledTicket, found: Reading) -> bool | None:
    if wanted.language == "other":
        return found.language not in _OURS
    return _same(wanted.language, found.language)


def _within_one(wanted: LabelledTicket, found: Reading) -> bool | None:
    if wanted.priority is None:
        return None
    return abs(_LEVELS[wanted.priority] - _LEVELS[found.priority]) <= 1


def _same(wanted: object, found: object) -> bool | None:
    return None if wanted is None else wanted == found


_RIGHT: dict[str, Callable[[LabelledTicket, Reading], bool | None]] = {
    "language": _language,
    "category": lambda wanted, found: _same(wanted.category, found.category),
    "intent": lambda wanted, found: _same(wanted.intent, found.intent),
    "priority": lambda wanted, found: _same(wanted.priority, found.priority),
    "priority_within_one": _within_one,
    "sentiment": lambda wanted, found: _same(wanted.sentiment, found.sentiment),
    "escalate": lambda wanted, found: _same(wanted.escalate, found.escalate),
    "escalate_reason": lambda wanted, found: _same(wanted.escalate_reason, found.escalation_reason),
}
"""By field, whether the reading is right; None where the ticket does not tell."""


def _accuracy(pairs: Iterable[Pair], right: Callable[[LabelledTicket, Reading], bool | None]) -> float | None:
    told = [is_right for pair in pairs if (is_right := right(*pair)) is not None]
    return sum(told) / len(told) if told else None


def _escalate_hits(pairs: Iterable[Pair]) -> Hits | None:
    told = [(wanted.escalate, found.escalate) for wanted, found in pairs if wanted.escalate is not None]
    if not told:
        return None
    return Hits(
        sum(found for _, found in told),
        sum(wanted for wanted, _ in told),
        sum(wanted and found for wanted, found in told),
    )


def _entity_hits(pairs: Iterable[Pair]) -> dict[str, Hits]:
    """By type, and under an empty name those of all types; nothing where no ticket tells its entities."""
    wanted: set[tuple[int, str, str]] = set()
    found: set[tuple[int, str, str]] = set()
    told = False
    for place, (ticket, reading) in enumerate(pairs):
        if ticket.entities is not None:
            told = True
            wanted |= {(place, kind, value) for kind, value in ticket.entities}
            found |= {(place, *entity_value(one.type, one.value)) for one in reading.entities}
    if not told:
        return {}
    kinds = sorted({kind for _, kind, _ in wanted | found})
    return {kind: _hits(wanted, found, kind) for kind in ("", *kinds)}


def _hits(wanted: set[tuple[int, str, str]], found: set[tuple[int, str, str]], kind: str) -> Hits:
    ours, theirs = ({one for one in some if kind in ("", one[1])} for some in (found, wanted))
    return Hits(len(ours), len(theirs), len(ours & theirs))


def _category_ece(pairs: Iterable[Pair]) -> float | None:
    told = [
        (found.confidence, found.category == wanted.category) for wanted, found in pairs if wanted.category
    ]
    if not told:
        return None
    sure, right = zip(*told, strict=True)
    return expected_calibration_error(sure, right)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
