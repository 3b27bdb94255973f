"""Category and intent: the model's view, corrected by plain signs that are surer than it."""

from dataclasses import dataclass

from frontdesk.terms import Category, EntityType, Intent
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.local.features import Vector, vector
from frontdesk.understanding.local.model import Head, Model

_ORDER_MATTERS = frozenset({Category.ORDER, Category.DELIVERY})
_OUT_ABOVE = 0.6
_SHORT = 12
_SOME = 0.05
"""Less than this the model would have to be talked into."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a text before its category is asked for."""

    signals: dict[str, str]
    entities: tuple[Entity, ...]
    words: int
    feeling: float
    small_talk: str | None
    asks: bool
    """It ends in, or holds, a question mark."""
    known: bool
    """Its language is one of ours: the words mean something to the model."""

    @property
    def names_order(self) -> bool:
        return any(entity.type is EntityType.ORDER_NUMBER for entity in self.entities)


@dataclass(frozen=True, slots=True)
class Classes:
    category: Category
    probability: float
    intent: Intent
    complaint: float
    praise: float
    calm: float
    """How much it reads as an even-tempered wish: question, request, return or cancel."""


def classify(model: Model, features: Vector, signs: Signs) -> Classes:
    categories = _categories(model.category.probabilities(features), signs)
    category = Category(max(categories, key=lambda name: categories[name]))
    intents = _intents(model.intent.probabilities(features), signs)
    return Classes(
        category=category,
        probability=categories[category],
        intent=Intent(max(intents, key=lambda name: intents[name])),
        complaint=intents["complaint"],
        praise=intents["praise"],
        calm=sum(intents[name] for name in ("question", "request", "return", "cancel")),
    )


def _categories(found: dict[str, float], signs: Signs) -> dict[str, float]:
    if signs.small_talk:
        return _scaled(found, {"other": 60.0})
    if signs.names_order:
        # A number that names an order speaks for what is done with orders.
        found = _scaled(found, {"order": 1.6, "delivery": 1.6, "returns": 1.6, "other": 0.3})
    if "order_status" in signs.signals and "refund" not in signs.signals:
        found = _scaled(found, {"delivery": 4.0})
    if "asks_human" in signs.signals and signs.words <= _SHORT:
        found = _scaled(found, {"other": 4.0})
    return found


def _intents(found: dict[str, float], signs: Signs) -> dict[str, float]:
    if signs.small_talk:
        return _scaled(found, {"other": 1e6})
    if not signs.known:
        likely = "question" if signs.asks else "request"
        return {name: 0.9 if name == likely else 0.1 / (len(found) - 1) for name in found}
    if "asks_human" in signs.signals:
        found = _scaled(found, {"request": 4.0})
    found = _by_wish(found, signs)
    if signs.feeling > 0.72 and not signs.asks and found["praise"] > _SOME:
        found = _scaled(found, {"praise": 8.0, "complaint": 0.2})
    if signs.feeling < 0.3:
        found = _scaled(found, {"complaint": 3.0, "praise": 0.1})
    if signs.asks and signs.feeling > 0.35:
        found = _scaled(found, {"question": 1.6})
    return found


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


def is_out_of_scope(model: Model, features: Vector, classes: Classes, signs: Signs) -> bool:
    """A matter that no shop can help with: weather, poems, homework."""
    if signs.small_talk or signs.entities or not signs.known or classes.category is not Category.OTHER:
        return False
    return model.scope.probabilities(features)["out"] > _OUT_ABOVE


def pulling(head: Head, label: str, forms: list[str]) -> list[str]:
    """The three words that speak most for a label."""
    pulls = {form: head.pull(vector([form])[0], label) for form in dict.fromkeys(forms[:60]) if len(form) > 1}
    best = sorted(pulls, key=lambda form: -pulls[form])[:3]
    return [form for form in best if pulls[form] > 0]
