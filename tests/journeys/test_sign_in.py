"""A guest asks, signs in, and is answered: the same conversation, the same ticket, no word repeated."""

import asyncio
from dataclasses import replace

import pytest

from frontdesk.actions.visitor import prove
from frontdesk.answering.answerer import Stream
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.customers import session as sessions
from frontdesk.customers.session import Visitor
from frontdesk.desk import Desk
from frontdesk.errors import Conflict
from frontdesk.terms import ChannelName, Proof, SessionId, TicketStatus
from frontdesk.tickets.case import Case
from frontdesk.tickets.conversation import conversation_id
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.reading import Reading
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import look, quiet, rows, said, until

GUEST = SessionId("a-session")
DANA = Visitor(customer_id="c-17", name="Dana", email="dana@mail.example")
ORDER = "where is my order?"


class TellsTheProven(ScriptedAnswerer):
    """Asks whoever speaks of an order to sign in; tells the proven whose order it is."""

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        decision = await super().answer(case, reading, stream)
        if "order" not in case.text:
            return decision
        if case.contact.is_proven:
            return replace(decision, content=f"{case.contact.customer_id}: {case.text}")
        return replace(decision, act=Act.ASK, content="please sign in", awaits_proof=True)


async def _visit(desk: Desk) -> None:
    conversation = conversation_id(ChannelName.WEB_CHAT, "default", GUEST)
    async with desk.db.transaction() as conn:
        await sessions.create(conn, GUEST, conversation, Visitor(locale="en"), Proof.NONE)


def _says(text: str, n: int = 1) -> InboundMessage:
    return replace(said(GUEST, text, n), peer=Peer(GUEST))


async def _sign_in(desk: Desk, visitor: Visitor = DANA) -> None:
    async with desk.db.transaction() as conn:
        await prove(conn, desk.lanes, desk.changes, GUEST, visitor)


async def _by_ai(desk: Desk) -> list[str]:
    return [message.content for message in (await look(desk)).by_ai]


async def test_what_waited_for_the_proof_is_answered_without_another_word(desk_on: OpenDesk) -> None:
    async with desk_on(TellsTheProven()) as desk:
        await _visit(desk)
        await desk.journey.accept(_says(ORDER))
        await until(desk, lambda seen: len(seen.by_ai) == 1)
        await _sign_in(desk)
        await until(desk, lambda seen: len(seen.by_ai) == 2)
        await _sign_in(desk)
        await quiet(desk)
        [ticket] = (await look(desk)).tickets
        assert (ticket.customer_id, ticket.status) == ("c-17", TicketStatus.WAITING)
        assert await _by_ai(desk) == ["please sign in", f"c-17: {ORDER}"]
        proofs = await rows(
            desk, "select c.proof, s.proof as session from conversation c cross join session s"
        )
        assert proofs == [{"proof": "verified", "session": "verified"}]


async def test_only_what_waited_is_answered(desk_on: OpenDesk) -> None:
    async with desk_on(TellsTheProven()) as desk:
        await _visit(desk)
        for n, text in enumerate(("how long is delivery?", ORDER), 1):
            await desk.journey.accept(_says(text, n))
            await until(desk, lambda seen, n=n: len(seen.by_ai) == n)  # type: ignore[misc]
        await _sign_in(desk)
        await until(desk, lambda seen: len(seen.by_ai) == 3)
        assert (await _by_ai(desk))[-1] == f"c-17: {ORDER}"


async def test_who_signs_in_with_nothing_waiting_hears_nothing(desk_on: OpenDesk) -> None:
    async with desk_on(TellsTheProven()) as desk:
        await _visit(desk)
        await desk.journey.accept(_says("how long is delivery?"))
        await until(desk, lambda seen: len(seen.by_ai) == 1)
        await _sign_in(desk)
        await quiet(desk)
        assert len(await _by_ai(desk)) == 1
        await desk.journey.accept(_says(ORDER, 2))
        await until(desk, lambda seen: len(seen.by_ai) == 2)
        assert (await _by_ai(desk))[-1] == f"c-17: {ORDER}"


async def test_a_message_accepted_before_the_proof_and_recorded_after_it_is_the_customers(
    desk_on: OpenDesk,
) -> None:
    async with desk_on(TellsTheProven(), work=False) as desk:
        await _visit(desk)
        await desk.journey.accept(_says(ORDER))
        await _sign_in(desk)
        worker = asyncio.create_task(desk.worker().run())
        try:
            await until(desk, lambda seen: len(seen.by_ai) == 1)
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
        assert await _by_ai(desk) == [f"c-17: {ORDER}"]


async def test_a_proof_that_comes_while_the_ai_thinks_drops_the_request_to_sign_in(desk_on: OpenDesk) -> None:
    answerer = TellsTheProven()
    async with desk_on(answerer) as desk:
        await _visit(desk)

        async def sign_in_meanwhile(case: Case) -> None:
            answerer.during = None
            await _sign_in(desk)

        answerer.during = sign_in_meanwhile
        await desk.journey.accept(_says(ORDER))
        await until(desk, lambda seen: len(seen.by_ai) == 1)
        await quiet(desk)
        assert await _by_ai(desk) == [f"c-17: {ORDER}"]


async def test_a_persons_ticket_stays_theirs(desk_on: OpenDesk) -> None:
    async with desk_on(TellsTheProven()) as desk:
        await _visit(desk)
        await desk.journey.accept(_says("HUMAN please, about my order"))
        await until(desk, lambda seen: len(seen.by_ai) == 1)
        await _sign_in(desk)
        await quiet(desk)
        seen = await look(desk)
        assert (seen.tickets[0].status, seen.tickets[0].customer_id) == (TicketStatus.ESCALATED, "c-17")
        assert len(seen.by_ai) == 1


async def test_another_customer_does_not_get_the_conversation(desk_on: OpenDesk) -> None:
    async with desk_on(TellsTheProven()) as desk:
        await _visit(desk)
        await desk.journey.accept(_says(ORDER))
        await _sign_in(desk)
        with pytest.raises(Conflict):
            await _sign_in(desk, Visitor(customer_id="c-18", email="dana@mail.example"))
        await quiet(desk)
        assert {ticket.customer_id for ticket in (await look(desk)).tickets} == {"c-17"}
