"""librdkafka's own mock cluster: a broker of the protocol, on TCP, without Java."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from confluent_kafka import Consumer, Message, Producer

PATIENCE = 30.0


@dataclass(frozen=True)
class Broker:
    address: str
    producer: Producer

    def put(self, topic: str, value: bytes, key: str = "t", headers: dict[str, str] | None = None) -> None:
        self.producer.produce(topic, value=value, key=key, headers=dict(headers or {}))
        assert self.producer.flush(PATIENCE) == 0

    def read(self, topic: str, count: int, seconds: float = PATIENCE) -> list[Message]:
        """The first so many records of a topic, whoever else reads it."""
        consumer = Consumer({
            "bootstrap.servers": self.address, "group.id": f"test-{threading.get_ident()}-{id(self)}-{topic}",
            "auto.offset.reset": "earliest", "enable.auto.commit": False,
        })  # fmt: skip
        consumer.subscribe([topic])
        try:
            read: list[Message] = []
            deadline = time.monotonic() + seconds
            while len(read) < count and time.monotonic() < deadline:
                read += [each for each in consumer.consume(count - len(read), 0.5) if each.error() is None]
            return read
        finally:
            consumer.close()


@contextmanager
def running_broker() -> Iterator[Broker]:
    host = Producer({"bootstrap.servers": "nowhere", "test.mock.num.brokers": 1})
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            host.poll(0.1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        broker = next(iter(host.list_topics(timeout=PATIENCE).brokers.values()))
        address = f"{broker.host}:{broker.port}"
        yield Broker(address, Producer({"bootstrap.servers": address}))
    finally:
        stopped.set()
        thread.join()
