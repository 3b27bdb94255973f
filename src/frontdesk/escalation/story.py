"""The whole story of a ticket, as the manager's e-mail tells it."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.terms import ChannelName, EscalationReason, Priority, Proof, SenderType
from frontdesk.tickets.decision import Source
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
class File:
    filename: str
    size: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StoryMessage:
    """One message of the conversation; notes of the staff do not belong here."""

    sender: SenderType
    content: str
    at: datetime
    name: str | None = None
    sentiment_score: float | None = None
    """Of a customer's message."""
    confidence: float | None = None
    """Of an AI's message; so are `sources`."""
    sources: tuple[Source, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What the AI did about the last message: its own words for it, and how sure it was."""

    reasoning: str
    provider: str
    confidence: float | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses; the two signed ones are left out where they are empty."""

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
    """None: nobody was called; the conversation was resolved (`MANAGER_EMAIL_ON=resolved`)."""
    summary: str = ""
    entities: tuple[Entity, ...] = ()
    conversation: tuple[StoryMessage, ...] = ()
    """Oldest first."""
    tried: tuple[Tried, ...] = ()
    suggested_reply: str = ""
    note: str = ""
    """What a colleague added who sent this by hand."""

    @property
    def moods(self) -> tuple[float, ...]:
        """The customer's sentiment, message by message."""
        scores = (said.sentiment_score for said in self.conversation)
        return tuple(min(1.0, max(0.0, score)) for score in scores if score is not None)

    @property
    def files(self) -> tuple[File, ...]:
        return tuple(file for said in self.conversation for file in said.files)
