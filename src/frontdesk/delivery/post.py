"""What is said goes out: queued for its lane, or sent by the very commit where our database is the delivery."""

from dataclasses import dataclass

import structlog
from prometheus_client import Counter

from frontdesk.access.actor import SYSTEM
from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.channel import Channels
from frontdesk.db.pool import Connection
from frontdesk.delivery import outbox
from frontdesk.delivery.outbox import SendOptions
from frontdesk.engine.lanes import Lanes
from frontdesk.terms import ChannelName, ConversationId, LaneKind, MessageId
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Delivered
from frontdesk.tickets.message import Message

messages_sent = Counter("support_outbound_messages_total", "Messages to customers", ["channel", "result"])
attempts = Counter("support_outbound_attempts_total", "Attempts to send", ["channel", "error_code_class"])
_log = structlog.get_logger("frontdesk.delivery")


@dataclass(frozen=True, slots=True)
class Post:
    lanes: Lanes
    channels: Channels
    changes: TicketChanges

    async def put(
        self,
        conn: Connection,
        conversation_id: ConversationId,
        written: Message,
        options: SendOptions | None = None,
    ) -> None:
        """Have the message sent once the caller's transaction commits.

        Call it after what the message does to its ticket, so that the log tells both in this order.
        """
        if await outbox.put(conn, conversation_id, written, self._delivered_here, options):
            tell_sent(written.channel, written.message_id)
            await self.changes.note(conn, written.ticket_id, Delivered(written.message_id), SYSTEM)
        else:
            await self.lanes.wake(conn, LaneKind.SEND, conversation_id)

    @property
    def _delivered_here(self) -> list[tuple[ChannelName, str]]:
        """The accounts whose peers look into our database: there is nothing that could fail, or be tried again."""
        return [
            (channel.name, channel.account)
            for channel in self.channels
            if channel.capabilities.settlement is Settlement.OWN_DB
        ]


def tell_sent(channel: ChannelName, message_id: MessageId) -> None:
    attempts.labels(channel, "none").inc()
    messages_sent.labels(channel, "sent").inc()
    _log.info("message_sent", channel=channel, message_id=message_id)
