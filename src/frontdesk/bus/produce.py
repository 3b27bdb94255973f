"""Put records on the bus, and learn which the broker took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from frontdesk.bus import topics
from frontdesk.bus.client import producer_of, require_broker
from frontdesk.bus.record import Header
from frontdesk.settings import Settings

if TYPE_CHECKING:
    from confluent_kafka import Producer

FLUSH_SECONDS = 30.0
_EACH = 1000


@dataclass(slots=True)
class Produced:
    sent: int = 0
    failed: int = 0
    reason: str = ""
    """Why the first of them was not taken."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...] = ()


def produce(settings: Settings, lines: Sequence[bytes]) -> Produced:
    """JSON records to the tickets' topic, keyed by ticket; what is no JSON goes without a key, to be dead-lettered.

    Raises `Unavailable` where no broker is heard of.
    """
    require_broker(settings)
    return send_all(producer_of(settings), topics.TICKETS, [Outgoing(_key(line), line) for line in lines])


def send_all(producer: "Producer", topic: str, records: Iterable[Outgoing]) -> Produced:
    """Blocks until the broker has answered for each."""
    produced = Produced()

    def answered(error: object, _: object) -> None:
        if error is None:
            produced.sent += 1
        else:
            produced.failed += 1
            produced.reason = produced.reason or str(error)

    for n, record in enumerate(records, 1):
        producer.produce(
            topic, value=record.value, key=record.key, headers=list(record.headers), on_delivery=answered
        )
        if n % _EACH == 0:  # the queue of librdkafka is bounded
            producer.flush(FLUSH_SECONDS)
    unanswered = producer.flush(FLUSH_SECONDS)
    if unanswered:
        produced.failed += unanswered
        produced.reason = produced.reason or "no broker answers"
    return produced


def _key(line: bytes) -> bytes | None:
    try:
        ticket_id = orjson.loads(line)["ticket_id"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return str(ticket_id).encode()
