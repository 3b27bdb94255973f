"""What answering decides to do about a message: say something, ask back, or bring a person."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from frontdesk.terms import EscalationReason
from frontdesk.tickets.action import ProposedAction
from frontdesk.tickets.rationale import Rationale


class Act(StrEnum):
    ANSWER = "answer"
    ASK = "ask"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence of the answer comes from (contracts: Source); `quote` stands in the document."""

    doc_id: str
    title: str
    heading: str
    quote: str
    score: float
    url: str | None = None
    document_id: str | None = None
    """With `version` the exact article that was read; None for what is none."""
    version: int | None = None

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Source":
        """As it was kept, also by a version that knew other fields."""
        return cls(**{field.name: record[field.name] for field in fields(cls) if field.name in record})


class ProofKind(StrEnum):
    """What bears a sentence that a customer reads."""

    PASSAGE = "passage"
    ORDER = "order"
    RESULT = "result"
    QUESTION = "question"
    """It asks, and asserts nothing."""
    COURTESY = "courtesy"
    """Of a closed kind that asserts nothing."""
    PHRASE = "phrase"
    """The desk's own standing words."""


@dataclass(frozen=True, slots=True)
class SentenceProof:
    """One sentence of a reply, with what bears it; `quote` stands in the source word for word."""

    sentence: str
    kind: ProofKind
    doc_id: str | None = None
    heading: str | None = None
    quote: str | None = None
    document_id: str | None = None
    version: int | None = None
    own_words: bool = True
    """Whether the model put it so; False for a sentence of the source in the place of one that was not borne."""

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "SentenceProof":
        """As it was kept, also by a version that knew other fields."""
        known = {field.name: record[field.name] for field in fields(cls) if field.name in record}
        return cls(**{**known, "kind": ProofKind(known["kind"])})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one link of the chain; `outcome` is `ok`, `timeout`, `rate_limited`, `skipped` ..."""

    provider: str
    model: str
    outcome: str
    latency_ms: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made the decision, and at what price."""

    provider: str
    model: str
    prompt_version: str
    latency_ms: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    """US dollars; None where the price is not known."""
    attempts: tuple[Attempt, ...] = ()
    """What the chain tried, in order, the successful try last; empty where there was no chain."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`content` is what the customer reads (for ESCALATE: the reply suggested to the person, may be empty)."""

    act: Act
    content: str
    confidence: float
    reasoning: str
    """For staff: why this was decided, in a sentence or two."""
    made_by: Provenance
    sources: tuple[Source, ...] = ()
    reason: EscalationReason | None = None
    """Set where act is ESCALATE."""
    rationale: tuple[Rationale, ...] = ()
    """The same as `reasoning`, by code; empty where a model said it in words of its own."""
    actions: tuple[ProposedAction, ...] = ()
    """What is to be done besides; kept with the decision, done afterwards, once."""
    awaits_proof: bool = False
    """For ASK: the question is answered as soon as the customer has proven who they are."""
    proof: tuple[SentenceProof, ...] = ()
    """Sentence by sentence, what bears `content`."""
    choices: tuple[str, ...] = ()
    """For ASK: replies to choose from, each as the customer would write it."""
