"""Tickets of other systems come over the bus, each once and in order; what cannot be taken is kept apart whole."""

import asyncio
import dataclasses
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import orjson
import pytest

from frontdesk.bus import topics
from frontdesk.bus.client import consumer_of, producer_of, topics_made
from frontdesk.bus.consumer import TicketConsumer
from frontdesk.bus.produce import produce
from frontdesk.bus.replay import replay
from frontdesk.desk import Desk, open_desk
from frontdesk.errors import SetupError, Unavailable
from frontdesk.kit.tasks import end
from frontdesk.roles.process import run_roles
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName, TicketStatus
from tests.journeys.brokers import Broker, running_broker
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import Look, quiet, rows, said, until

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    with running_broker() as running:
        yield running


def record(n: int, ticket: str = "TICKET-001", **changes: object) -> bytes:
    fields = {
        "schema_version": 1,
        "event_id": f"{ticket}-event-{n}",
        "ticket_id": ticket,
        "ts": "2026-11-20T09:00:00Z",
        "subject": "Where is my order?",
        "body": f"n{n} where is my order?",
        "channel": "telegram",
        "priority": "high",
    }
    return orjson.dumps(fields | changes)


def settings_on(desk: Desk, broker: Broker) -> Settings:
    # The mock cluster hears of a reader that has gone by its silence alone.
    soon = {"session.timeout.ms": "3000", "heartbeat.interval.ms": "500"}
    update = {"kafka_bootstrap_servers": broker.address, "kafka_properties": soon}
    return desk.settings.model_copy(update=update)


@asynccontextmanager
async def reading(desk: Desk, broker: Broker) -> AsyncIterator[None]:
    settings = settings_on(desk, broker)
    consumer = TicketConsumer(
        desk.db, desk.lanes, desk.channels, desk.journey.disk,
        await asyncio.to_thread(consumer_of, settings), producer_of(settings), 1000,
    )  # fmt: skip
    task = asyncio.create_task(consumer.run())
    try:
        yield
    finally:
        await end([task])


def said_of(look: Look, ticket_id: str) -> list[str]:
    return [m.content for m in look.messages if m.ticket_id == ticket_id and m.sender_type == "customer"]


async def test_a_ticket_of_another_system_is_read_and_drafted_and_nothing_is_sent(
    desk_on: OpenDesk, broker: Broker
) -> None:
    async with desk_on() as desk:
        for n in (1, 2, 2, 3, 1):
            broker.put(topics.TICKETS, record(n))
        broker.put(topics.TICKETS, b"{not json", headers={"trace": "t-1"})
        async with reading(desk, broker):
            seen = await until(desk, lambda look: len(said_of(look, "TICKET-001")) == 3)
            await quiet(desk)
            letters = await asyncio.to_thread(broker.read, topics.DEAD_LETTERS, 1)
        sends = await rows(desk, "select state from outbox")
    assert said_of(seen, "TICKET-001") == [f"n{n} where is my order?" for n in (1, 2, 3)]
    [ticket] = seen.tickets
    assert (ticket.ticket_id, ticket.channel) == ("TICKET-001", ChannelName.TELEGRAM)
    assert sends == []
    assert [letter.value() for letter in letters] == [b"{not json"]
    headers = dict(letters[0].headers() or [])
    assert headers["trace"] == b"t-1"
    assert headers["error.code"] == b"not_json"
    assert headers["source.topic"] == topics.TICKETS.encode()


async def test_what_was_committed_is_not_read_again_and_a_killed_reader_loses_nothing(
    desk_on: OpenDesk, broker: Broker
) -> None:
    async with desk_on() as desk:
        broker.put(topics.TICKETS, record(1, "TICKET-K"))
        async with reading(desk, broker):
            await until(desk, lambda look: len(said_of(look, "TICKET-K")) == 1)
        broker.put(topics.TICKETS, record(2, "TICKET-K"))
        async with reading(desk, broker):
            seen = await until(desk, lambda look: len(said_of(look, "TICKET-K")) == 2)
            await quiet(desk)
        kept = await rows(desk, "select external_id from event_key where external_id like 'bus:TICKET-K%'")
    assert said_of(seen, "TICKET-K") == ["n1 where is my order?", "n2 where is my order?"]
    assert len(kept) == 2


async def test_a_follow_up_of_a_ticket_of_the_desk_joins_it(desk_on: OpenDesk, broker: Broker) -> None:
    async with desk_on() as desk:
        own = dataclasses.replace(said("ann", "n0 where is my order?"), ticket_id="OWN-1")
        await desk.journey.accept(own)
        await until(desk, lambda look: bool(look.tickets))
        broker.put(topics.TICKETS, record(1, "OWN-1", channel="web_chat"))
        async with reading(desk, broker):
            seen = await until(desk, lambda look: len(said_of(look, "OWN-1")) == 2)
            await quiet(desk)
    assert [ticket.ticket_id for ticket in seen.tickets if ticket.ticket_id == "OWN-1"] == ["OWN-1"]


async def test_a_follow_up_of_a_closed_ticket_opens_a_new_one_linked_to_it(
    desk_on: OpenDesk, broker: Broker
) -> None:
    async with desk_on() as desk:
        broker.put(topics.TICKETS, record(1, "TICKET-C"))
        async with reading(desk, broker):
            await until(desk, lambda look: len(said_of(look, "TICKET-C")) == 1)
            await quiet(desk)
            await rows(
                desk,
                "update ticket set status = 'closed', owner = 'nobody' where ticket_id = 'TICKET-C' returning 1",
            )
            broker.put(topics.TICKETS, record(2, "TICKET-C"))
            seen = await until(desk, lambda look: any(t.previous_id == "TICKET-C" for t in look.tickets))
            await quiet(desk)
        aside = await rows(desk, "select failure from raw_event where failure is not null")
    [later] = [ticket for ticket in seen.tickets if ticket.previous_id == "TICKET-C"]
    assert said_of(seen, later.ticket_id) == ["n2 where is my order?"]
    assert later.status is not TicketStatus.CLOSED
    assert aside == []


async def test_dead_letters_are_put_back_as_they_came_once_each(desk_on: OpenDesk) -> None:
    with running_broker() as broker:
        async with desk_on() as desk:
            settings = settings_on(desk, broker)
            lines = [record(1, "TICKET-R"), b"{broken", record(2, "TICKET-R", channel="pigeon")]
            produced = await asyncio.to_thread(produce, settings, lines)
            assert (produced.sent, produced.failed) == (3, 0)
            async with reading(desk, broker):
                letters = await asyncio.to_thread(broker.read, topics.DEAD_LETTERS, 2)
            again = await asyncio.to_thread(replay, settings, 100)
            nothing = await asyncio.to_thread(replay, settings, 100)
        tickets = await asyncio.to_thread(broker.read, topics.TICKETS, 5)
    assert {letter.value() for letter in letters} == {lines[1], lines[2]}
    assert (again.sent, nothing.sent) == (2, 0)
    assert sorted(str(each.value()) for each in tickets) == sorted(map(str, [*lines, lines[1], lines[2]]))
    assert all("error.code" not in dict(each.headers() or []) for each in tickets)


async def test_a_broker_that_is_not_there_is_told_and_nothing_hangs(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        away = desk.settings.model_copy(update={"kafka_bootstrap_servers": "127.0.0.1:9"})
        with pytest.raises(Unavailable):
            await asyncio.to_thread(topics_made, away)
        with pytest.raises(SetupError):
            consumer_of(desk.settings)


async def test_what_needs_a_broker_says_that_there_is_none_and_claims_no_success(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        away = desk.settings.model_copy(update={"kafka_bootstrap_servers": "127.0.0.1:9"})
        for call in (lambda: replay(away, 10), lambda: produce(away, [record(1)])):
            with pytest.raises(Unavailable):
                await asyncio.to_thread(call)


async def test_without_the_package_it_is_told_what_to_install(
    desk_on: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(work=False) as desk:
        settings = desk.settings.model_copy(update={"kafka_bootstrap_servers": "127.0.0.1:9"})
        monkeypatch.setitem(sys.modules, "confluent_kafka", None)
        for call in (topics_made, consumer_of, producer_of):
            with pytest.raises(SetupError, match=r"requirements/kafka\.lock"):
                call(settings)


async def test_a_desk_whose_broker_is_away_does_everything_else(settings: Settings) -> None:
    away = settings.model_copy(update={"kafka_bootstrap_servers": "127.0.0.1:9"})
    async with open_desk(away) as desk:
        task = asyncio.create_task(run_roles(desk, {"worker", "events"}))
        await asyncio.sleep(12)
        assert not task.done()
        await end([task])
