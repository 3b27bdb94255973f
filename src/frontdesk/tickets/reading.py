"""What understanding makes of a customer's message."""

from dataclasses import dataclass, field
from typing import Literal

from frontdesk.terms import (
    Category,
    Difficulty,
    EntityType,
    EscalationReason,
    Intent,
    Priority,
    Sentiment,
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in the text; `text[start:end]` is where, `value` its normal form (contracts: Entities)."""

    type: EntityType
    value: str
    text: str
    start: int
    end: int
    currency: str | None = None


ShortReply = Literal["agreement", "refusal", "not_helped", "again", "number"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The analysis of one message; every probability lies in 0..1.

    `escalate` is understanding's own view of the text (a wish for a person, anger, danger ...);
    what becomes of the ticket is decided by escalation's policy.
    """

    language: str
    category: Category
    intent: Intent
    priority: Priority
    sentiment_score: float
    risk: float
    difficulty: Difficulty
    confidence: float
    """How sure the analysis is of the category, calibrated."""
    summary: str
    tags: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    escalate: bool = False
    escalation_reason: EscalationReason | None = None
    out_of_scope: bool = False
    small_talk: Literal["greeting", "thanks", "goodbye", "noise"] | None = None
    """Set where the message asks for nothing: it is greeted back, not searched for."""
    short_reply: ShortReply | None = None
    """Set where the whole message is a word or two that mean something only after what was said before."""
    explanation: dict[str, list[str]] = field(default_factory=dict)
    """For each field the words that led to it; as `nearest` the training examples most like the text."""

    @property
    def asks_nothing(self) -> bool:
        """Small talk or a short reply: it is met by what was said before, and tells nothing of the ticket."""
        return self.small_talk is not None or self.short_reply is not None

    @property
    def sentiment(self) -> Sentiment:
        return Sentiment.of(self.sentiment_score)
