"""How messages go out over a channel: in parts, with receipts, within what the account can do."""

import asyncio
from dataclasses import replace

import pytest

from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.outbound import Button, OutboundMessage, Receipt, Template
from frontdesk.delivery.outbox import SendOptions
from frontdesk.errors import SendDelayed, SendUnknown
from frontdesk.terms import SenderType
from tests.contracts.toy_channel import ToyChannel, event
from tests.contracts.toy_channel import Wire as ToyWire
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import later, look, quiet, rows, until, wait_for, working
from tests.journeys.talk import said as said_in_chat
from tests.journeys.toy_desk import (
    ANSWER,
    QUESTION,
    ask,
    call,
    entries,
    say,
    settings,
    until_row,
    wire,
)
from tests.journeys.wires import Wire, over

__all__ = ["settings", "wire"]


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
    desk_on: OpenDesk, wire: ToyWire
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
    desk_on: OpenDesk, wire: ToyWire
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
    desk_on: OpenDesk, wire: ToyWire
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


async def test_who_has_blocked_the_desk_is_not_written_to_until_they_write_again(
    desk_on: OpenDesk, wire: ToyWire
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


async def test_the_wire_gets_what_it_needs_to_thread_an_answer(desk_on: OpenDesk, wire: ToyWire) -> None:
    headers = [["Message-ID", "<a@b.example>"], ["References", "<c@d.example>"]]
    async with desk_on() as desk:
        await ask(desk, headers=headers)
        [sent] = wire.taken
        assert sent.reply_to == "m1"
        assert sent.quoted == (("Message-ID", "<a@b.example>"), ("References", "<c@d.example>"))
        assert sent.sender_type is SenderType.AI


async def test_buttons_and_templates_go_with_a_message_where_the_channel_has_them(
    desk_on: OpenDesk, wire: ToyWire
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


async def test_behind_a_closed_window_nothing_is_sent_but_a_template(
    desk_on: OpenDesk, wire: ToyWire
) -> None:
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
    desk_on: OpenDesk, wire: ToyWire
) -> None:
    wire.errors.append(SendDelayed("later", retry_after=60))
    async with desk_on() as desk:
        await call(desk, event("message", "m1", content=QUESTION))
        await until_row(desk, "select 1 from outbox where not_before is not null")
        await until_row(desk, "select 1 from lane where kind = 'out' and lease_until is null")
        await later(desk, "update outbox set not_before = null")
        await later(desk, "update lane set due_at = now() where kind = 'out'")
    async with desk_on(variables={}) as desk:
        seen = await until(desk, lambda seen: seen.tickets[0].owner == "person")
        await quiet(desk)
        [parked] = await rows(desk, "select last_error from outbox where state = 'parked'")
        assert "default of the channel telegram is not configured" in parked["last_error"]
        assert seen.tickets[0].suggested_reply == ANSWER


class PartsWire(Wire):
    """Sends a message sentence by sentence."""

    def split(self, message: OutboundMessage) -> list[OutboundMessage]:
        sentences = message.content.split(" | ")
        return [replace(message, content=text, part=part) for part, text in enumerate(sentences)]


@pytest.mark.parametrize(
    ("settlement", "tried"),
    [(Settlement.CLIENT_ID, ["RE: A", "B", "B", "C"]), (Settlement.NONE, ["RE: A", "B"])],
)
async def test_after_a_crash_between_two_parts_no_part_is_repeated_blindly(
    desk_on: OpenDesk, settlement: Settlement, tried: list[str]
) -> None:
    async with desk_on(work=False) as opened:
        parts = PartsWire(settlement, None, asyncio.Event())
        desk = over(opened, parts)
        async with working(desk):
            await desk.journey.accept(said_in_chat("ann", "a | b | c"))
            await wait_for(lambda: len(parts.tried) == 2)
        await later(desk, "update lane set lease_until = now() where lease_until is not null")
        async with working(desk):
            await quiet(desk)
        assert parts.texts == tried
        [row] = await rows(desk, "select state, last_error from outbox")
        assert row["state"] == ("sent" if settlement is Settlement.CLIENT_ID else "parked")
