"""The words of the field: ids, and every value that the contracts fix."""

from enum import StrEnum
from typing import NewType

TicketId = NewType("TicketId", str)
CustomerId = NewType("CustomerId", str)
ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
EscalationId = NewType("EscalationId", str)
DocumentId = NewType("DocumentId", str)
SessionId = NewType("SessionId", str)
ActionId = NewType("ActionId", str)


class Term(StrEnum):
    """A closed vocabulary that also accepts the aliases the contracts name; output is canonical."""

    @classmethod
    def _missing_(cls, value: object) -> "Term | None":
        if not isinstance(value, str):
            return None
        word = _ALIASES.get(cls.__name__, {}).get(value.strip().lower(), value.strip().lower())
        return next((member for member in cls if member.value == word), None)


class LaneKind(StrEnum):
    """What the lanes of the house are about; a key is `kind:subject`, and a role takes the kinds of its work."""

    INTAKE = "in"
    """Raw events of a conversation become messages and tickets."""
    PERCEIVE = "perceive"
    """The files of a message are fetched and read."""
    TICKET = "ticket"
    """A ticket is understood, answered or handed over."""
    SEND = "out"
    """A conversation's replies are sent."""
    ACTION = "action"
    """What the AI proposed to do is done."""
    MAIL = "mail"
    """A manager gets the e-mail of one escalation."""
    ACCESS_MAIL = "access_mail"
    """A person of the desk gets a one-time link by e-mail."""
    PORTAL_MAIL = "portal_mail"
    """A customer gets the link into the portal by e-mail."""
    STAFF_REPLY = "staff_reply"
    """A person of the desk answered an escalation by e-mail."""
    LEARN = "learn"
    """A local classifier is trained from corrections."""
    CLOCK = "clock"
    """A clock has its next round."""
    POLL = "poll"
    """A channel account is asked for what came."""
    FOLLOW = "follow"
    """A follower of the tickets' log has something to read."""


class ChannelName(Term):
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    WEB_CHAT = "web_chat"
    WEB_FORM = "web_form"
    INSTAGRAM = "instagram"
    SMS = "sms"
    PHONE = "phone"


class Priority(Term):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class SenderType(Term):
    CUSTOMER = "customer"
    AI = "ai"
    MANAGER = "manager"
    SYSTEM = "system"


class Sentiment(Term):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"

    @classmethod
    def of(cls, score: float) -> "Sentiment":
        """The label of a score in 0..1 (0.5 neutral): negative below 0.4, positive above 0.6."""
        if score < 0.4:
            return cls.NEGATIVE
        return cls.POSITIVE if score > 0.6 else cls.NEUTRAL


FRUSTRATED_BELOW = 0.3
"""A sentiment score below this is a frustrated customer."""

HIGH_RISK_ABOVE = 0.7
"""A risk above this needs a person at once."""


class Difficulty(Term):
    EASY = "easy"
    NORMAL = "normal"
    COMPLEX = "complex"


class Category(Term):
    ORDER = "order"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    BILLING = "billing"
    RETURNS = "returns"
    PRODUCT = "product"
    TECHNICAL_ISSUE = "technical_issue"
    ACCOUNT = "account"
    FEATURE_REQUEST = "feature_request"
    OTHER = "other"


class Intent(Term):
    QUESTION = "question"
    REQUEST = "request"
    COMPLAINT = "complaint"
    RETURN = "return"
    CANCEL = "cancel"
    PRAISE = "praise"
    OTHER = "other"


class TicketStatus(Term):
    NEW = "new"
    AI_PROCESSING = "ai_processing"
    WAITING = "waiting"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    CLOSED = "closed"


OPEN_STATUSES = (TicketStatus.NEW, TicketStatus.AI_PROCESSING, TicketStatus.WAITING, TicketStatus.ESCALATED)


class Owner(Term):
    AI = "ai"
    PERSON = "person"
    NOBODY = "nobody"


class AutonomyMode(Term):
    AUTOPILOT = "autopilot"
    COPILOT = "copilot"
    SHADOW = "shadow"


class EscalationReason(Term):
    ASKS_HUMAN = "asks_human"
    ANGER = "anger"
    SAFETY = "safety"
    FRAUD = "fraud"
    LEGAL = "legal"
    REFUND_ABOVE_POLICY = "refund_above_policy"
    POLICY = "policy"
    HIGH_RISK = "high_risk"
    LOW_CONFIDENCE = "low_confidence"
    REPEATED_FAILURE = "repeated_failure"
    CHURN = "churn"
    SENTIMENT_DROP = "sentiment_drop"
    SLA_BREACH = "sla_breach"
    GUARDRAIL = "guardrail"
    AI_UNAVAILABLE = "ai_unavailable"
    OUT_OF_SCOPE = "out_of_scope"


class EntityType(Term):
    ORDER_NUMBER = "order_number"
    PRODUCT = "product"
    DATE = "date"
    AMOUNT = "amount"
    PHONE = "phone"
    EMAIL = "email"
    TRACKING_NUMBER = "tracking_number"


class DeliveryState(Term):
    """Where an outgoing message stands; `received` is what an incoming one always is."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    PARKED = "parked"


class Proof(Term):
    """How sure the desk is of who writes: only from `attested` up may order data be told."""

    NONE = "none"
    CLAIMED = "claimed"
    ATTESTED = "attested"
    VERIFIED = "verified"

    def reaches(self, least: "Proof") -> bool:
        """Whether it is as good as `least`, or better."""
        levels = list(Proof)
        return levels.index(self) >= levels.index(least)


_ALIASES: dict[str, dict[str, str]] = {
    "ChannelName": {"chat": "web_chat"},
    "Priority": {"medium": "normal", "critical": "urgent"},
}
