"""What else comes from a channel than messages, and what becomes of it, on the whole road."""

import asyncio
from typing import Any

import pytest

from frontdesk.intake.webhook import Outcome
from frontdesk.tickets.case import Case
from tests.contracts.toy_channel import Wire, event
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import later, look, quiet, rows, until
from tests.journeys.toy_desk import (
    ANSWER,
    QUESTION,
    ask,
    call,
    entries,
    said,
    settings,
    wire,
)

__all__ = ["settings", "wire"]


async def test_an_edit_stands_in_the_message_and_what_was_there_in_the_log(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await ask(desk)
        await call(desk, event("edit", "e1", target="m1", content="Where is order 54321?"))
        await quiet(desk)
        [asked] = await said(desk)
        assert asked.content == "Where is order 54321?"
        assert asked.edited_at is not None
        [entry] = await entries(desk, "edited")
        assert (entry["message_id"], entry["data"]) == (
            asked.message_id,
            {"before": QUESTION, "after": "Where is order 54321?"},
        )
        assert [m.content for m in (await look(desk)).by_ai] == [ANSWER]


async def test_an_edit_while_the_ai_writes_makes_it_read_again(desk_on: OpenDesk) -> None:
    edited = asyncio.Event()

    async def edit(case: Case) -> None:
        if not edited.is_set():
            edited.set()
            await call(desk, event("edit", "e1", target="m1", content="Where is order 54321?"))
            await until(desk, lambda seen: seen.messages[0].content == "Where is order 54321?")

    async with desk_on(answerer=ScriptedAnswerer(during=edit)) as desk:
        await ask(desk)
        assert [m.content for m in (await look(desk)).by_ai] == ["RE: WHERE IS ORDER 54321?"]


async def test_what_was_taken_back_is_hidden_from_the_ai_and_kept_for_staff(desk_on: OpenDesk) -> None:
    answerer = ScriptedAnswerer()
    async with desk_on(answerer=answerer) as desk:
        await ask(desk)
        await call(desk, event("deletion", "d1", target="m1"))
        await ask(desk, "m2", "And how long does delivery take?")
        first, second = await said(desk)
        assert first.deleted_at is not None
        assert (first.content, second.deleted_at) == (QUESTION, None)
        assert QUESTION not in [turn.content for turn in answerer.cases[-1].turns]
        assert len(await entries(desk, "deleted")) == 1


async def test_a_ticket_whose_only_question_was_taken_back_waits_for_the_customer(desk_on: OpenDesk) -> None:
    async def take_back(case: Case) -> None:
        await call(desk, event("deletion", "d1", target="m1"))
        await until(desk, lambda seen: seen.messages[0].deleted_at is not None)

    async with desk_on(answerer=ScriptedAnswerer(during=take_back)) as desk:
        await ask(desk)
        seen = await look(desk)
        assert seen.by_ai == []
        [ticket] = seen.tickets
        assert (ticket.status, ticket.waiting_since) == ("waiting", None)


async def test_a_reaction_is_noted_and_reopens_nothing(desk_on: OpenDesk, wire: Wire) -> None:
    async with desk_on() as desk:
        await ask(desk)
        await later(desk, "update ticket set status = 'resolved', resolved_at = now()")
        [ours] = (await look(desk)).by_ai
        sent = f"toy-{ours.message_id}-0"
        await call(desk, event("reaction", "r1", target="m1", emoji="🙏"))
        await call(desk, event("reaction", "r2", target=sent, emoji="👍"))
        await quiet(desk)
        seen = await look(desk)
        assert [m.reactions for m in seen.messages] == [{"ann": "🙏"}, {"ann": "👍"}]
        assert seen.tickets[0].status == "resolved"
        await call(desk, event("reaction", "r3", target=sent, emoji=""))
        await quiet(desk)
        assert (await look(desk)).messages[1].reactions == {}


async def test_a_pressed_button_is_a_message_with_its_payload(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await call(desk, event("button", "b1", payload="csat:5", label="Very good"))
        await quiet(desk)
        [pressed] = await said(desk)
        assert (pressed.content, pressed.payload) == ("Very good", "csat:5")
        assert [m.content for m in (await look(desk)).by_ai] == ["RE: VERY GOOD"]


@pytest.mark.parametrize(
    "unknown",
    [
        event("edit", "e1", target="nothing", content="x"),
        event("deletion", "d1", target="nothing"),
        event("reaction", "r1", target="nothing", emoji="👍"),
        event("receipt", "r2", target="nothing", state="read"),
        event("subscription", "s1", "nobody", state="blocked"),
    ],
)
async def test_an_event_of_something_unknown_is_kept_and_raises_nothing(
    desk_on: OpenDesk, unknown: dict[str, Any]
) -> None:
    async with desk_on() as desk:
        assert await call(desk, unknown) is Outcome.ACCEPTED
        await quiet(desk)
        assert await rows(desk, "select failure from raw_event where recorded_at is not null") == [
            {"failure": None}
        ]
        assert (await look(desk)).tickets == []


async def test_what_came_on_an_account_that_is_gone_is_recorded_all_the_same(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        await call(desk, event("message", "m1", content=QUESTION))
    async with desk_on(variables={}) as desk:
        await quiet(desk)
        seen = await look(desk)
        assert [m.content for m in seen.messages][:1] == [QUESTION]
        assert seen.tickets[0].owner == "person"


async def test_an_event_that_can_never_be_recorded_stops_nobody_and_reaches_a_person(
    desk_on: OpenDesk,
) -> None:
    async with desk_on() as desk:
        await ask(desk, "m1", "Hello")
        await later(desk, "alter table message add check (content <> 'poison')")
        for n, text in enumerate(["before", "poison", "behind"], 2):
            await call(desk, event("message", f"m{n}", content=text))
        await until(desk, lambda seen: "before" in [m.content for m in seen.messages])
        await later(desk, "update lane set attempts = 6 where kind = 'in' and attempts > 0")
        await until(desk, lambda seen: "behind" in [m.content for m in seen.messages], seconds=60)
        await quiet(desk)
        [aside] = await rows(
            desk, "select failure, body->>'content' as text from raw_event where parked_at is not null"
        )
        assert aside["text"] == "poison"
        seen = await look(desk)
        assert seen.tickets[0].owner == "person"
        [note] = [m for m in seen.messages if m.kind == "note"]
        assert note.sender_type == "system"


async def test_an_event_of_a_newer_version_is_set_aside_visibly(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        await call(desk, event("message", "m1", content=QUESTION))
        await later(desk, 'update raw_event set body = body || \'{"kind": "hologram"}\'')
    async with desk_on() as desk:
        await quiet(desk)
        [aside] = await rows(desk, "select failure, parked_at from raw_event")
        assert "hologram" in aside["failure"]
        assert aside["parked_at"] is not None
        assert await desk.lanes.parked() == []
