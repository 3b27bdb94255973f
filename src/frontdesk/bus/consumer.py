"""Tickets of other systems: read from the bus, kept for the road, and only then told to the broker as read."""

import asyncio
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import structlog
from prometheus_client import Counter

from frontdesk.bus import dead_letters
from frontdesk.bus.dead_letters import DeadLetter
from frontdesk.bus.incoming import message_of, place_of
from frontdesk.bus.places import known_places
from frontdesk.bus.record import Record, as_record
from frontdesk.bus.ticket_record import TicketRecord, read
from frontdesk.channels.channel import Channels
from frontdesk.db.pool import Connection, Database, fetch_value
from frontdesk.engine.disk import Disk
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import BadRequest, RecordInvalid, TemporaryError
from frontdesk.intake.accept import accept_all
from frontdesk.kit.tasks import not_cancelled, to_its_end

if TYPE_CHECKING:
    from confluent_kafka import Consumer, Message, Producer

P = ParamSpec("P")
T = TypeVar("T")

MOST = 200
"""Records of one look."""
_LOOK_SECONDS = 0.5
_LONGEST_WAIT = 30.0
_BACKLOG = "select count(*) from (select from raw_event where recorded_at is null limit %s) waiting"

_records = Counter("support_bus_records_total", "Records read from the bus", ["topic", "result"])
_log = structlog.get_logger("frontdesk.bus")


@dataclass(frozen=True, slots=True)
class TicketConsumer:
    """One of the group's processes. An offset is committed after the database has committed, never before."""

    db: Database
    lanes: Lanes
    channels: Channels
    disk: Disk
    consumer: "Consumer"
    producer: "Producer"
    pause_above: int
    """Accepted messages not yet recorded above which no more are read."""
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "bus"))

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while not_cancelled():
                messages = await self._call(self.consumer.consume, MOST, _LOOK_SECONDS)
                if messages:
                    await self._take(messages)
                    await self._ease()
        finally:
            await to_its_end(self._call(self.consumer.close))
            self._thread.shutdown()

    async def _call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One call of librdkafka after the other: it must not be closed while it reads."""
        call = partial(work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def _take(self, messages: Sequence["Message"]) -> None:
        records = [as_record(message) for message in messages if message.error() is None]
        for message in messages:
            if (error := message.error()) is not None:
                _log.warning("bus_error", code=error.name())
        if records:
            await self._until_kept(records)
            await self._call(self._commit, records)

    async def _until_kept(self, records: Sequence[Record]) -> None:
        """Tried for as long as it takes: what was read waits here, and everything behind it with the broker."""
        wait = 0.5
        while True:
            try:
                await self._keep(records)
            except TemporaryError as error:
                _log.warning("bus_waits", reason=error.message, records=len(records))
                await self._rest(random.uniform(0, wait))
                wait = min(_LONGEST_WAIT, wait * 2)
            else:
                return

    async def _keep(self, records: Sequence[Record]) -> None:
        """Each record goes the road, or to the dead letters; in the order of each ticket."""
        self.disk.require_room()
        good: list[tuple[Record, TicketRecord]] = []
        letters: list[DeadLetter] = []
        for record in records:
            try:
                good.append((record, read(record.value)))
            except RecordInvalid as error:
                letters.append(DeadLetter(record, error))
        letters += await self._accept(good)
        if letters:
            await asyncio.to_thread(dead_letters.send, self.producer, letters)
        _count(records, letters)

    async def _accept(self, good: Sequence[tuple[Record, TicketRecord]]) -> list[DeadLetter]:
        """All in one transaction; where the database refuses one of them, each in one of its own."""
        try:
            async with self.db.transaction() as conn:
                await self._accept_in(conn, [ticket for _, ticket in good])
        except BadRequest as error:
            if len(good) > 1:
                return [letter for pair in good for letter in await self._accept([pair])]
            return [DeadLetter(good[0][0], RecordInvalid("not_kept", error.message))]
        return []

    async def _accept_in(self, conn: Connection, tickets: Sequence[TicketRecord]) -> None:
        places = await known_places(conn, {ticket.ticket_id for ticket in tickets})
        events = []
        for ticket in tickets:
            event = message_of(ticket, self.channels, places.get(ticket.ticket_id))
            places.setdefault(ticket.ticket_id, place_of(event))
            events.append(event)
        await accept_all(conn, self.lanes, events)

    async def _ease(self) -> None:
        """Read no more while the road has enough to do: what waits with the broker is safe there."""
        while not await self._has_room():
            await self._rest(_LOOK_SECONDS)

    async def _has_room(self) -> bool:
        try:
            async with self.db.connection() as conn:
                waiting = int(await fetch_value(conn, _BACKLOG, (self.pause_above + 1,)))
        except TemporaryError:
            return False
        return waiting <= self.pause_above

    async def _rest(self, seconds: float) -> None:
        """A pause in which the broker still hears that this process lives."""
        await self._call(self._pause)
        await asyncio.sleep(seconds)
        await self._call(self._resume)

    def _pause(self) -> None:
        self.consumer.pause(self.consumer.assignment())
        came = self.consumer.poll(0)
        if (
            came is not None and came.error() is None
        ):  # of a partition that was given to this process just now
            self.consumer.seek(as_record(came).place())

    def _resume(self) -> None:
        self.consumer.resume(self.consumer.assignment())

    def _commit(self, records: Sequence[Record]) -> None:
        """Where the partitions went to another process meanwhile it reads them again: each event has its effect once."""
        from confluent_kafka import KafkaException

        last = {(record.topic, record.partition): record for record in records}
        try:
            self.consumer.commit(offsets=[record.place(1) for record in last.values()], asynchronous=False)
        except KafkaException as error:
            _log.warning("bus_not_committed", code=error.args[0].name())


def _count(records: Sequence[Record], letters: Sequence[DeadLetter]) -> None:
    dead = {(letter.record.partition, letter.record.offset) for letter in letters}
    for record in records:
        result = "dead" if (record.partition, record.offset) in dead else "accepted"
        _records.labels(record.topic, result).inc()
