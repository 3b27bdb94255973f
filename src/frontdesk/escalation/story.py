"""All that the manager's e-mail says about a ticket."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.terms import ChannelName, EscalationReason, Priority, Proof, SenderType
from frontdesk.tickets.decision import Source
from frontdesk.tickets.rationale import Rationale
from frontdesk.tickets.reading import Entity


@dataclass(frozen=True, slots=True)
class Person:
    """The customer; what is unknown is None."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    vip: bool = False
    ltv: float | None = None
    churn_risk: float | None = None
    proof: Proof = Proof.NONE


@dataclass(frozen=True, slots=True)
class StoryFile:
    filename: str
    size: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StoryMessage:
    """One message of the conversation; internal notes are not included."""

    sender: SenderType
    content: str
    at: datetime
    name: str | None = None
    sentiment_score: float | None = None
    """Of a customer's message."""
    confidence: float | None = None
    """Of an AI's message; so are `sources`."""
    sources: tuple[Source, ...] = ()
    files: tuple[StoryFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AiAttempt:
    """One answer that the AI tried: its reasoning, and its confidence from 0 to 1."""

    reasoning: str
    provider: str
    confidence: float | None = None
    sources: tuple[Source, ...] = ()
    rationale: tuple[Rationale, ...] = ()
    """The reasoning by code; empty where a model said it in words of its own."""


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute URLs; an empty one is not shown."""

    ticket: str
    hand_back: str = ""
    resolve: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    ticket_id: str
    ticket_number: str
    """For people, `T-000123`."""
    subject: str
    person: Person
    channel: ChannelName
    priority: Priority
    links: Links
    category: str | None = None
    reason: EscalationReason | None = None
    """None: not escalated, the conversation was resolved (`MANAGER_EMAIL_ON=resolved`)."""
    summary: str = ""
    entities: tuple[Entity, ...] = ()
    conversation: tuple[StoryMessage, ...] = ()
    """Oldest first."""
    attempts: tuple[AiAttempt, ...] = ()
    """Newest last."""
    suggested_reply: str = ""
    note: str = ""
    """The note of the colleague who sent the e-mail by hand."""

    @property
    def moods(self) -> tuple[float, ...]:
        """The customer's sentiment in each message, 0 to 1."""
        scores = (message.sentiment_score for message in self.conversation)
        return tuple(min(1.0, max(0.0, score)) for score in scores if score is not None)

    @property
    def files(self) -> tuple[StoryFile, ...]:
        return tuple(file for message in self.conversation for file in message.files)
