"""Records that cannot be taken: byte for byte as they came, with the reason in the headers, for a person to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frontdesk.bus import topics
from frontdesk.bus.produce import Outgoing, send_all
from frontdesk.bus.record import Header, Record
from frontdesk.errors import RecordInvalid, Unavailable

if TYPE_CHECKING:
    from confluent_kafka import Producer

_ADDED = ("error.code", "error.message", "attempts", "source.topic", "source.partition", "source.offset")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    record: Record
    error: RecordInvalid
    attempts: int = 1

    @property
    def headers(self) -> list[Header]:
        """Those of the record, which keep their meaning, and why it is here and where it came from."""
        record = self.record
        added: dict[str, str] = {
            "error.code": self.error.reason,
            "error.message": self.error.message,
            "attempts": str(self.attempts),
            "source.topic": record.topic,
            "source.partition": str(record.partition),
            "source.offset": str(record.offset),
        }
        kept = [(name, value) for name, value in record.headers if name not in added]
        return [*kept, *((name, value.encode()) for name, value in added.items())]


def original_headers(headers: Sequence[Header]) -> list[Header]:
    """Without what a dead letter adds: what is replayed is what came."""
    return [(name, value) for name, value in headers if name not in _ADDED]


def send(producer: "Producer", letters: Sequence[DeadLetter]) -> None:
    """Blocks until the broker has them. Raises `Unavailable` where it does not take them."""
    records = [Outgoing(each.record.key, each.record.value, tuple(each.headers)) for each in letters]
    produced = send_all(producer, topics.DEAD_LETTERS, records)
    if produced.failed:
        raise Unavailable(f"the bus takes no dead letters: {produced.reason}")
