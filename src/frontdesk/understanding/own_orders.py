"""The numbers of a proven customer's own orders help to read a message: what is one of them is an order's number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontdesk.kit.plain import plain
from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Entity, Reading

_SHORTEST = 4
"""A shorter number says too little by itself."""
_DIGITS = re.compile(r"(?<![\w.,/-])\d{4,10}(?![\w%]|[.,/-]\d)")
_SEPARATORS = r"[ \-/.№#]{0,2}"
_CERTAIN = frozenset({EntityType.AMOUNT, EntityType.PHONE, EntityType.EMAIL, EntityType.DATE})
"""What is surely something else, although it may hold the same digits."""


def with_own_orders(reading: Reading, text: str, numbers: Iterable[str]) -> Reading:
    """The reading with every own number that the text holds whole, in any spelling, as the desk writes it.

    Where it holds none, a number that is a single slip of the finger away from one own number is taken for that.
    """
    entities = list(reading.entities)
    numbers = list(numbers)
    exact = list(_named(text, numbers))
    known = frozenset(numbers)
    for own in exact or _mistyped(text, known):
        beside = [entity for entity in entities if own.start < entity.end and entity.start < own.end]
        if any(entity.type in _CERTAIN for entity in beside):
            continue
        entities = [entity for entity in entities if entity not in beside]
        entities.append(own)
    return replace(reading, entities=tuple(sorted(entities, key=lambda entity: entity.start)))


def _named(text: str, numbers: Iterable[str]) -> Iterator[Entity]:
    meant = plain(text)
    for number in numbers:
        characters = [character for character in plain(number).text if character.isalnum()]
        if len(characters) < _SHORTEST:
            continue
        spelled = _SEPARATORS.join(map(re.escape, characters))
        whole = rf"(?<![A-Za-z0-9])(?<!\d[ .,/-]){spelled}(?![A-Za-z0-9]|[ .,/-]\d)"
        for match in re.finditer(whole, meant.text, re.IGNORECASE):
            start, end = meant.span(*match.span())
            yield Entity(EntityType.ORDER_NUMBER, number, text[start:end], start, end)


def _mistyped(text: str, numbers: frozenset[str]) -> Iterator[Entity]:
    meant = plain(text)
    for match in _DIGITS.finditer(meant.text):
        near = [number for number in numbers if _one_slip(match.group(), number)]
        if len(near) == 1:
            start, end = meant.span(*match.span())
            yield Entity(EntityType.ORDER_NUMBER, near[0], text[start:end], start, end)


def _one_slip(written: str, known: str) -> bool:
    """One digit wrong, two changed about, one left out or one too many."""
    if abs(len(written) - len(known)) > 1 or len(known) < _SHORTEST or written == known:
        return False
    start = next(
        (at for at, (mine, own) in enumerate(zip(written, known, strict=False)) if mine != own), None
    )
    if start is None:
        return True
    rest, own = written[start:], known[start:]
    if len(rest) == len(own):
        return rest[1:] == own[1:] or (rest[:2] == own[1::-1] and rest[2:] == own[2:])
    longer, shorter = (rest, own) if len(rest) > len(own) else (own, rest)
    return longer[1:] == shorter
