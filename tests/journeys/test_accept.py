"""Taking messages in at the same time: one commit serves many, and each keeps its promise by itself."""

import asyncio
import dataclasses
from collections import Counter

from frontdesk.errors import BadRequest
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import rows, said


async def test_messages_that_come_together_are_kept_once_each_and_in_order(desk_on: OpenDesk) -> None:
    messages = [said(f"peer{n % 3}", f"n{n} where is my order?", n) for n in range(24)]
    async with desk_on(work=False) as desk:
        accepted = await asyncio.gather(*(desk.journey.accept(event) for event in [*messages, *messages]))
        per_key = Counter(result.event_id for result in accepted if not result.duplicate)
        kept = await rows(desk, "select external_id, event_id from event_key order by event_id")
        woken = await rows(desk, "select key from lane where kind = 'in'")
    assert [row["external_id"] for row in kept] == [event.external_id for event in messages]
    assert per_key == Counter(row["event_id"] for row in kept)
    assert sum(result.duplicate for result in accepted) == len(messages)
    assert len(woken) == 3


async def test_a_message_the_database_refuses_costs_its_neighbours_nothing(desk_on: OpenDesk) -> None:
    good = [said(f"peer{n}", "Where is my order?", n) for n in range(8)]
    bad = said("x" * 3_000_000, "An address that no index takes", 1)
    async with desk_on(work=False) as desk:
        results = await asyncio.gather(
            *(desk.journey.accept(event) for event in [*good[:4], bad, *good[4:]]), return_exceptions=True
        )
        kept = await rows(desk, "select external_id from event_key")
    assert isinstance(results[4], BadRequest)
    assert {row["external_id"] for row in kept} == {event.external_id for event in good}


async def test_lanes_of_one_peer_that_come_together_still_take_turns(desk_on: OpenDesk) -> None:
    """A program that posts a hundred tickets at once is not a hundred people."""
    threads = [dataclasses.replace(said("busy", "One more", n), thread=f"t{n}") for n in range(10)]
    async with desk_on(work=False) as desk:
        await asyncio.gather(*(desk.journey.accept(event) for event in threads))
        turns = await rows(desk, "select distinct turn from lane where kind = 'in'")
    assert len(turns) == len(threads)
