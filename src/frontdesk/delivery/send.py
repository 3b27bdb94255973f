"""Send what waits on one conversation, in order; an attempt whose end nobody saw is settled, not repeated."""

import structlog
from prometheus_client import Counter

from frontdesk.channels.channel import Channel, Channels
from frontdesk.channels.message import OutboundMessage, Receipt, Settlement
from frontdesk.db.pool import Connection
from frontdesk.delivery import outbox
from frontdesk.delivery.outbox import Waiting
from frontdesk.engine.lanes import Run
from frontdesk.errors import SendDelayed, SendRefused, SendUnknown
from frontdesk.kit.trace import follow
from frontdesk.terms import SenderType
from frontdesk.tickets import log

_REPEATABLE = (Settlement.OWN_DB, Settlement.CLIENT_ID)

_log = structlog.get_logger("frontdesk.delivery")
_messages = Counter("support_outbound_messages_total", "Messages to customers", ["channel", "result"])
_attempts = Counter("support_outbound_attempts_total", "Attempts to send", ["channel", "error_code_class"])


class Sender:
    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    async def send_waiting(self, run: Run) -> list[Waiting]:
        """Send everything that waits; the messages that had to be parked.

        Raises `SendDelayed` where the channel said "later": the rest waits in order behind it.
        """
        parked = []
        while (waiting := await self._next(run)) is not None:
            follow(waiting.request_id)
            if not await self._send(run, waiting):
                parked.append(waiting)
        return parked

    async def _next(self, run: Run) -> Waiting | None:
        async with run.transaction() as conn:
            waiting = await outbox.next_waiting(conn, run.subject)
            if waiting is not None and self._may_try(waiting):
                await outbox.start_attempt(conn, waiting.message_id)
            return waiting

    def _may_try(self, waiting: Waiting) -> bool:
        return waiting.state == "queued" or self._channel(waiting).capabilities.settlement in _REPEATABLE

    async def _send(self, run: Run, waiting: Waiting) -> bool:
        if not self._may_try(waiting):
            await self._park(run, waiting, "an earlier attempt ended unseen: sent or not cannot be told")
            return False
        try:
            receipt = await self._channel(waiting).send(_outbound(waiting))
        except SendDelayed as error:
            _attempts.labels(waiting.channel, "delayed").inc()
            async with run.transaction() as conn:
                await outbox.end_attempt(conn, waiting.message_id, "queued", error=error.message)
            raise
        except (SendRefused, SendUnknown) as error:
            await self._park(run, waiting, error.message)
            return False
        async with run.transaction() as conn:
            await self._sent(conn, waiting, receipt)
        return True

    async def _sent(self, conn: Connection, waiting: Waiting, receipt: Receipt) -> None:
        _attempts.labels(waiting.channel, "none").inc()
        _messages.labels(waiting.channel, "sent").inc()
        _log.info("message_sent", channel=waiting.channel, message_id=waiting.message_id)
        await outbox.end_attempt(conn, waiting.message_id, "sent", external_id=receipt.external_id)
        await log.write(conn, waiting.ticket_id, log.Event.DELIVERED, SenderType.SYSTEM, waiting.message_id)

    async def _park(self, run: Run, waiting: Waiting, error: str) -> None:
        _attempts.labels(waiting.channel, "permanent").inc()
        _messages.labels(waiting.channel, "parked").inc()
        _log.error("message_parked", channel=waiting.channel, error=error)
        async with run.transaction() as conn:
            await outbox.end_attempt(conn, waiting.message_id, "parked", error=error)
            data = {"error": error}
            await log.write(
                conn, waiting.ticket_id, log.Event.SEND_FAILED, SenderType.SYSTEM, waiting.message_id, data
            )

    def _channel(self, waiting: Waiting) -> Channel:
        return self._channels.get(waiting.channel, waiting.account)


def _outbound(waiting: Waiting) -> OutboundMessage:
    return OutboundMessage(
        message_id=waiting.message_id,
        channel=waiting.channel,
        account=waiting.account,
        address=waiting.address,
        thread=waiting.thread,
        content=waiting.content,
        language=waiting.language or "en",
        subject=f"Re: {waiting.subject} [T-{waiting.number:06d}]",
        email=waiting.email,
        sender_name=waiting.sender_name or "",
    )
