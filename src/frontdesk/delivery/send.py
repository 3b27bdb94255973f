"""Send what waits on one conversation, in order; an attempt whose end nobody saw is settled, not repeated."""

from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Counter

from frontdesk.access.actor import SYSTEM
from frontdesk.channels.capabilities import Settlement
from frontdesk.channels.channel import Channel, Channels
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.db.pool import Connection
from frontdesk.delivery import outbox
from frontdesk.delivery.outbox import Waiting
from frontdesk.engine.lanes import LaneRun
from frontdesk.errors import SendDelayed, SendRefused, SendUnknown
from frontdesk.kit.trace import follow
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Delivered, SendFailed

Parked = Callable[[Connection, Waiting], Awaitable[None]]
"""Hears of a message that cannot be sent, in the transaction that parks it."""

_REPEATABLE = (Settlement.OWN_DB, Settlement.CLIENT_ID)

_log = structlog.get_logger("frontdesk.delivery")
_messages = Counter("support_outbound_messages_total", "Messages to customers", ["channel", "result"])
_attempts = Counter("support_outbound_attempts_total", "Attempts to send", ["channel", "error_code_class"])


class Sender:
    def __init__(self, channels: Channels, changes: TicketChanges) -> None:
        self._channels = channels
        self._changes = changes

    async def send_waiting(self, run: LaneRun, parked: Parked) -> None:
        """Send everything that waits, in order.

        Raises `SendDelayed` where the channel said "later": the rest waits in order behind it.
        """
        while (waiting := await self._next(run)) is not None:
            follow(waiting.request_id)
            await self._send(run, waiting, parked)

    async def give_up(self, run: LaneRun, error: str, parked: Parked) -> None:
        """The lane's dead end: everything that waits is parked, and so is the lane."""
        async with run.transaction() as conn:
            while (waiting := await outbox.next_waiting(conn, run.subject)) is not None:
                await self._set_aside(conn, waiting, error, parked)
            await run.park(conn, error)

    async def _next(self, run: LaneRun) -> Waiting | None:
        async with run.transaction() as conn:
            waiting = await outbox.next_waiting(conn, run.subject)
            if waiting is not None and waiting.not_before is not None:
                await run.again(conn, waiting.not_before)
                return None
            if waiting is not None and self._may_try(waiting):
                await outbox.start_attempt(conn, waiting.message_id)
            return waiting

    def _may_try(self, waiting: Waiting) -> bool:
        return waiting.state == "queued" or self._channel(waiting).capabilities.settlement in _REPEATABLE

    async def _send(self, run: LaneRun, waiting: Waiting, parked: Parked) -> None:
        if not self._may_try(waiting):
            unseen = "an earlier attempt ended unseen: sent or not cannot be told"
            async with run.transaction() as conn:
                await self._set_aside(conn, waiting, unseen, parked)
            return
        try:
            receipt = await self._channel(waiting).send(_outbound(waiting))
        except SendDelayed as error:
            _attempts.labels(waiting.channel, "delayed").inc()
            async with run.transaction() as conn:
                wait = error.retry_after or 0.0
                await outbox.end_attempt(conn, waiting.message_id, "queued", error=error.message, wait=wait)
            raise
        except (SendRefused, SendUnknown) as error:
            async with run.transaction() as conn:
                await self._set_aside(conn, waiting, error.message, parked)
            return
        async with run.transaction() as conn:
            await self._sent(conn, waiting, receipt)

    async def _sent(self, conn: Connection, waiting: Waiting, receipt: Receipt) -> None:
        _attempts.labels(waiting.channel, "none").inc()
        _messages.labels(waiting.channel, "sent").inc()
        _log.info("message_sent", channel=waiting.channel, message_id=waiting.message_id)
        await outbox.end_attempt(conn, waiting.message_id, "sent", external_id=receipt.external_id)
        await self._changes.note(conn, waiting.ticket_id, Delivered(waiting.message_id), SYSTEM)

    async def _set_aside(self, conn: Connection, waiting: Waiting, error: str, parked: Parked) -> None:
        """Never to be tried again by itself; who is told of it does so in the same commit."""
        _attempts.labels(waiting.channel, "permanent").inc()
        _messages.labels(waiting.channel, "parked").inc()
        _log.error("message_parked", channel=waiting.channel, error=error)
        await parked(conn, waiting)
        await outbox.end_attempt(conn, waiting.message_id, "parked", error=error)
        await self._changes.note(conn, waiting.ticket_id, SendFailed(waiting.message_id, error), SYSTEM)

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
