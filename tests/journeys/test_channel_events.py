"""What else comes from a channel than messages, and what becomes of what is sent, on the whole road."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from frontdesk.channels.outbound import Button, OutboundMessage, Receipt, Template
from frontdesk.db.pool import execute
from frontdesk.delivery import outbox
from frontdesk.delivery.outbox import SendOptions
from frontdesk.desk import Desk
from frontdesk.errors import SendDelayed, SendUnknown
from frontdesk.intake.webhook import Outcome, take_delivery
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, SenderType
from frontdesk.tickets import message
from frontdesk.tickets.case import Case
from tests.contracts import toy_channel
from tests.contracts.toy_channel import ToyChannel, Wire, event
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import look, quiet, rows, until
from tests.journeys.test_delivery import working

QUESTION = "Where is my order?"
ANSWER = "RE: WHERE IS MY ORDER?"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    toy = {"channel_modules": ("tests.contracts.toy_channel",), "variables": {"TOY_SECRET": "s"}}
    return settings.model_copy(update=toy)


@pytest.fixture(autouse=True)
def wire() -> Iterator[Wire]:
    toy_channel.WIRES["default"] = fresh = Wire()
    yield fresh
    toy_channel.WIRES.clear()


async def call(desk: Desk, *events: dict[str, Any]) -> Outcome:
    """The provider calls, with the right signature."""
    body = toy_channel.delivery(*events)
    request = toy_channel.signed("s", "http://desk.example/webhooks/toy/default", body)
    return await take_delivery(desk.db, desk.lanes, desk.channels.webhook("toy/default"), request)


async def ask(desk: Desk, id: str = "m1", text: str = QUESTION, **fields: Any) -> None:
    await call(desk, event("message", id, content=text, **fields))
    await quiet(desk)


async def said(desk: Desk) -> list[message.Message]:
    return [one for one in (await look(desk)).messages if one.sender_type == "customer"]


async def entries(desk: Desk, type: str) -> list[dict[str, Any]]:
    found = await rows(desk, "select type, message_id, data from ticket_event order by event_id")
    return [entry for entry in found if entry["type"] == type]


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


async def test_receipts_move_a_message_forward_only(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await ask(desk)
        [ours] = (await look(desk)).by_ai
        sent = f"toy-{ours.message_id}-0"
        states = []
        for n, state in enumerate(["delivered", "sent", "read", "delivered", "failed"]):
            await call(desk, event("receipt", f"r{n}", target=sent, state=state))
            await quiet(desk)
            states.append((await look(desk)).by_ai[0].delivery_state)
        assert states == ["delivered", "delivered", "read", "read", "read"]
        assert [entry["data"]["state"] for entry in await entries(desk, "receipt")] == ["delivered", "read"]


async def test_a_message_that_was_not_delivered_calls_a_person(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await ask(desk)
        [ours] = (await look(desk)).by_ai
        failed = event("receipt", "r1", target=f"toy-{ours.message_id}-0", state="failed", error="no phone")
        await call(desk, failed)
        await quiet(desk)
        seen = await look(desk)
        assert seen.by_ai[0].delivery_state == "failed"
        assert (seen.tickets[0].owner, seen.tickets[0].suggested_reply) == ("person", ANSWER)
        assert (await entries(desk, "send_failed"))[0]["data"] == {"error": "no phone"}


async def test_a_long_answer_goes_out_in_parts_and_is_as_far_as_the_last_of_them(
    desk_on: OpenDesk, wire: Wire
) -> None:
    long = ("One more thing to know. " * 20).strip()
    async with desk_on() as desk:
        await ask(desk, text=long)
        assert [part.part for part in wire.taken] == [0, 1, 2]
        assert " ".join(part.content for part in wire.taken) == f"RE: {long.upper()}"
        [ours] = (await look(desk)).by_ai
        for part, state in ((0, "read"), (2, "delivered")):
            target = f"toy-{ours.message_id}-{part}"
            await call(desk, event("receipt", f"r{part}", target=target, state=state))
        await quiet(desk)
        assert (await look(desk)).by_ai[0].delivery_state == "sent"
        await call(desk, event("receipt", "r1", target=f"toy-{ours.message_id}-1", state="delivered"))
        await quiet(desk)
        assert (await look(desk)).by_ai[0].delivery_state == "delivered"


async def test_after_a_delay_it_goes_on_behind_the_last_part_that_was_taken(
    desk_on: OpenDesk, wire: Wire
) -> None:
    wire.errors += [None, SendDelayed("slower", retry_after=0.01)]
    async with desk_on() as desk:
        await ask(desk, text="One more thing to know. " * 20)
        assert [part.part for part in wire.taken] == [0, 1, 2]
        assert (await look(desk)).by_ai[0].delivery_state == "sent"


async def test_a_receipt_that_is_quicker_than_the_end_of_the_send_is_kept_for_it(
    desk_on: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(work=False) as desk:
        await call(desk, event("message", "m1", content=QUESTION))
        channel = desk.channels.get(ToyChannel.name, "default")
        send = channel.send

        async def send_and_tell(outbound: OutboundMessage) -> Receipt:
            receipt = await send(outbound)
            await call(desk, event("receipt", "r1", target=receipt.external_id, state="read"))
            await until_row(desk, "select 1 from sent_part where state = 'read'")
            return receipt

        monkeypatch.setattr(channel, "send", send_and_tell)
        async with working(desk):
            seen = await until(desk, lambda seen: [m.delivery_state for m in seen.by_ai] == ["read"])
            assert seen.by_ai[0].content == ANSWER


async def test_a_receipt_that_brings_our_id_back_settles_a_send_that_nobody_saw_end(
    desk_on: OpenDesk, wire: Wire
) -> None:
    wire.errors.append(SendUnknown("no answer in time"))
    async with desk_on() as desk:
        await ask(desk)
        [ours] = (await look(desk)).by_ai
        assert ours.delivery_state == "failed"
        known = event("receipt", "r1", target="wamid-1", state="delivered", message_id=ours.message_id)
        await call(desk, known)
        await quiet(desk)
        assert (await look(desk)).by_ai[0].delivery_state == "delivered"
        assert await rows(desk, "select state from outbox") == [{"state": "sent"}]


async def test_a_pressed_button_is_a_message_with_its_payload(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await call(desk, event("button", "b1", payload="csat:5", label="Very good"))
        await quiet(desk)
        [pressed] = await said(desk)
        assert (pressed.content, pressed.payload) == ("Very good", "csat:5")
        assert [m.content for m in (await look(desk)).by_ai] == ["RE: VERY GOOD"]


async def test_who_has_blocked_the_desk_is_not_written_to_until_they_write_again(
    desk_on: OpenDesk, wire: Wire
) -> None:
    async with desk_on() as desk:
        await ask(desk)
        await call(desk, event("subscription", "s1", state="blocked"))
        await quiet(desk)
        await say(desk, "One thing more.")
        await quiet(desk)
        assert [part.content for part in wire.taken] == [ANSWER]
        [parked] = await rows(desk, "select last_error from outbox where state = 'parked'")
        assert parked["last_error"] == "the customer has blocked us"
        assert (await look(desk)).tickets[0].owner == "person"
        assert [entry["data"]["reason"] for entry in await entries(desk, "reach")] == [
            "the customer has blocked us"
        ]
        await ask(desk, "m2", "Hello again, where is it?")
        await say(desk, "Dana here.")
        await quiet(desk)
        assert wire.taken[-1].content == "Dana here."


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


async def test_the_wire_gets_what_it_needs_to_thread_an_answer(desk_on: OpenDesk, wire: Wire) -> None:
    headers = [["Message-ID", "<a@b.example>"], ["References", "<c@d.example>"]]
    async with desk_on() as desk:
        await ask(desk, headers=headers)
        [sent] = wire.taken
        assert sent.reply_to == "m1"
        assert sent.quoted == (("Message-ID", "<a@b.example>"), ("References", "<c@d.example>"))
        assert sent.sender_type is SenderType.AI


async def test_buttons_and_templates_go_with_a_message_where_the_channel_has_them(
    desk_on: OpenDesk, wire: Wire
) -> None:
    many = tuple(Button(f"Answer {n}", f"a{n}") for n in range(4))
    async with desk_on() as desk:
        await ask(desk)
        await say(desk, "Was it good?", SendOptions(buttons=many[:3]))
        await say(desk, "Which one?", SendOptions(buttons=many))
        await say(desk, "Your order is here.", SendOptions(template=Template("arrived", "en", ("54321",))))
        await quiet(desk)
        good, which, template = wire.taken[1:]
        assert good.buttons == many[:3]
        assert (which.buttons, which.content) == (
            (),
            "Which one?\n\n- Answer 0\n- Answer 1\n- Answer 2\n- Answer 3",
        )
        assert template.template == Template("arrived", "en", ("54321",))


async def test_behind_a_closed_window_nothing_is_sent_but_a_template(desk_on: OpenDesk, wire: Wire) -> None:
    async with desk_on() as desk:
        await ask(desk)
        await later(desk, "update conversation set last_inbound_at = now() - interval '25 hours'")
        await say(desk, "From the AI.", by=SenderType.AI)
        await say(desk, "From Dana.")
        await say(desk, "Template.", SendOptions(template=Template("arrived", "en")))
        await quiet(desk)
        assert [part.content for part in wire.taken[1:]] == ["From Dana.", "Template."]
        [parked] = await rows(desk, "select last_error from outbox where state = 'parked'")
        assert "the reply window closed at" in parked["last_error"]


async def test_what_waits_on_an_account_that_is_gone_reaches_a_person(
    desk_on: OpenDesk, settings: Settings, wire: Wire
) -> None:
    wire.errors.append(SendDelayed("later", retry_after=60))
    async with desk_on() as desk:
        await call(desk, event("message", "m1", content=QUESTION))
        await until(desk, lambda seen: [m.delivery_state for m in seen.by_ai] == ["queued"])
        await later(desk, "update outbox set not_before = null")
        await later(desk, "update lane set due_at = now() where kind = 'out'")
    settings.variables.clear()
    async with desk_on() as desk:
        seen = await until(desk, lambda seen: seen.tickets[0].owner == "person")
        await quiet(desk)
        [parked] = await rows(desk, "select last_error from outbox where state = 'parked'")
        assert "default of the channel telegram is not configured" in parked["last_error"]
        assert seen.tickets[0].suggested_reply == ANSWER


async def test_what_came_on_an_account_that_is_gone_is_recorded_all_the_same(
    desk_on: OpenDesk, settings: Settings
) -> None:
    async with desk_on(work=False) as desk:
        await call(desk, event("message", "m1", content=QUESTION))
    settings.variables.clear()
    async with desk_on() as desk:
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


async def say(
    desk: Desk, text: str, options: SendOptions | None = None, by: SenderType = SenderType.MANAGER
) -> None:
    async with desk.db.transaction() as conn:
        [found] = (await look(desk)).tickets
        added = await message.add(conn, found.ticket_id, by, text, ChannelName.TELEGRAM)
        await outbox.queue(conn, desk.lanes, found.conversation_id, added, options)


async def until_row(desk: Desk, query: str) -> None:
    for _ in range(500):
        if await rows(desk, query):
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"no row came: {query}")


async def later(desk: Desk, change: str) -> None:
    async with desk.db.connection() as conn:
        await execute(conn, change)
