"""Which tickets an actor may read: a condition that every query on tickets takes with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, LiteralString

from frontdesk.access.actor import Actor, Permission
from frontdesk.terms import ConversationId


@dataclass(frozen=True, slots=True)
class Scope:
    """`condition` is SQL over a row `t` of `ticket`; its parameters are named, each beginning with `scope_`."""

    condition: LiteralString
    params: Mapping[str, object] = field(default_factory=dict)

    is_of_kept_counts: bool = True
    """Whether the condition is one on status, channel and category alone, by which counts of tickets are kept."""

    def of(self, ticket_id: LiteralString) -> LiteralString:
        """The condition for a row that belongs to a ticket, whose column `ticket_id` names."""
        if self.condition in ("true", "false"):
            return self.condition
        return f"exists (select from ticket t where t.ticket_id = {ticket_id} and {self.condition})"


ROAD: Final = Scope("true")
"""The road works on the ticket that its lane names; no person sees what it reads."""
_EVERYTHING: Final = Scope("true")
_NOTHING: Final = Scope("false")


def scope_of(actor: Actor) -> Scope:
    """The tickets that this actor may read: nothing without the permission, all or some of them with it."""
    if not actor.may(Permission.TICKETS_READ):
        return _NOTHING
    conditions: list[LiteralString] = []
    params: dict[str, object] = {}
    if actor.categories is not None:
        conditions.append("t.category = any(%(scope_categories)s)")
        params["scope_categories"] = sorted(actor.categories)
    if actor.channels is not None:
        conditions.append("t.channel = any(%(scope_channels)s)")
        params["scope_channels"] = sorted(actor.channels)
    return Scope(" and ".join(conditions), params) if conditions else _EVERYTHING


def scope_of_conversation(conversation_id: ConversationId) -> Scope:
    """What a customer sees who has proven to be this conversation's peer."""
    params = {"scope_conversation": conversation_id}
    return Scope("t.conversation_id = %(scope_conversation)s", params, is_of_kept_counts=False)


def scope_of_mailbox(email: str) -> Scope:
    """What a customer sees who has proven to read this mailbox: whatever the desk would answer to it by mail.

    That is what proven customers with this address wrote anywhere, and what came by a form, by mail or from
    another program in its name without a proof. A chat in which somebody only said to be this customer is theirs.
    """
    return Scope(_OF_MAILBOX, {"scope_email": email}, is_of_kept_counts=False)


_OF_MAILBOX: Final[LiteralString] = """
    (t.erased_at is null and t.conversation_id = any(array(
        select c.conversation_id from conversation c join customer u on u.customer_id = c.customer_id
         where lower(u.email) = lower(%(scope_email)s) and c.proof in ('attested', 'verified')
        union all
        select c.conversation_id from conversation c
         where c.claimed ? 'email' and lower(c.claimed->>'email') = lower(%(scope_email)s)
           and c.proof not in ('attested', 'verified')
           and (c.channel in ('web_form', 'email') or c.account = 'api'))))
"""
