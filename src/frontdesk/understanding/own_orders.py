"""The numbers of a proven customer's own orders help to read a message: what is one of them is an order's number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from frontdesk.kit.plain import plain
from frontdesk.terms import EntityType
from frontdesk.tickets.reading import Entity, Reading

_SHORTEST = 4
"""A shorter number says too little by itself."""
_SEPARATORS = r"[ \-/.№#]{0,2}"
_CERTAIN = frozenset({EntityType.AMOUNT, EntityType.PHONE, EntityType.EMAIL, EntityType.DATE})
"""What is surely something else, although it may hold the same digits."""


def with_own_orders(reading: Reading, text: str, numbers: Iterable[str]) -> Reading:
    """The reading with every own number that the text holds whole, in any spelling, as the desk writes it."""
    entities = list(reading.entities)
    for own in _named(text, numbers):
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
