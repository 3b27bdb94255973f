"""A record as it came, whatever it says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from confluent_kafka import Message, TopicPartition

Header = tuple[str, str | bytes | None]


@dataclass(frozen=True, slots=True)
class Record:
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...]

    def place(self, ahead: int = 0) -> "TopicPartition":
        """Where it lies, or so many records further on."""
        from confluent_kafka import TopicPartition

        return TopicPartition(self.topic, self.partition, self.offset + ahead)


def as_record(message: "Message") -> Record:
    """Of a message without an error."""
    headers = message.headers() or []
    pairs = headers.items() if isinstance(headers, dict) else headers
    return Record(
        message.topic() or "",
        message.partition() or 0,
        message.offset() or 0,
        _bytes(message.key()),
        _bytes(message.value()),
        tuple(pairs),
    )


def _bytes(given: str | bytes | None) -> bytes | None:
    return given.encode() if isinstance(given, str) else given
