"""How far our messages have come, as the channel tells it."""

from frontdesk.access.actor import SYSTEM
from frontdesk.channels.inbound import DeliveryReceipt
from frontdesk.db.pool import Connection
from frontdesk.intake.effects import NotDelivered
from frontdesk.terms import DeliveryState, MessageId
from frontdesk.tickets import sent_parts
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import ReceiptCame, SendFailed


async def apply(conn: Connection, event: DeliveryReceipt, changes: TicketChanges) -> NotDelivered | None:
    """Bring the message forward, never back. A receipt of a part that is not known yet is kept for it."""
    message_id = await sent_parts.note_receipt(
        conn,
        event.channel,
        event.account,
        event.target,
        event.state,
        event.error,
        MessageId(event.message_id) if event.message_id else None,
    )
    progress = await sent_parts.settle(conn, message_id) if message_id else None
    if progress is None:
        return None
    if progress.state is not DeliveryState.FAILED:
        came = ReceiptCame(progress.message_id, progress.state)
        await changes.note(conn, progress.ticket_id, came, SYSTEM)
        return None
    error = event.error or "the channel could not deliver it"
    await changes.note(conn, progress.ticket_id, SendFailed(progress.message_id, error), SYSTEM)
    return NotDelivered(progress.ticket_id, progress.message_id, progress.content, error)
