"""What recording an event leads to: the road carries it out in the same transaction."""

from dataclasses import dataclass

from frontdesk.channels.inbound import ButtonPressed, InboundMessage
from frontdesk.terms import ConversationId, MessageId, TicketId


@dataclass(frozen=True, slots=True)
class Heard:
    """The customer said something new."""

    ticket_id: TicketId
    message_id: MessageId
    event: InboundMessage | ButtonPressed

    @property
    def is_by_program(self) -> bool:
        return isinstance(self.event, InboundMessage) and bool(self.event.by_program)

    @property
    def has_files(self) -> bool:
        return isinstance(self.event, InboundMessage) and bool(self.event.uploads or self.event.media)


@dataclass(frozen=True, slots=True)
class Reread:
    """What the customer had said, and nobody has answered yet, is not what it was."""

    ticket_id: TicketId


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """A message of ours never reached the customer."""

    ticket_id: TicketId
    message_id: MessageId
    content: str
    error: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that cannot be recorded; `ticket_id` is the ticket where a person can be called to it."""

    conversation_id: ConversationId
    event_id: int
    ticket_id: TicketId | None
    reason: str


@dataclass(frozen=True, slots=True)
class StaffSpoke:
    """A person of the desk answered an escalation by e-mail: whether it is said, the room of actions decides."""

    event_id: int


Effect = Heard | Reread | NotDelivered | SetAside | StaffSpoke
