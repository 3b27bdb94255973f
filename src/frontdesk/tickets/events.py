"""What can happen to a ticket: two closed unions of typed events."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import Final, Literal

from frontdesk.terms import (
    ActionId,
    ConversationId,
    CustomerId,
    DeliveryState,
    EscalationId,
    EscalationReason,
    Intent,
    MessageId,
    Priority,
)
from frontdesk.tickets.action import ActionState
from frontdesk.tickets.reading import Reading


class Unchanged(Enum):
    """Marks a field that a change leaves alone; None sets the field empty."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Opened:
    """The ticket's row was inserted; its first message follows."""


@dataclass(frozen=True, slots=True)
class CustomerWrote:
    message_id: MessageId
    seq: int
    raw_event_id: int
    at: datetime
    to_assistant: bool = False


@dataclass(frozen=True, slots=True)
class CustomerDeleted:
    """The customer took a message back; `waiting_since` is the oldest that still waits for an answer."""

    message_id: MessageId
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True)
class CustomerIdentified:
    """Whose ticket it is became known, or another; with what the score takes of the customer."""

    customer_id: CustomerId
    ltv: float
    churn_risk: float


@dataclass(frozen=True, slots=True)
class QuestionReopened:
    """What the AI could answer only with a request for proof waits again: the proof has come."""

    answered_seq: int
    """Up to this message everything is answered."""


@dataclass(frozen=True, slots=True)
class AiStarted:
    """The AI begins to work on what is unanswered."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The unanswered messages, up to number `seq`, were read together."""

    reading: Reading
    seq: int


@dataclass(frozen=True, slots=True)
class AiReplied:
    message_id: MessageId
    answered_seq: int
    confidence: float
    provider: str
    asked_back: bool = False


@dataclass(frozen=True, slots=True)
class AiAssisted:
    """The assistant was asked while a person had the ticket, and stays out of it for the rest."""

    message_id: MessageId
    answered_seq: int
    confidence: float
    left_since: datetime | None = None
    """Since when a question that it could not answer waits for the person; None where it answered."""


@dataclass(frozen=True, slots=True)
class AiDrafted:
    """Copilot and shadow mode: the reply waits as a draft, and a person owns the ticket."""

    content: str
    answered_seq: int
    confidence: float
    reasoning: str


@dataclass(frozen=True, slots=True)
class Escalated:
    reason: EscalationReason
    reason_text: str
    """The reason in words, for staff."""
    suggested_reply: str
    answered_seq: int | None = None
    """None: the messages that wait stay unanswered for the AI too."""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A person takes the ticket, by the button or by replying; one that was resolved is open again by it."""

    assignee: str
    waiting_since: datetime | None = None
    """Of a resolved ticket: the oldest message that nobody had answered."""


@dataclass(frozen=True, slots=True)
class PersonReplied:
    message_id: MessageId
    seq: int


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A person put their ticket off: until then it asks nobody for anything."""

    until: datetime
    note: str
    """What to do then, for staff."""


class WokenBy(StrEnum):
    """What ended a snooze."""

    TIME = "time"
    MESSAGE = "message"
    """The customer wrote."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Woken:
    """A snoozed ticket is a person's to look at again; that a message woke it, the message's event tells."""

    by: Literal[WokenBy.TIME, WokenBy.PERSON]


@dataclass(frozen=True, slots=True)
class HandedBack:
    answered_seq: int
    """Up to this message a person or the AI has answered."""


@dataclass(frozen=True, slots=True)
class Resolved:
    pass


@dataclass(frozen=True, slots=True)
class Closed:
    pass


@dataclass(frozen=True, slots=True)
class Erased:
    """What the customer said and who they are was erased; the ticket stays as an empty shell."""

    conversation_id: ConversationId | None = None
    """The nameless conversation that it belongs to from now on; None: its conversation stays."""


@dataclass(frozen=True, slots=True)
class FieldsChanged:
    """A person set these; the AI leaves priority and category alone from then on."""

    priority: Priority | Unchanged = UNCHANGED
    category: str | Unchanged | None = UNCHANGED
    intent: Intent | Unchanged = UNCHANGED
    assignee: str | Unchanged | None = UNCHANGED
    tags: tuple[str, ...] | Unchanged = UNCHANGED


StateEvent = (
    Opened
    | CustomerWrote
    | CustomerDeleted
    | CustomerIdentified
    | QuestionReopened
    | AiStarted
    | Analysed
    | AiReplied
    | AiAssisted
    | AiDrafted
    | Escalated
    | TakenOver
    | PersonReplied
    | Snoozed
    | Woken
    | HandedBack
    | Resolved
    | Closed
    | Erased
    | FieldsChanged
)
"""Events that may change the ticket's row."""


@dataclass(frozen=True, slots=True)
class NoteAdded:
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class Delivered:
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class SendFailed:
    message_id: MessageId
    error: str


@dataclass(frozen=True, slots=True)
class CustomerEdited:
    message_id: MessageId
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CustomerReacted:
    message_id: MessageId
    emoji: str
    """Empty: taken back."""


@dataclass(frozen=True, slots=True)
class ReceiptCame:
    """The channel says how far a message of ours has come."""

    message_id: MessageId
    state: DeliveryState


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """Whether the customer can be written to; `reason` says why not."""

    reason: str | None


@dataclass(frozen=True, slots=True)
class MailSent:
    escalation_id: EscalationId
    state: str
    """`sent`, or `saved` into the folder."""


@dataclass(frozen=True, slots=True)
class MailFailed:
    escalation_id: EscalationId
    error: str


@dataclass(frozen=True, slots=True)
class MailPostponed:
    escalation_id: EscalationId
    error: str


@dataclass(frozen=True, slots=True)
class SendPostponed:
    message_id: MessageId
    error: str


@dataclass(frozen=True, slots=True)
class ActionProposed:
    action_id: ActionId
    tool: str
    summary: str
    state: ActionState


@dataclass(frozen=True, slots=True)
class ActionDecided:
    """A person approved or rejected it."""

    action_id: ActionId
    tool: str
    approved: bool
    note: str


@dataclass(frozen=True, slots=True)
class ActionReturned:
    """It was due, but a person has the ticket: it waits for their decision."""

    action_id: ActionId
    tool: str


@dataclass(frozen=True, slots=True)
class ActionEnded:
    action_id: ActionId
    tool: str
    state: ActionState
    detail: str
    """What came of it, or why not, for staff."""
    message_id: MessageId | None = None
    """What the customer was told of it."""


SideEvent = (
    NoteAdded
    | Delivered
    | SendFailed
    | CustomerEdited
    | CustomerReacted
    | ReceiptCame
    | ReachChanged
    | MailSent
    | MailFailed
    | MailPostponed
    | SendPostponed
    | ActionProposed
    | ActionDecided
    | ActionReturned
    | ActionEnded
)
"""Events that are only noted: the ticket's row stays as it is."""

TicketEvent = StateEvent | SideEvent
