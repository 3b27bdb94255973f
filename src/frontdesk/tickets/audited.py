"""What the audit log keeps of a ticket's events: an act for each entry of people, keys, the AI and rules. Pure."""

from collections.abc import Sequence
from typing import cast

from frontdesk.access.actor import Actor, ActorKind
from frontdesk.audit.act import Act, AuditAction, Change, ObjectKind, Small
from frontdesk.terms import TicketId
from frontdesk.tickets.entries import NewEntry
from frontdesk.tickets.ticket import Ticket

AUDITED = frozenset({ActorKind.PERSON, ActorKind.KEY, ActorKind.AI, ActorKind.RULE})
"""What customers do stands in the ticket; what the desk does by itself is the work of its clocks and lanes."""
WORDS = (
    "status",
    "owner",
    "priority",
    "priority_set_by",
    "category",
    "category_set_by",
    "intent",
    "difficulty",
    "language",
    "escalation_reason",
)
"""Fields of closed vocabularies, kept with their values."""
NAMED = ("assignee", "subject", "summary", "suggested_reply", "tags", "customer_id", "snooze_note")
"""Fields that may hold personal data or free text: that they changed is kept, not how."""
TOLD = (
    "reason",
    "provider",
    "tool",
    "action_id",
    "escalation_id",
    "state",
    "answered",
    "category",
    "intent",
    "until",
)
"""What is kept of an entry's own data."""
_FIELD_OF = {"reason": "escalation_reason"}
"""The field of the row that says the same as a fact of the entry under another name."""


def acts_of(
    ticket_id: TicketId,
    entries: Sequence[NewEntry],
    actor: Actor,
    before: Ticket | None = None,
    after: Ticket | None = None,
) -> list[Act]:
    """One act for each entry; what the row changed stands with the last of them."""
    if actor.kind not in AUDITED:
        return []
    changed = _changed(before, after) if before is not None and after is not None else []
    last = len(entries) - 1
    return [
        Act(
            actor,
            AuditAction(f"ticket.{entry.type}"),
            ObjectKind.TICKET,
            ticket_id,
            _with_changes(_told(entry), changed if at == last else []),
        )
        for at, entry in enumerate(entries)
    ]


def _with_changes(facts: list[Change], changed: list[Change]) -> list[Change]:
    """A fact that the row's change says too, with what it was before, stands there alone."""
    in_row = {change.field for change in changed}
    return [fact for fact in facts if _FIELD_OF.get(fact.field, fact.field) not in in_row] + changed


def _changed(before: Ticket, after: Ticket) -> list[Change]:
    def differs(name: str) -> bool:
        return bool(getattr(before, name) != getattr(after, name))

    words = [Change(name, getattr(before, name), getattr(after, name)) for name in WORDS if differs(name)]
    return words + [Change(name) for name in NAMED if differs(name)]


def _told(entry: NewEntry) -> list[Change]:
    facts = [
        Change(name, None, cast(Small, entry.data[name])) for name in TOLD if entry.data.get(name) is not None
    ]
    return facts if entry.message_id is None else [Change("message", None, entry.message_id), *facts]
