"""Clients of Kafka: librdkafka's, made from the settings. The package is optional, and loaded when it is needed."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from frontdesk.bus import topics
from frontdesk.errors import SetupError, Unavailable
from frontdesk.settings import Settings

if TYPE_CHECKING:
    from confluent_kafka import Consumer, KafkaException, Producer
    from confluent_kafka.admin import AdminClient

_SECONDS = 10.0


def consumer_of(settings: Settings, topic: str = topics.TICKETS, group: str = topics.GROUP) -> "Consumer":
    """Commits only what it is told to, and begins at the oldest record of a partition that nobody has read."""
    from confluent_kafka import Consumer

    consumer = Consumer(
        {"auto.offset.reset": "earliest", "session.timeout.ms": 10_000}
        | _common(settings)
        | {"group.id": group, "enable.auto.commit": False, "enable.auto.offset.store": False}
    )
    consumer.subscribe([topic])
    return consumer


def producer_of(settings: Settings) -> "Producer":
    """Idempotent: what it repeats by itself arrives once, in order."""
    from confluent_kafka import Producer

    return Producer(_common(settings) | {"enable.idempotence": True, "linger.ms": 5})


def admin_of(settings: Settings) -> "AdminClient":
    from confluent_kafka.admin import AdminClient

    return AdminClient(_common(settings))


def topics_made(settings: Settings) -> list[str]:
    """Make those of the contract that are missing, where the settings allow it; which were made.

    Raises `SetupError` where the broker refuses, `Unavailable` where none is heard of.
    """
    from confluent_kafka import KafkaException
    from confluent_kafka.cimpl import NewTopic

    admin = admin_of(settings)
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
    }
    return common | settings.kafka_properties
