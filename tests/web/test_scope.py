"""What a person who is limited to some categories sees: the same everywhere, and nothing else."""

import httpx2
import pytest

from frontdesk.access.actor import Actor, ActorKind, Permission
from frontdesk.access.scope import Scope, scope_of, scope_of_conversation
from frontdesk.desk import Desk
from frontdesk.errors import NotFound
from frontdesk.inbox import order
from frontdesk.inbox.order import Filters
from frontdesk.insights.summary import summary
from frontdesk.terms import ConversationId, TicketId
from frontdesk.tickets import escalation, log, message, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import FieldsChanged
from frontdesk.tickets.scoring import Weights
from tests.web.conftest import Submit, settled

BOTH = frozenset({Permission.TICKETS_READ, Permission.TICKETS_WRITE})
DANA = Actor(ActorKind.PERSON, "dana", "Dana", BOTH, categories=frozenset({"returns"}))
ALL = scope_of(Actor(ActorKind.PERSON, "all", "All", BOTH))


@pytest.fixture
async def mine_and_foreign(
    client: httpx2.AsyncClient, submit: Submit, desk: Desk
) -> tuple[TicketId, TicketId]:
    tickets = [TicketId((await submit(body=f"HUMAN please, {name}"))["ticket_id"]) for name in ("Ann", "Bob")]
    await settled(client)
    for ticket_id, category in zip(tickets, ("returns", "payment"), strict=True):
        async with desk.db.transaction() as conn:
            now = await ticket.lock(conn, ticket_id, ALL)
            await TicketChanges(Weights()).apply(conn, now, FieldsChanged(category=category), DANA)
    return tickets[0], tickets[1]


async def _seen(desk: Desk, ticket_id: TicketId, scope: Scope) -> dict[str, int]:
    """How much of one ticket each reading function gives."""
    async with desk.db.connection() as conn:
        messages = await message.of_ticket(conn, ticket_id, ALL)
        calls = await escalation.of_ticket(conn, ticket_id, ALL)
        page = await order.page(conn, scope, Filters(), Weights(), 50)
        return {
            "find": await ticket.find(conn, ticket_id, scope) is not None,
            "list": sum(row.ticket_id == ticket_id for row in page.rows),
            "view": await order.view(conn, ticket_id, scope, Weights()) is not None,
            "messages": len(await message.of_ticket(conn, ticket_id, scope)),
            "message": await message.get(conn, messages[0].message_id, scope) is not None,
            "timeline": len(await log.of_ticket(conn, ticket_id, scope)),
            "escalations": len(await escalation.of_ticket(conn, ticket_id, scope)),
            "mail": await escalation.get(conn, calls[0].escalation_id, scope) is not None,
        }


async def test_the_own_ticket_is_seen_whole_and_the_foreign_one_nowhere(
    desk: Desk, mine_and_foreign: tuple[TicketId, TicketId]
) -> None:
    mine, foreign = mine_and_foreign
    assert all((await _seen(desk, mine, scope_of(DANA))).values())
    assert not any((await _seen(desk, foreign, scope_of(DANA))).values())
    assert all((await _seen(desk, foreign, ALL)).values())


async def test_counts_and_figures_are_those_of_the_scope(
    desk: Desk, mine_and_foreign: tuple[TicketId, TicketId]
) -> None:
    async with desk.db.connection() as conn:
        figures = await summary(conn, scope_of(DANA))
        page = await order.page(conn, scope_of(DANA), Filters(), Weights(), 50)
        everything = await summary(conn, ALL)
    assert (figures["total_tickets"], figures["by_category"], page.total) == (1, {"returns": 1}, 1)
    assert figures["resolution"]["escalated"] == 1
    assert everything["total_tickets"] == 2


async def test_a_foreign_ticket_is_not_there_for_acts_either(
    desk: Desk, mine_and_foreign: tuple[TicketId, TicketId]
) -> None:
    mine, foreign = mine_and_foreign
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.take_over(conn, DANA, mine)
        with pytest.raises(NotFound):
            await desk.ticket_actions.take_over(conn, DANA, foreign)


async def test_a_customer_sees_their_own_conversation_alone(
    desk: Desk, mine_and_foreign: tuple[TicketId, TicketId]
) -> None:
    mine, foreign = mine_and_foreign
    async with desk.db.connection() as conn:
        own = await ticket.get(conn, mine, ALL)
    scope = scope_of_conversation(ConversationId(own.conversation_id))
    assert (await _seen(desk, mine, scope))["messages"]
    assert not any((await _seen(desk, foreign, scope)).values())
