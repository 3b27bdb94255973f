"""Category and intent: the model's probabilities, corrected by signs in the text that are more reliable."""

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
_SHOWN_WORDS = 5
_LEAST_CONTRIBUTION, _LEAST_SHARE = 1.0, 0.25
"""Below either (the share is of the strongest word) a word explains nothing."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a text before its category is asked for."""

    signals: dict[str, str]
    entities: tuple[Entity, ...]
    words: int
    sentiment: float
    """0..1, by the words of sentiment; 0.5 is neutral."""
    small_talk: SmallTalk | None
    asks: bool
    """It contains a question mark."""
    known: bool
    """Its language is one that the model was trained on."""

    @property
    def asks_for_status(self) -> bool:
        """It asks how an order stands; when goods would come that are not bought yet is no such question."""
        bought = any(entity.type is EntityType.ORDER_NUMBER for entity in self.entities)
        return "order_status" in self.signals and (bought or "before_purchase" not in self.signals)


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


def classify(probabilities: Chances, signs: Signs) -> Classes:
    """Combine the models' probabilities with the signs."""
    categories = _categories(probabilities["category"], signs)
    category = Category(max(categories, key=lambda name: categories[name]))
    intents = _intents(probabilities["intent"], signs)
    return Classes(
        category=category,
        probability=categories[category],
        intent=Intent(max(intents, key=lambda name: intents[name])),
        moods=_moods(probabilities["mood"], signs),
        reasons=probabilities["reason"],
        out=probabilities["scope"]["out"],
    )


def _categories(probabilities: dict[str, float], signs: Signs) -> dict[str, float]:
    if signs.small_talk:
        return _scaled(probabilities, {"other": 1e6})
    if signs.asks_for_status and "refund" not in signs.signals:
        probabilities = _scaled(probabilities, {"delivery": 20.0})
    if "asks_human" in signs.signals and signs.words <= _SHORT:
        probabilities = _scaled(probabilities, {"other": 4.0})
    return probabilities


def _intents(probabilities: dict[str, float], signs: Signs) -> dict[str, float]:
    if signs.small_talk:
        return _scaled(probabilities, {"other": 1e6})
    if not signs.known:
        likely = "question" if signs.asks else "request"
        return {name: 0.9 if name == likely else 0.1 / (len(probabilities) - 1) for name in probabilities}
    if signs.sentiment < 0.3:
        probabilities = _scaled(probabilities, {"praise": 0.1})
    return _with_wishes(probabilities, signs)


def _moods(probabilities: dict[str, float], signs: Signs) -> dict[str, float]:
    """Words of sentiment count by themselves too: the model does not know all of them."""
    weight = math.exp(_LEXICON * (signs.sentiment - 0.5))
    return _scaled(probabilities, {"positive": weight, "negative": 1 / weight})


def _with_wishes(probabilities: dict[str, float], signs: Signs) -> dict[str, float]:
    """Apply the signs of a wish: cancel this, take that back, how do I ..."""
    wished = signs.signals
    if "wants_cancel" in wished and not signs.asks and "how_to" not in wished:
        probabilities = _scaled(probabilities, {"cancel": 8.0})
    elif "wants_return" in wished and not signs.asks:
        probabilities = _scaled(probabilities, {"return": 6.0})
    elif signs.asks_for_status:
        probabilities = _scaled(probabilities, {"cancel": 0.1, "return": 0.2})
    if "how_to" in wished and signs.asks:
        probabilities = _scaled(probabilities, {"question": 2.5})
    return probabilities


def _scaled(probabilities: dict[str, float], factors: dict[str, float]) -> dict[str, float]:
    raw = {name: value * factors.get(name, 1.0) for name, value in probabilities.items()}
    total = sum(raw.values())
    return {name: value / total for name, value in raw.items()}


def wants_status(classes: Classes, signs: Signs) -> bool:
    """Whether the customer asks for the status of an order."""
    if classes.intent in {Intent.CANCEL, Intent.RETURN, Intent.PRAISE} or "refund" in signs.signals:
        return False
    if signs.asks_for_status:
        return True
    numbered = any(e.type in {EntityType.ORDER_NUMBER, EntityType.TRACKING_NUMBER} for e in signs.entities)
    if numbered and signs.words <= 2:
        return True
    asking = classes.intent in {Intent.QUESTION, Intent.COMPLAINT}
    return numbered and asking and classes.category in _ORDER_MATTERS


def is_out_of_scope(classes: Classes, signs: Signs) -> bool:
    """Whether no shop can help with it: weather, poems, homework."""
    if signs.small_talk or signs.entities or not signs.known or classes.category is not Category.OTHER:
        return False
    return classes.out > _OUT_ABOVE


def strongest_words(model: Model, labels: Mapping[str, str], forms: list[str]) -> dict[str, list[str]]:
    """By head: up to five words that contribute most to its label, none that contributes next to nothing."""
    distinct = [form for form in dict.fromkeys(forms[:60]) if len(form) > 1]
    if not distinct:
        return {}
    vectors = model.space.vectors([of_word(form) for form in distinct])
    return {
        name: _strongest(distinct, model.heads[name].contributions(vectors, label))
        for name, label in labels.items()
    }


def _strongest(forms: list[str], contributions: NDArray[np.float64]) -> list[str]:
    least = max(_LEAST_CONTRIBUTION, float(contributions.max()) * _LEAST_SHARE)
    strongest = np.argsort(-contributions, kind="stable")[:_SHOWN_WORDS]
    return [forms[at] for at in strongest if contributions[at] >= least]
