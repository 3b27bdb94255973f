"""The clocks of the house: one file each, and their list."""

from frontdesk.channels.channel import Channels
from frontdesk.clocks import (
    audit,
    channel_health,
    forgotten_tickets,
    gauges,
    idempotency,
    retention,
    scores,
    search_words,
    snoozed_tickets,
    ticket_counts,
    vectors,
)
from frontdesk.db.pool import Database
from frontdesk.engine.blobs import Blobs
from frontdesk.engine.clock import Clock
from frontdesk.engine.lanes import Lanes
from frontdesk.kit.keys import Keys
from frontdesk.knowledge.base import Knowledge
from frontdesk.privacy.retention import Retention
from frontdesk.tickets.apply import TicketChanges


def clocks_of(
    db: Database,
    lanes: Lanes,
    channels: Channels,
    knowledge: Knowledge,
    changes: TicketChanges,
    blobs: Blobs,
    keys: Keys,
    kept: Retention,
) -> list[Clock]:
    """Every clock; a new one is a file here and a line in this list."""
    return [
        forgotten_tickets.clock(lanes),
        idempotency.clock(),
        scores.clock(db, changes.weights),
        search_words.clock(db),
        snoozed_tickets.clock(changes),
        ticket_counts.clock(db),
        vectors.clock(knowledge),
        gauges.clock(lanes),
        channel_health.clock(channels),
        retention.clock(db, blobs, kept),
        audit.sealer(keys),
        audit.head(),
    ]
