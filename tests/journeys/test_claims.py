"""What a stranger states of themselves writes to no customer, and brings them nothing of anybody's."""

import dataclasses

import pytest

from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.desk import Desk
from frontdesk.terms import ChannelName, Proof
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import look, quiet, rows, said

REAL = {"customer_id": "c-17", "name": "Марина", "email": "marina@mail.example"}


def _from(peer: str, facts: dict[str, str], n: int = 1, proof: Proof = Proof.CLAIMED) -> InboundMessage:
    message = said(peer, f"n{n} where is my order?", n)
    return dataclasses.replace(message, peer=Peer(address=peer, proof=proof, **facts))


async def _customers(desk: Desk) -> list[dict[str, object]]:
    return await rows(desk, "select customer_id, name, email from customer order by customer_id")


@pytest.mark.parametrize("stated", [{"customer_id": "c-17"}, {"email": "marina@mail.example"}])
async def test_a_claim_about_nobody_makes_no_customer(desk_on: OpenDesk, stated: dict[str, str]) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(_from("stranger", {"name": "Evil", **stated}))
        await quiet(desk)
        assert await _customers(desk) == []
        await desk.journey.accept(_from("marina", REAL, proof=Proof.VERIFIED))
        await quiet(desk)
        assert await _customers(desk) == [REAL]
        of_stranger, of_marina = (await look(desk)).tickets
        assert (of_stranger.customer_id, of_marina.customer_id) == (None, "c-17")


async def test_a_claim_about_a_customer_changes_nothing_of_them(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(_from("marina", REAL, proof=Proof.VERIFIED))
        await desk.journey.accept(
            _from("stranger", {"customer_id": "c-17", "name": "Evil", "email": "evil@evil.example"})
        )
        await quiet(desk)
        assert await _customers(desk) == [REAL]
        answered = await rows(
            desk, "select claimed->>'email' as email from conversation where proof = 'claimed'"
        )
        assert answered == [{"email": "evil@evil.example"}]


async def test_proven_facts_overwrite_what_was_known(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(_from("marina", REAL, proof=Proof.VERIFIED))
        await quiet(desk)
        newer = {**REAL, "email": "marina@new.example"}
        await desk.journey.accept(_from("marina", newer, 2, Proof.VERIFIED))
        await quiet(desk)
        assert await _customers(desk) == [newer]


async def test_who_proves_themselves_later_gets_their_ticket(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(_from("guest", {}, proof=Proof.NONE))
        await quiet(desk)
        assert (await look(desk)).tickets[0].customer_id is None
        await desk.journey.accept(_from("guest", REAL, 2, Proof.VERIFIED))
        await quiet(desk)
        [ticket] = (await look(desk)).tickets
        assert ticket.customer_id == "c-17"


async def test_only_the_proven_are_called_by_name(desk_on: OpenDesk) -> None:
    async with desk_on(local=True) as desk:
        await desk.journey.accept(_from("marina", REAL, proof=Proof.VERIFIED))
        await quiet(desk)
        for peer, facts in (("a", REAL), ("b", {"email": REAL["email"]}), ("c", {"name": "Марина"})):
            hello = dataclasses.replace(_from(peer, facts), content="Здравствуйте!")
            await desk.journey.accept(dataclasses.replace(hello, channel=ChannelName.WEB_CHAT))
        await quiet(desk)
        replies = [
            message.content for message in (await look(desk)).by_ai if "Здравствуйте" in message.content
        ]
        assert len(replies) >= 3
        assert not [reply for reply in replies if "Марина" in reply]
