"""An act as the audit log takes it: who did what to which object, and what it changed. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

_WORD = re.compile(r"[A-Za-z0-9_.:/-]{1,100}", re.ASCII)


class Acting(Protocol):
    """Who acts; `frontdesk.access.actor.Actor` is such."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class ObjectKind(StrEnum):
    TICKET = "ticket"
    ARTICLE = "article"
    CLASSIFIER = "classifier"
    SETTING = "setting"
    EVENT = "event"
    """What a channel brought and could not be recorded."""
    CUSTOMER = "customer"
    """Named by a keyed digest of its id."""
    PERSON = "person"
    KEY = "key"
    SESSION = "session"
    MACRO = "macro"
    AUDIT = "audit"


class AuditAction(StrEnum):
    """Everything that is audited. What happens to tickets is named as in their log."""

    TICKET_OPENED = "ticket.opened"
    TICKET_REOPENED = "ticket.reopened"
    TICKET_MESSAGE = "ticket.message"
    TICKET_ANALYSED = "ticket.analysed"
    TICKET_ANSWERED = "ticket.answered"
    TICKET_ASKED = "ticket.asked"
    TICKET_ASSISTED = "ticket.assisted"
    TICKET_DRAFTED = "ticket.drafted"
    TICKET_ESCALATED = "ticket.escalated"
    TICKET_MAIL_SENT = "ticket.mail_sent"
    TICKET_MAIL_FAILED = "ticket.mail_failed"
    TICKET_MAIL_DELAYED = "ticket.mail_delayed"
    TICKET_TAKEN_OVER = "ticket.taken_over"
    TICKET_HANDED_BACK = "ticket.handed_back"
    TICKET_SNOOZED = "ticket.snoozed"
    TICKET_WOKEN = "ticket.woken"
    TICKET_RESOLVED = "ticket.resolved"
    TICKET_CLOSED = "ticket.closed"
    TICKET_ERASED = "ticket.erased"
    TICKET_DELIVERED = "ticket.delivered"
    TICKET_SEND_FAILED = "ticket.send_failed"
    TICKET_SEND_DELAYED = "ticket.send_delayed"
    TICKET_EDITED = "ticket.edited"
    TICKET_DELETED = "ticket.deleted"
    TICKET_REACTED = "ticket.reacted"
    TICKET_RECEIPT = "ticket.receipt"
    TICKET_REACH = "ticket.reach"
    TICKET_NOTE = "ticket.note"
    TICKET_CHANGED = "ticket.changed"
    TICKET_ACTION_PROPOSED = "ticket.action_proposed"
    TICKET_ACTION_APPROVED = "ticket.action_approved"
    TICKET_ACTION_REJECTED = "ticket.action_rejected"
    TICKET_ACTION_RETURNED = "ticket.action_returned"
    TICKET_ACTION_ENDED = "ticket.action_ended"
    TICKET_MAIL_REQUESTED = "ticket.mail_requested"
    TICKET_RESENT = "ticket.resent"

    ARTICLE_ADDED = "article.added"
    ARTICLE_CHANGED = "article.changed"
    ARTICLE_DELETED = "article.deleted"
    MACRO_ADDED = "macro.added"
    MACRO_CHANGED = "macro.changed"
    MACRO_DELETED = "macro.deleted"
    CLASSIFIER_PROMOTED = "classifier.promoted"
    CLASSIFIER_ROLLED_BACK = "classifier.rolled_back"
    SETTING_CHANGED = "setting.changed"
    EVENT_RETRIED = "event.retried"

    PERSON_INVITED = "person.invited"
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PERSON_DISABLED = "person.disabled"
    PERSON_ENABLED = "person.enabled"
    PERSON_DELETED = "person.deleted"
    PERSON_SIGNED_IN = "person.signed_in"
    PERSON_REFUSED = "person.refused"
    PERSON_PASSWORD_SET = "person.password_set"
    PERSON_FACTOR_ADDED = "person.factor_added"
    PERSON_FACTOR_REMOVED = "person.factor_removed"
    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"
    SESSION_OPENED = "session.opened"
    SESSION_REVOKED = "session.revoked"
    SESSION_STOLEN = "session.stolen"
    """An old refresh token was used again: the whole family ended."""

    CUSTOMER_SIGNED_IN = "customer.signed_in"
    """By the link that was mailed to them, into the portal."""
    CUSTOMER_EXPORTED = "customer.exported"
    CUSTOMER_ERASED = "customer.erased"
    AUDIT_EXPORTED = "audit.exported"
    AUDIT_FORGOTTEN = "audit.forgotten"
    AUDIT_RESEALED = "audit.resealed"


Small = Enum | str | int | bool | None
"""A word of a closed vocabulary, an id, a digest, a number: nothing that somebody typed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field. Text that is no plain word may be personal: then the field is only named."""

    field: str
    before: Small = None
    after: Small = None

    def record(self) -> dict[str, object]:
        values = _plain(self.before), _plain(self.after)
        named: dict[str, object] = {"field": self.field}
        if values == (None, None) or any(isinstance(value, str) and not is_word(value) for value in values):
            return named
        return {**named, "before": values[0], "after": values[1]}


def is_word(text: str) -> bool:
    """Whether it is safe to keep in the clear: no spaces, no `@`, at most 100 characters."""
    return _WORD.fullmatch(text) is not None


def _plain(value: Small) -> str | int | bool | None:
    if isinstance(value, Enum):
        return str(value.value)
    return value


@dataclass(frozen=True, slots=True)
class Act:
    by: Acting
    action: AuditAction
    object_kind: ObjectKind
    object_id: str
    changes: Sequence[Change] = ()
