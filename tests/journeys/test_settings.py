"""Settings do on a whole desk what they are documented to do."""

import asyncio
import dataclasses

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.desk import Desk
from frontdesk.errors import ValidationFailed
from frontdesk.terms import ChannelName, Proof
from frontdesk.tickets.case import Case
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import later, look, quiet, rows, said, until, working
from tests.unit.knowledge.bombs import slow_pdf

QUESTION = "How long does delivery take?"


async def answered(desk: Desk, n: int = 1) -> None:
    await desk.journey.accept(said("ann", QUESTION, n))
    await quiet(desk)


async def resolved(desk: Desk) -> None:
    [ticket] = (await look(desk)).tickets
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.resolve(conn, OPERATOR, ticket.ticket_id)
    await quiet(desk)


@pytest.mark.parametrize(("days", "tickets"), [(4, 1), (3, 2)])
async def test_a_message_reopens_a_ticket_within_so_many_days(
    desk_on: OpenDesk, days: int, tickets: int
) -> None:
    async with desk_on(reopen_days=days) as desk:
        await answered(desk)
        await resolved(desk)
        await later(desk, "update ticket set resolved_at = resolved_at - interval '84 hours'")
        await answered(desk, 2)
        assert len((await look(desk)).tickets) == tickets


@pytest.mark.parametrize(("told_of", "mails"), [(("escalated",), 0), (("escalated", "resolved"), 1)])
async def test_managers_get_a_summary_of_what_was_resolved_where_they_want_it(
    desk_on: OpenDesk, told_of: tuple[str, ...], mails: int
) -> None:
    async with desk_on(manager_email_on=told_of) as desk:
        await answered(desk)
        await resolved(desk)
        sent = await rows(desk, "select request, mail_state, mail_text from escalation")
        assert [(mail["request"], mail["mail_state"]) for mail in sent] == [("resolved", "saved")] * mails
        assert all(QUESTION in mail["mail_text"] for mail in sent)


async def test_customers_are_told_within_how_many_minutes_a_person_answers(desk_on: OpenDesk) -> None:
    async with desk_on(person_answers_within=40) as desk:
        await desk.journey.accept(said("ann", "HUMAN please"))
        seen = await until(desk, lambda seen: bool(seen.by_ai))
        assert "40 minutes" in seen.by_ai[0].content


async def test_managers_read_what_a_customer_is_worth_in_the_desks_currency(desk_on: OpenDesk) -> None:
    async with desk_on(value_currency="kzt", default_language="en") as desk:
        message = said("ann", QUESTION)
        proven = dataclasses.replace(message, peer=dataclasses.replace(message.peer, proof=Proof.VERIFIED))
        await desk.journey.accept(proven)
        await quiet(desk)
        await later(desk, "update customer set ltv = 5200")
        await desk.journey.accept(dataclasses.replace(proven, external_id="ann:2", content="HUMAN please"))
        await quiet(desk)
        [mail] = await rows(desk, "select mail_text from escalation")
        assert "5,200 KZT" in mail["mail_text"]


@pytest.mark.parametrize(("limits", "is_short"), [({}, False), ({ChannelName.WEB_CHAT: 10}, True)])
async def test_replies_of_a_channel_are_as_short_as_the_settings_say(
    desk_on: OpenDesk, limits: dict[ChannelName, int], is_short: bool
) -> None:
    article = "Delivery takes three days. To the mountains delivery takes a week. On islands it takes longer."
    async with desk_on(local=True, reply_limits=limits) as desk:
        await desk.knowledge.add_text("delivery", "How long delivery takes", article, language="en")
        await answered(desk)
        [reply] = (await look(desk)).by_ai
        assert "three days" in reply.content
        assert (len(reply.content.split()) <= 10) is is_short


async def test_a_file_that_takes_longer_than_the_settings_allow_is_refused(desk_on: OpenDesk) -> None:
    async with desk_on(work=False, extract_timeout=1.0) as desk:
        with pytest.raises(ValidationFailed, match="longer than 1 s"):
            await desk.knowledge.add_file("slow.pdf", slow_pdf())


@pytest.mark.parametrize("most", [1, 2])
async def test_one_process_answers_no_more_at_once_than_the_settings_say(
    desk_on: OpenDesk, most: int
) -> None:
    running, at_once = 0, set[int]()

    async def during(case: Case) -> None:
        nonlocal running
        running += 1
        at_once.add(running)
        await asyncio.sleep(0.3)  # time for the others to begin, were they allowed to
        running -= 1

    async with desk_on(ScriptedAnswerer(during), work=False, worker_concurrency=most) as desk:
        for n in range(4):
            await desk.journey.accept(said(f"peer{n}", QUESTION))
        async with working(desk):
            await until(desk, lambda seen: len(seen.by_ai) == 4)
    assert max(at_once) == most
