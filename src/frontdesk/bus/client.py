"""Clients of Kafka: librdkafka's, made from the settings. The package is optional, and loaded when it is needed."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import structlog

from frontdesk.bus import topics
from frontdesk.errors import SetupError, Unavailable
from frontdesk.settings import Settings

if TYPE_CHECKING:
    from confluent_kafka import Consumer, KafkaError, KafkaException, Producer
    from confluent_kafka.admin import AdminClient

_SECONDS = 10.0
_CRITICAL = 2
"""What librdkafka may write by itself: each of its attempts to connect would be a line of its own."""
_log = structlog.get_logger("frontdesk.bus")


def consumer_of(settings: Settings, topic: str = topics.TICKETS, group: str = topics.GROUP) -> "Consumer":
    """Commits only what it is told to, and begins at the oldest record of a partition that nobody has read."""
    common = _common(settings)
    from confluent_kafka import Consumer

    consumer = Consumer(
        {"auto.offset.reset": "earliest", "session.timeout.ms": 10_000}
        | common
        | {"group.id": group, "enable.auto.commit": False, "enable.auto.offset.store": False}
    )
    consumer.subscribe([topic])
    return consumer


def producer_of(settings: Settings) -> "Producer":
    """Idempotent: what it repeats by itself arrives once, in order."""
    common = _common(settings)
    from confluent_kafka import Producer

    return Producer(common | {"enable.idempotence": True, "linger.ms": 5})


def admin_of(settings: Settings) -> "AdminClient":
    common = _common(settings)
    from confluent_kafka.admin import AdminClient

    return AdminClient(common)


def require_broker(settings: Settings) -> None:
    """Raises `Unavailable` where no broker is heard of: librdkafka itself would wait without a word."""
    admin = admin_of(settings)
    from confluent_kafka import KafkaException

    try:
        admin.list_topics(timeout=_SECONDS)
    except KafkaException as error:
        _refused(error)


def topics_made(settings: Settings) -> list[str]:
    """Make those of the contract that are missing, where the settings allow it; which were made.

    Raises `SetupError` where the broker refuses, `Unavailable` where none is heard of.
    """
    admin = admin_of(settings)
    from confluent_kafka import KafkaException
    from confluent_kafka.cimpl import NewTopic

    try:
        known = admin.list_topics(timeout=_SECONDS)
        missing = [name for name in topics.ALL if name not in known.topics]
        if not missing or not settings.kafka_auto_create:
            return []
        replicas = min(3, len(known.brokers))
        wanted = [NewTopic(name, topics.PARTITIONS, replicas) for name in missing]
        for made in admin.create_topics(wanted, request_timeout=_SECONDS).values():
            made.result()
    except KafkaException as error:
        return _refused(error)
    return missing


def _refused(error: "KafkaException") -> list[str]:
    from confluent_kafka import KafkaError

    fault = error.args[0]
    if fault.code() == KafkaError.TOPIC_ALREADY_EXISTS:  # another process made it meanwhile
        return []
    if fault.retriable() or fault.code() in (KafkaError._TRANSPORT, KafkaError._ALL_BROKERS_DOWN):
        raise Unavailable("no broker of the bus is heard of")
    raise SetupError(f"the bus makes no topics: {fault.str()}")


def _tell(error: "KafkaError") -> None:
    _log.warning("bus_error", code=error.name())


def _common(settings: Settings) -> dict[str, Any]:
    """Raises `SetupError` where no bus is configured, or the package is missing."""
    if not settings.kafka_bootstrap_servers:
        raise SetupError("no bus is configured: set KAFKA_BOOTSTRAP_SERVERS")
    if find_spec("confluent_kafka") is None:
        raise SetupError("the bus needs the package confluent-kafka: pip install -r requirements/kafka.lock")
    common = {
        "bootstrap.servers": settings.kafka_bootstrap_servers,
        "client.id": "frontdesk",
        "allow.auto.create.topics": settings.kafka_auto_create,
        "socket.timeout.ms": int(_SECONDS * 1000),
        "log_level": _CRITICAL,
        "error_cb": _tell,
    }
    return common | settings.kafka_properties
