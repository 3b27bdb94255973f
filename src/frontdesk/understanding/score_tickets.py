"""How well readings agree with the labels that people gave the same tickets."""

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
    """How many things a reader named, how many the labels name, and how many both name."""

    predicted: int
    labelled: int
    correct: int

    @property
    def f1(self) -> float:
        return 2 * self.correct / max(self.predicted + self.labelled, 1)

    def as_json(self) -> dict[str, float | int | None]:
        """Precision is null where the reader named nothing, recall where the labels name nothing."""
        return {
            "precision": _share(self.correct, self.predicted),
            "recall": _share(self.correct, self.labelled),
            "f1": round(self.f1, 4) if self.predicted or self.labelled else None,
            "found": self.predicted,
            "wanted": self.labelled,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of 0..1 over the tickets that label the field; a field that none labels is left out."""

    tickets: int
    accuracy: dict[str, float]
    """`escalate_reason` is over the tickets that name one, `priority_within_one` lets it be a level off."""
    escalate: Hits | None
    entities: Hits | None
    """Of all types; an entity is right where type and value are."""
    entity_types: dict[str, Hits]
    category_ece: float | None
    """Expected calibration error of the confidence, over 15 bins, where the category is labelled."""

    def as_json(self) -> dict[str, Any]:
        report: dict[str, Any] = {
            "tickets": self.tickets,
            "accuracy": {field: round(share, 4) for field, share in self.accuracy.items()},
        }
        if self.escalate is not None:
            report["escalate"] = self.escalate.as_json()
        if self.entities is not None:
            types = {kind: hits.as_json() for kind, hits in self.entity_types.items()}
            report["entities"] = {"all": self.entities.as_json()} | types
        if self.category_ece is not None:
            report["category_ece"] = round(self.category_ece, 4)
        return report


@dataclass(frozen=True, slots=True)
class TicketScores:
    all: Scores
    by_language: dict[str, Scores]
    by_kind: dict[str, Scores]

    def as_json(self) -> dict[str, Any]:
        report = self.all.as_json()
        for name, parts in (("by_language", self.by_language), ("by_kind", self.by_kind)):
            if parts:
                report[name] = {part: scores.as_json() for part, scores in parts.items()}
        return report


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


def _language(ticket: LabelledTicket, reading: Reading) -> bool | None:
    if ticket.language == "other":
        return reading.language not in _OURS
    return _same(ticket.language, reading.language)


def _within_one(ticket: LabelledTicket, reading: Reading) -> bool | None:
    if ticket.priority is None:
        return None
    return abs(_LEVELS[ticket.priority] - _LEVELS[reading.priority]) <= 1


def _same(label: object, value: object) -> bool | None:
    return None if label is None else label == value


_RIGHT: dict[str, Callable[[LabelledTicket, Reading], bool | None]] = {
    "language": _language,
    "category": lambda ticket, reading: _same(ticket.category, reading.category),
    "intent": lambda ticket, reading: _same(ticket.intent, reading.intent),
    "priority": lambda ticket, reading: _same(ticket.priority, reading.priority),
    "priority_within_one": _within_one,
    "sentiment": lambda ticket, reading: _same(ticket.sentiment, reading.sentiment),
    "escalate": lambda ticket, reading: _same(ticket.escalate, reading.escalate),
    "escalate_reason": lambda ticket, reading: _same(ticket.escalate_reason, reading.escalation_reason),
}
"""By field, whether the reading is right; None where the ticket has no label."""


def _accuracy(pairs: Iterable[Pair], right: Callable[[LabelledTicket, Reading], bool | None]) -> float | None:
    verdicts = [is_right for pair in pairs if (is_right := right(*pair)) is not None]
    return sum(verdicts) / len(verdicts) if verdicts else None


def _escalate_hits(pairs: Iterable[Pair]) -> Hits | None:
    labelled = [
        (ticket.escalate, reading.escalate) for ticket, reading in pairs if ticket.escalate is not None
    ]
    if not labelled:
        return None
    return Hits(
        sum(predicted for _, predicted in labelled),
        sum(label for label, _ in labelled),
        sum(label and predicted for label, predicted in labelled),
    )


def _entity_hits(pairs: Iterable[Pair]) -> dict[str, Hits]:
    """By type, and under an empty name those of all types; nothing where no ticket labels entities."""
    labelled: set[tuple[int, str, str]] = set()
    predicted: set[tuple[int, str, str]] = set()
    any_labelled = False
    for place, (ticket, reading) in enumerate(pairs):
        if ticket.entities is not None:
            any_labelled = True
            labelled |= {(place, kind, value) for kind, value in ticket.entities}
            predicted |= {(place, *entity_value(entity.type, entity.value)) for entity in reading.entities}
    if not any_labelled:
        return {}
    kinds = sorted({kind for _, kind, _ in labelled | predicted})
    return {kind: _hits(labelled, predicted, kind) for kind in ("", *kinds)}


def _hits(labelled: set[tuple[int, str, str]], predicted: set[tuple[int, str, str]], kind: str) -> Hits:
    ours, theirs = (
        {entity for entity in entities if kind in ("", entity[1])} for entities in (predicted, labelled)
    )
    return Hits(len(ours), len(theirs), len(ours & theirs))


def _category_ece(pairs: Iterable[Pair]) -> float | None:
    labelled = [
        (reading.confidence, reading.category == ticket.category)
        for ticket, reading in pairs
        if ticket.category
    ]
    if not labelled:
        return None
    confidences, right = zip(*labelled, strict=True)
    return expected_calibration_error(confidences, right)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
