"""A ticket laid open for one run: everything that understanding, answering and escalation may look at."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.kit.signature import message_of
from frontdesk.terms import (
    ChannelName,
    ConversationId,
    CustomerId,
    MessageId,
    Proof,
    SenderType,
    TicketId,
    TicketStatus,
)

_NO_ID = MessageId("")


@dataclass(frozen=True, slots=True)
class TurnAttachment:
    """A file that came with a message."""

    attachment_id: str
    filename: str
    content_type: str
    size: int
    text: str | None
    """What was read from it; None where nobody could, or has yet."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation as it was said; notes and system lines are left out."""

    seq: int
    sender_type: SenderType
    content: str
    at: datetime
    sentiment_score: float | None = None
    decision: str | None = None
    """For an AI message: answer or ask."""
    request_id: str | None = None
    """Under which a customer's message came in."""
    attachments: tuple[TurnAttachment, ...] = ()
    to_assistant: bool = False
    """Asked of the assistant, also where a person has the ticket."""

    @property
    def text(self) -> str:
        """What was said, with what was read from the files."""
        return self._with_files(self.content)

    @property
    def question(self) -> str:
        """The same, with what was said as it is meant: plain, and without its signature."""
        return self._with_files(message_of(self.content))

    def _with_files(self, content: str) -> str:
        read = [f"[{file.filename}]\n{file.text}" for file in self.attachments if file.text]
        return "\n".join([content, *read]) if read else content


@dataclass(frozen=True, slots=True)
class Contact:
    """The customer as far as the desk knows them; `proof` says how sure it is that they are who writes."""

    customer_id: CustomerId | None
    name: str | None
    email: str | None
    phone: str | None
    locale: str | None
    vip: bool
    ltv: float
    churn_risk: float
    proof: Proof

    @property
    def is_proven(self) -> bool:
        """Whether this is surely who writes: only then may the customer's own data be told."""
        return self.proof in (Proof.ATTESTED, Proof.VERIFIED)

    @property
    def proven_name(self) -> str | None:
        """What to call who writes; an unproven name may be somebody else's."""
        return self.name if self.is_proven else None


@dataclass(frozen=True, slots=True)
class Case:
    """`pending` are the customer's messages that no reply has met yet, oldest first, never empty in a run."""

    ticket_id: TicketId
    number: int
    conversation_id: ConversationId
    channel: ChannelName
    status: TicketStatus
    subject: str
    contact: Contact
    turns: tuple[Turn, ...]
    """The present episode, oldest first, pending messages included."""
    pending: tuple[Turn, ...]
    language_hint: str | None
    """The language of the ticket so far, or the session's locale."""
    earlier_summary: str = ""
    """What earlier episodes and tickets were about, one line each."""
    reply_id: MessageId = _NO_ID
    """The id that this run's reply will bear, known before the first streamed word."""
    account: str = "default"
    """Which account of the channel."""
    wish: str = ""
    """How a colleague, who will send it, wants the reply to be."""

    @property
    def for_assistant(self) -> tuple[Turn, ...]:
        """What of it the customer asked of the assistant by name."""
        return tuple(turn for turn in self.pending if turn.to_assistant)

    @property
    def has_files(self) -> bool:
        """Whether files came with what is asked now."""
        return any(turn.attachments for turn in self.pending)

    @property
    def text(self) -> str:
        """What is asked now: the pending messages joined (the subject first where it is the first message)."""
        return self._joined([turn.text for turn in self.pending])

    @property
    def question(self) -> str:
        """The same as it is meant: plain, and without signatures."""
        return self._joined([turn.question for turn in self.pending])

    def _joined(self, parts: list[str]) -> str:
        if self.subject and self.pending and self.pending[0].seq == 1 and self.subject not in parts[0]:
            parts.insert(0, self.subject)
        return "\n".join(parts)
