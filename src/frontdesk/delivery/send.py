"""Send what waits on one conversation, in order; an attempt whose end nobody saw is settled, not repeated."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog

from frontdesk.access.actor import SYSTEM
from frontdesk.channels.capabilities import Capabilities, Settlement
from frontdesk.channels.channel import Announcing, Channel, Channels, Splitter
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.db.pool import Connection
from frontdesk.delivery import outbox
from frontdesk.delivery.compose import compose
from frontdesk.delivery.obstacles import obstacle
from frontdesk.delivery.outbox import Waiting
from frontdesk.delivery.post import attempts, messages_sent, tell_sent
from frontdesk.engine.lanes import LaneRun
from frontdesk.engine.mail_schedule import GIVE_UP_AFTER, SERVER_AWAY, wait_after
from frontdesk.errors import MailDelayed, SendDelayed, SendRefused, SendUnknown
from frontdesk.kit.trace import follow
from frontdesk.terms import DeliveryState, SenderType
from frontdesk.tickets import sent_parts
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Delivered, SendFailed, SendPostponed

Parked = Callable[[Connection, Waiting], Awaitable[None]]
"""Hears of a message that cannot be sent, in the transaction that parks it."""

_log = structlog.get_logger("frontdesk.delivery")


class Sender:
    def __init__(self, channels: Channels, changes: TicketChanges) -> None:
        self._channels = channels
        self._changes = changes

    async def send_waiting(self, run: LaneRun, parked: Parked) -> None:
        """Send everything that waits, in order.

        Raises `SendDelayed` where the channel said "later": the rest waits in order behind it. An e-mail that
        cannot leave waits on its own schedule, for two days.
        """
        while (waiting := await self._next(run, parked)) is not None:
            follow(waiting.request_id)
            await self._send(run, waiting, parked)

    async def give_up(self, run: LaneRun, error: str, parked: Parked) -> None:
        """The lane's dead end: everything that waits is parked, and so is the lane; an e-mail goes on by its age."""
        async with run.transaction() as conn:
            at = await self._mail_goes_on(conn, run, error)
            if at is not None:
                await run.start_over(conn, at, error)
                return
            while (waiting := await outbox.next_waiting(conn, run.subject)) is not None:
                await self._set_aside(conn, waiting, error, parked)
            await run.park(conn, error)

    async def _next(self, run: LaneRun, parked: Parked) -> Waiting | None:
        """The next message that may be tried, its attempt recorded; what may not be is set aside."""
        async with run.transaction() as conn:
            while (waiting := await outbox.next_waiting(conn, run.subject)) is not None:
                if waiting.not_before is not None:
                    await run.again(conn, waiting.not_before)
                    break
                channel = self._channels.find(waiting.channel, waiting.account)
                can = channel.capabilities if channel else None
                reason = obstacle(waiting, can, datetime.now(UTC)) or await _too_often(conn, waiting, can)
                if reason is None:
                    announced = isinstance(channel, Announcing)
                    await outbox.start_attempt(conn, waiting.message_id, leaves_now=not announced)
                    return waiting
                await self._set_aside(conn, waiting, reason, parked)
            await run.finish(conn)
            return None

    async def _send(self, run: LaneRun, waiting: Waiting, parked: Parked) -> None:
        channel = self._channels.get(waiting.channel, waiting.account)
        parts = _parts(channel, compose(waiting, channel.capabilities))
        try:
            for part in parts[waiting.parts_sent : -1]:
                receipt = await self._say(run, channel, waiting, part)
                async with run.transaction() as conn:
                    await _keep(conn, channel, waiting, part, receipt)
            unsent = waiting.parts_sent < len(parts)
            last = await self._say(run, channel, waiting, parts[-1]) if unsent else None
        except MailDelayed as error:
            attempts.labels(waiting.channel, "delayed").inc()
            async with run.transaction() as conn:
                await self._postpone(conn, waiting, error, parked)
            return
        except SendDelayed as error:
            attempts.labels(waiting.channel, "delayed").inc()
            async with run.transaction() as conn:
                wait = error.retry_after or 0.0
                await outbox.end_attempt(conn, waiting.message_id, "queued", error=error.message, wait=wait)
            raise
        except (SendRefused, SendUnknown) as error:
            async with run.transaction() as conn:
                await self._set_aside(conn, waiting, error.message, parked)
            return
        async with run.transaction() as conn:
            if last is not None:
                await _keep(conn, channel, waiting, parts[-1], last)
            await self._sent(conn, waiting)
            if channel.capabilities.settlement is not Settlement.OWN_DB:
                await self._meet_receipts(conn, waiting, parked)

    async def _say(self, run: LaneRun, channel: Channel, waiting: Waiting, part: OutboundMessage) -> Receipt:
        async def leaving() -> None:
            async with run.transaction() as conn:
                await outbox.leaves(conn, waiting.message_id)

        if isinstance(channel, Announcing):
            return await channel.send_announced(part, leaving)
        return await channel.send(part)

    async def _postpone(
        self, conn: Connection, waiting: Waiting, error: MailDelayed, parked: Parked
    ) -> timedelta | None:
        """The wait before the next attempt; None where it is too old and was set aside. Staff are told once."""
        if waiting.attempts and waiting.age >= GIVE_UP_AFTER:
            await self._set_aside(conn, waiting, error.message, parked)
            return None
        wait = wait_after(waiting.attempts + 1, error.longest_wait)
        await outbox.end_attempt(
            conn, waiting.message_id, "queued", error=error.message, wait=wait.total_seconds()
        )
        if not waiting.was_delayed:
            event = SendPostponed(waiting.message_id, error.message)
            await self._changes.note(conn, waiting.ticket_id, event, SYSTEM)
        return wait

    async def _mail_goes_on(self, conn: Connection, run: LaneRun, error: str) -> datetime | None:
        """When the lane of an e-mail that never left is looked at again; None where it is given up."""
        waiting = await outbox.next_waiting(conn, run.subject)
        if waiting is None or waiting.state != "queued" or waiting.age >= GIVE_UP_AFTER:
            return None
        if not isinstance(self._channels.find(waiting.channel, waiting.account), Announcing):
            return None
        wait = wait_after(waiting.attempts, SERVER_AWAY)
        await outbox.end_attempt(conn, waiting.message_id, "queued", error=error, wait=wait.total_seconds())
        return datetime.now(UTC) + wait

    async def _sent(self, conn: Connection, waiting: Waiting) -> None:
        tell_sent(waiting.channel, waiting.message_id)
        await outbox.end_attempt(conn, waiting.message_id, "sent")
        await self._changes.note(conn, waiting.ticket_id, Delivered(waiting.message_id), SYSTEM)

    async def _meet_receipts(self, conn: Connection, waiting: Waiting, parked: Parked) -> None:
        """Receipts may have been quicker than the end of the send."""
        progress = await sent_parts.settle(conn, waiting.message_id)
        if progress is not None and progress.state is DeliveryState.FAILED:
            failed = SendFailed(waiting.message_id, "the channel could not deliver it")
            await self._changes.note(conn, waiting.ticket_id, failed, SYSTEM)
            await parked(conn, waiting)

    async def _set_aside(self, conn: Connection, waiting: Waiting, error: str, parked: Parked) -> None:
        """Never to be tried again by itself; who is told of it does so in the same commit."""
        attempts.labels(waiting.channel, "permanent").inc()
        messages_sent.labels(waiting.channel, "parked").inc()
        _log.error("message_parked", channel=waiting.channel, error=error)
        await parked(conn, waiting)
        await outbox.end_attempt(conn, waiting.message_id, "parked", error=error)
        await self._changes.note(conn, waiting.ticket_id, SendFailed(waiting.message_id, error), SYSTEM)


async def _too_often(conn: Connection, waiting: Waiting, can: Capabilities | None) -> str | None:
    most = can.answers_per_hour if can else None
    if most is None or waiting.sender_type is SenderType.MANAGER:
        return None
    if await outbox.count_lately(conn, waiting) < most:
        return None
    return f"{most} answers to this address within an hour: a program may be answering"


def _parts(channel: Channel, message: OutboundMessage) -> Sequence[OutboundMessage]:
    return channel.split(message) if isinstance(channel, Splitter) else [message]


async def _keep(
    conn: Connection, channel: Channel, waiting: Waiting, part: OutboundMessage, receipt: Receipt
) -> None:
    """Before the next part starts; where our database is the delivery there is nothing to be told later."""
    if channel.capabilities.settlement is not Settlement.OWN_DB:
        key = (channel.name, channel.account, receipt.external_id)
        await sent_parts.keep(conn, *key, waiting.message_id, part.part, receipt.state)
