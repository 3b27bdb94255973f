"""Category and intent: the model's view, corrected by plain signs that are surer than it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.terms import Category, EntityType, Intent
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.local.features import of_word
from frontdesk.understanding.local.model import Chances, Model
from frontdesk.understanding.local.small_talk import SmallTalk

_ORDER_MATTERS = frozenset({Category.ORDER, Category.DELIVERY})
_OUT_ABOVE = 0.6
_SHORT = 12
_LEXICON = 4.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a text before its category is asked for."""

    signals: dict[str, str]
    entities: tuple[Entity, ...]
    words: int
    feeling: float
    small_talk: SmallTalk | None
    asks: bool
    """It ends in, or holds, a question mark."""
    known: bool
    """Its language is one of ours: the words mean something to the model."""


@dataclass(frozen=True, slots=True)
class Classes:
    category: Category
    probability: float
    intent: Intent
    moods: dict[str, float]
    """Chances of a negative, neutral and positive text."""
    reasons: dict[str, float]
    """Chances that a person must answer, by reason."""
    out: float
    """The chance that no shop can help."""


def classify(found: Chances, signs: Signs) -> Classes:
    """What the models' chances and the plain signs come to together."""
    categories = _categories(found["category"], signs)
    category = Category(max(categories, key=lambda name: categories[name]))
    intents = _intents(found["intent"], signs)
    return Classes(
        category=category,
        probability=categories[category],
        intent=Intent(max(intents, key=lambda name: intents[name])),
        moods=_moods(found["mood"], signs),
        reasons=found["reason"],
        out=found["scope"]["out"],
    )


def _categories(found: dict[str, float], signs: Signs) -> dict[str, float]:
    if signs.small_talk:
        return _scaled(found, {"other": 1e6})
    if "order_status" in signs.signals and "refund" not in signs.signals:
        found = _scaled(found, {"delivery": 20.0})
    if "asks_human" in signs.signals and signs.words <= _SHORT:
        found = _scaled(found, {"other": 4.0})
    return found


def _intents(found: dict[str, float], signs: Signs) -> dict[str, float]:
    if signs.small_talk:
        return _scaled(found, {"other": 1e6})
    if not signs.known:
        likely = "question" if signs.asks else "request"
        return {name: 0.9 if name == likely else 0.1 / (len(found) - 1) for name in found}
    if signs.feeling < 0.3:
        found = _scaled(found, {"praise": 0.1})
    return _by_wish(found, signs)


def _moods(found: dict[str, float], signs: Signs) -> dict[str, float]:
    """The words of feeling have a say of their own: the model has not met them all."""
    weight = math.exp(_LEXICON * (signs.feeling - 0.5))
    return _scaled(found, {"positive": weight, "negative": 1 / weight})


def _by_wish(found: dict[str, float], signs: Signs) -> dict[str, float]:
    """What the verbs of wishing say: cancel this, take that back, how does one ..."""
    wished = signs.signals
    if "wants_cancel" in wished and not signs.asks and "how_to" not in wished:
        found = _scaled(found, {"cancel": 8.0})
    elif "wants_return" in wished and not signs.asks:
        found = _scaled(found, {"return": 6.0})
    elif "order_status" in wished:
        found = _scaled(found, {"cancel": 0.1, "return": 0.2})
    if "how_to" in wished and signs.asks:
        found = _scaled(found, {"question": 2.5})
    return found


def _scaled(probabilities: dict[str, float], factors: dict[str, float]) -> dict[str, float]:
    raw = {name: value * factors.get(name, 1.0) for name, value in probabilities.items()}
    total = sum(raw.values())
    return {name: value / total for name, value in raw.items()}


def wants_status(classes: Classes, signs: Signs) -> bool:
    """Whether the state of an order of theirs is asked for."""
    if classes.intent in {Intent.CANCEL, Intent.RETURN, Intent.PRAISE} or "refund" in signs.signals:
        return False
    if "order_status" in signs.signals:
        return True
    numbered = any(e.type in {EntityType.ORDER_NUMBER, EntityType.TRACKING_NUMBER} for e in signs.entities)
    if numbered and signs.words <= 2:
        return True
    asking = classes.intent in {Intent.QUESTION, Intent.COMPLAINT}
    return numbered and asking and classes.category in _ORDER_MATTERS


def is_out_of_scope(classes: Classes, signs: Signs) -> bool:
    """A matter that no shop can help with: weather, poems, homework."""
    if signs.small_talk or signs.entities or not signs.known or classes.category is not Category.OTHER:
        return False
    return classes.out > _OUT_ABOVE


def pulling(model: Model, labels: Mapping[str, str], forms: list[str]) -> dict[str, list[str]]:
    """By head: the three words that speak most for its label."""
    alone = [form for form in dict.fromkeys(forms[:60]) if len(form) > 1]
    if not alone:
        return {}
    apart = model.space.apart([of_word(form) for form in alone])
    return {name: _strongest(alone, model.heads[name].pulls(apart, label)) for name, label in labels.items()}


def _strongest(forms: list[str], pulls: NDArray[np.float64]) -> list[str]:
    return [forms[at] for at in np.argsort(-pulls, kind="stable")[:3] if pulls[at] > 0]
