"""Dead letters get another try: put back as they came, once each, after what made them fail was mended."""

from frontdesk.bus import topics
from frontdesk.bus.client import consumer_of, producer_of, require_broker
from frontdesk.bus.dead_letters import original_headers
from frontdesk.bus.produce import Outgoing, Produced, send_all
from frontdesk.bus.record import Record, as_record
from frontdesk.settings import Settings

GROUP = "frontdesk-replay"
"""Its offsets say which letters were replayed."""
_MOST = 500
_PATIENCE = 5.0
_LOOKS = 2
"""So many looks of so many seconds without a letter, and there are no more: the group gets its partitions meanwhile."""


def replay(settings: Settings, limit: int) -> Produced:
    """Blocks. A letter that the broker did not take stays where it is, and those behind it too.

    Raises `Unavailable` where no broker is heard of.
    """
    require_broker(settings)
    consumer = consumer_of(settings, topics.DEAD_LETTERS, GROUP)
    producer, total, empty = producer_of(settings), Produced(), 0
    try:
        while total.sent < limit and not total.failed and empty < _LOOKS:
            messages = consumer.consume(min(_MOST, limit - total.sent), _PATIENCE)
            records = [as_record(message) for message in messages if message.error() is None]
            empty = 0 if records else empty + 1
            if not records:
                continue
            produced = send_all(producer, topics.TICKETS, [_original(record) for record in records])
            if not produced.failed:
                last = {record.partition: record for record in records}
                consumer.commit(offsets=[record.place(1) for record in last.values()], asynchronous=False)
            total = Produced(total.sent + produced.sent, produced.failed, produced.reason)
    finally:
        consumer.close()
    return total


def _original(record: Record) -> Outgoing:
    return Outgoing(record.key, record.value, tuple(original_headers(record.headers)))
