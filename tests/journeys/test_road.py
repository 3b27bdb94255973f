"""Message in, reply out: what the customer received, and what the staff saw."""

import asyncio
import json
import logging
from pathlib import Path

import pytest
import structlog

from frontdesk import logs
from frontdesk.engine.fanout import LiveSignal
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, EscalationReason
from frontdesk.tickets.case import Case
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import look, quiet, rows, said, until

QUESTION = "How long does delivery take?"


async def test_a_question_is_answered_and_delivered_once_with_its_story_for_the_staff(
    desk_on: OpenDesk,
) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", QUESTION))
        seen = await until(desk, lambda s: any(m.delivery_state == "sent" for m in s.by_ai))
        [customer, reply], [ticket] = seen.messages, seen.tickets
        assert (customer.content, customer.seq, customer.client_msg_id) == (QUESTION, 1, "ann:1")
        assert (reply.content, reply.seq) == (f"RE: {QUESTION.upper()}", 2)
        assert reply.ai is not None
        assert reply.ai["provider"] == "scripted"
        assert reply.ai["confidence"] == 0.9
        assert reply.ai["sources"][0]["doc_id"] == "delivery"
        assert customer.reading is not None
        assert customer.reading["category"] == "delivery"
        assert (ticket.status, ticket.owner, ticket.category) == ("waiting", "ai", "delivery")
        assert ticket.waiting_since is None
        events = [row["type"] for row in await rows(desk, "select type from ticket_event order by event_id")]
        assert events == ["opened", "message", "changed", "analysed", "answered", "delivered"]


async def test_the_words_reach_the_customer_while_they_are_written(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", QUESTION))
        [ticket] = (await until(desk, lambda s: bool(s.by_ai))).tickets
        with desk.fanout.subscribe(f"conversation:{ticket.conversation_id}") as news:
            await desk.journey.accept(said("ann", "And how much does it cost?", 2))
            seen = await until(desk, lambda s: len(s.by_ai) == 2)
            items: list[LiveSignal] = []
            while not news.empty():
                items.append(news.get_nowait())
        streamed = "".join(str(item.data["content"]) for item in items if item.kind == "text")
        assert streamed == seen.by_ai[1].content
        assert (
            next(item.data["message_id"] for item in items if item.kind == "text") == seen.by_ai[1].message_id
        )


async def test_a_wish_for_a_person_is_handed_over_told_and_mailed_once(desk_on: OpenDesk, home: Path) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", "HUMAN please, where is my order?"))
        seen = await until(desk, lambda s: any(m.delivery_state == "sent" for m in s.by_ai))
        [ticket] = seen.tickets
        assert (ticket.status, ticket.owner) == ("escalated", "person")
        assert ticket.escalation_reason == EscalationReason.ASKS_HUMAN
        assert ticket.waiting_since is not None
        assert "person" in seen.by_ai[0].content
        await quiet(desk)
        [escalation] = await rows(desk, "select * from escalation")
        assert escalation["mail_state"] == "saved"
        assert "HUMAN please" in escalation["mail_text"]
        assert len(list((home / "mail").glob("*.eml"))) == 1


async def test_after_the_handover_the_ai_is_silent_until_a_person_hands_back(desk_on: OpenDesk) -> None:
    answerer = ScriptedAnswerer()
    async with desk_on(answerer) as desk:
        await desk.journey.accept(said("ann", "HUMAN please, where is my order?"))
        await until(desk, lambda s: len(s.by_ai) == 1)
        await desk.journey.accept(said("ann", "Are you still there, is anybody there?", 2))
        await quiet(desk)
        seen = await look(desk)
        assert len(seen.by_ai) == 1
        assert [m.reading is not None for m in seen.messages if m.sender_type == "customer"] == [True, True]
        assert answerer.cases == []


async def test_five_parallel_deliveries_are_one_message_and_one_answer(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        accepted = await asyncio.gather(*(desk.journey.accept(said("ann", QUESTION)) for _ in range(5)))
        await quiet(desk)
        seen = await look(desk)
        assert sorted(result.duplicate for result in accepted) == [False, True, True, True, True]
        assert [m.sender_type for m in seen.messages] == ["customer", "ai"]


async def test_three_quick_fragments_get_one_answer(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        for n, text in enumerate(("Hello", "my order 54321", "where is it now?"), 1):
            await desk.journey.accept(said("ann", text, n))
            await asyncio.sleep(0.1)
        await quiet(desk)
        seen = await look(desk)
        assert [m.content for m in seen.by_ai] == ["RE: HELLO | MY ORDER 54321 | WHERE IS IT NOW?"]


async def test_a_message_that_comes_while_the_answer_is_written_is_answered_with_it(
    desk_on: OpenDesk,
) -> None:
    wrote = asyncio.Event()

    async def interrupt(case: Case) -> None:
        if not wrote.is_set():
            wrote.set()
            await desk.journey.accept(said("ann", "I mean to Shymkent, of course?", 2))
            await until(desk, lambda s: len(s.messages) == 2)

    async with desk_on(ScriptedAnswerer(interrupt)) as desk:
        await desk.journey.accept(said("ann", QUESTION))
        await quiet(desk)
        seen = await look(desk)
        assert [m.content for m in seen.by_ai] == [f"RE: {QUESTION.upper()} | I MEAN TO SHYMKENT, OF COURSE?"]


async def test_an_unsure_answer_becomes_a_suggestion_to_a_person(desk_on: OpenDesk) -> None:
    async with desk_on(ScriptedAnswerer(confidence=0.4)) as desk:
        await desk.journey.accept(said("ann", QUESTION))
        seen = await until(desk, lambda s: bool(s.by_ai))
        [ticket] = seen.tickets
        assert ticket.escalation_reason == EscalationReason.LOW_CONFIDENCE
        assert ticket.suggested_reply == f"RE: {QUESTION.upper()}"
        assert not seen.by_ai[0].content.startswith("RE:")


async def test_an_answer_that_takes_too_long_ends_at_a_person(settings: Settings, desk_on: OpenDesk) -> None:
    object.__setattr__(settings, "ai_answer_timeout", 0.3)
    async with desk_on(ScriptedAnswerer(seconds=30)) as desk:
        await desk.journey.accept(said("ann", QUESTION))
        seen = await until(desk, lambda s: bool(s.by_ai))
        assert seen.tickets[0].escalation_reason == EscalationReason.AI_UNAVAILABLE


async def test_an_answerer_that_breaks_every_time_ends_at_a_person(desk_on: OpenDesk) -> None:
    async def break_down(case: Case) -> None:
        raise RuntimeError("a bug")

    async with desk_on(ScriptedAnswerer(break_down)) as desk:
        await desk.journey.accept(said("ann", QUESTION))
        seen = await until(desk, lambda s: bool(s.by_ai), seconds=60)
        assert seen.tickets[0].owner == "person"


async def test_a_form_and_a_chat_are_different_conversations_of_one_customer(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", QUESTION))
        await desk.journey.accept(said("ann", QUESTION, 2, ChannelName.WEB_FORM))
        seen = await until(desk, lambda s: len(s.by_ai) == 2)
        assert len({t.conversation_id for t in seen.tickets}) == 2
        assert len({t.customer_id for t in seen.tickets}) == 1


async def test_nothing_said_opens_no_ticket_but_is_kept(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", "  \n "))
        await quiet(desk)
        assert (await look(desk)).tickets == []
        assert [row["failure"] for row in await rows(desk, "select failure from raw_event")] == ["empty"]


async def test_what_a_database_cannot_keep_is_cleaned_not_lost(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", "Where is \x00my \ud800order?"))
        seen = await until(desk, lambda s: bool(s.by_ai))
        assert seen.messages[0].content == "Where is my �order?"


async def test_the_request_id_is_in_the_logs_of_every_step(
    desk_on: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    try:
        async with desk_on() as desk:
            with structlog.contextvars.bound_contextvars(request_id="req-4711"):
                await desk.journey.accept(said("ann", QUESTION))
            await until(desk, lambda s: any(m.delivery_state == "sent" for m in s.by_ai))
            await quiet(desk)
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
        steps = {line["event"] for line in lines if line.get("request_id") == "req-4711"}
        assert {"decided", "message_sent"} <= steps
        assert QUESTION not in json.dumps(lines)
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers = []


async def test_a_copilot_category_gets_a_draft_and_a_person_and_the_customer_sees_nothing(
    settings: Settings, desk_on: OpenDesk
) -> None:
    object.__setattr__(settings, "autonomy", {"web_chat/delivery": "copilot"})
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", QUESTION))
        seen = await until(desk, lambda s: bool(s.tickets and s.tickets[0].suggested_reply))
        assert seen.by_ai == []
        assert seen.tickets[0].suggested_reply == f"RE: {QUESTION.upper()}"
        assert seen.tickets[0].owner == "person"
        await quiet(desk)
        assert await rows(desk, "select 1 from escalation") == []
