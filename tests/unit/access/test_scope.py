"""Which tickets an actor may read, by permission and limits."""

from frontdesk.access.actor import AI, OPERATOR, Actor, ActorKind, Permission
from frontdesk.access.scope import scope_of, scope_of_conversation
from frontdesk.terms import ConversationId

READER = frozenset({Permission.TICKETS_READ})


def test_nothing_without_the_permission() -> None:
    assert scope_of(AI).condition == "false"
    assert scope_of(AI).of("m.ticket_id") == "false"


def test_everything_for_the_operator_costs_nothing() -> None:
    assert (scope_of(OPERATOR).condition, scope_of(OPERATOR).of("m.ticket_id")) == ("true", "true")


def test_limits_become_conditions_that_must_all_hold() -> None:
    actor = Actor(ActorKind.PERSON, "d", "Dana", READER, frozenset({"returns"}), frozenset({"email", "sms"}))
    scope = scope_of(actor)
    assert scope.condition == "t.category = any(%(scope_categories)s) and t.channel = any(%(scope_channels)s)"
    assert scope.params == {"scope_categories": ["returns"], "scope_channels": ["email", "sms"]}


def test_a_limit_to_nothing_hides_everything() -> None:
    nobody = Actor(ActorKind.PERSON, "d", "Dana", READER, categories=frozenset())
    assert scope_of(nobody).params == {"scope_categories": []}


def test_what_belongs_to_a_ticket_is_seen_where_the_ticket_is() -> None:
    scope = scope_of_conversation(ConversationId("c"))
    assert scope.of("m.ticket_id") == (
        "exists (select from ticket t where t.ticket_id = m.ticket_id and"
        " t.conversation_id = %(scope_conversation)s)"
    )
