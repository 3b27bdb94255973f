"""A webhook's delivery on its way in: proven, read, kept with its bytes, and only then answered."""

import asyncio
from enum import StrEnum

import structlog

from frontdesk.channels.channel import Channels, Reading, Webhook
from frontdesk.channels.inbound import InboundEvent
from frontdesk.channels.request import Request
from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import DeliverySetAside, DeliveryUnreadable, FrontdeskError
from frontdesk.intake.accept import Delivery, accept_delivery, keep_delivery, kept_delivery
from frontdesk.intake.trace import traced

LARGE = 64 * 1024
_log = structlog.get_logger("frontdesk.webhook")


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    NOTHING = "nothing"
    """None of the desk's business; its bytes are kept."""
    SET_ASIDE = "set_aside"
    """Proven, but this version's reader fails on it; a person sees it."""


async def take_delivery(db: Database, lanes: Lanes, hook: Webhook, request: Request) -> Outcome:
    """Raises `Unauthorized` (nothing is kept), `BadRequest` (not parseable), or `Unavailable`."""
    hook.verify(request)
    delivery = Delivery(hook.webhook, request.body, request.content_type, request.url)
    return await _read(db, lanes, hook, request, delivery)


async def read_again(db: Database, lanes: Lanes, channels: Channels, delivery_id: int) -> Outcome:
    """Read a delivery that was set aside, as after an upgrade. Raises `NotFound`, or `BadRequest`."""
    async with db.connection() as conn:
        kept = await kept_delivery(conn, delivery_id)
    reader = channels.reader(kept.source)
    request = Request("POST", kept.url, {"content-type": kept.content_type}, kept.body)
    return await _read(db, lanes, reader, request, kept)


async def _read(db: Database, lanes: Lanes, reader: Reading, request: Request, delivery: Delivery) -> Outcome:
    try:
        events = await _parsed(reader, request)
    except DeliverySetAside as error:
        _log.info("delivery_set_aside", webhook=delivery.source, reason=error.message)
        await _set_aside(db, delivery, error.message)
        return Outcome.SET_ASIDE
    except DeliveryUnreadable as error:
        _log.error("delivery_not_read", webhook=delivery.source, reason=error.message)
        await _set_aside(db, delivery, error.message)
        return Outcome.SET_ASIDE
    except FrontdeskError:
        raise
    except Exception as error:  # a fault of the reader loses nothing, and no provider stops calling for it
        _log.exception("delivery_not_read", webhook=delivery.source)
        await _set_aside(db, delivery, f"{type(error).__name__} while it was read")
        return Outcome.SET_ASIDE
    return await _accept(db, lanes, delivery, events)


async def _parsed(reader: Reading, request: Request) -> list[InboundEvent]:
    """A large delivery, such as a mail with files, is read in a thread: nobody else waits for it."""
    if len(request.body) < LARGE:
        return reader.parse(request)
    return await asyncio.to_thread(reader.parse, request)


async def _accept(db: Database, lanes: Lanes, delivery: Delivery, events: list[InboundEvent]) -> Outcome:
    async with db.transaction() as conn:
        kept = await accept_delivery(conn, lanes, delivery, [traced(event) for event in events])
    if not kept:
        return Outcome.NOTHING
    return Outcome.DUPLICATE if all(accepted.duplicate for accepted in kept) else Outcome.ACCEPTED


async def _set_aside(db: Database, delivery: Delivery, failure: str) -> None:
    async with db.connection() as conn:
        await keep_delivery(conn, delivery, 0, failure)
