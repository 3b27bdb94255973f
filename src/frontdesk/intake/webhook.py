"""A webhook's delivery on its way in: proven, read, kept with its bytes, and only then answered."""

from enum import StrEnum

import structlog

from frontdesk.channels.channel import Webhook
from frontdesk.channels.inbound import InboundEvent
from frontdesk.channels.request import Request
from frontdesk.db.pool import Database
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import FrontdeskError
from frontdesk.intake.accept import Delivery, accept_delivery, keep_delivery
from frontdesk.intake.trace import traced

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
    try:
        events = hook.parse(request)
    except FrontdeskError:
        raise
    except Exception as error:  # a fault of the reader loses nothing, and no provider stops calling for it
        _log.exception("delivery_not_read", webhook=hook.webhook)
        await _set_aside(db, delivery, f"{type(error).__name__} while it was read")
        return Outcome.SET_ASIDE
    return await _accept(db, lanes, delivery, events)


async def _accept(db: Database, lanes: Lanes, delivery: Delivery, events: list[InboundEvent]) -> Outcome:
    async with db.transaction() as conn:
        kept = await accept_delivery(conn, lanes, delivery, [traced(event) for event in events])
    if not kept:
        return Outcome.NOTHING
    return Outcome.DUPLICATE if all(one.duplicate for one in kept) else Outcome.ACCEPTED


async def _set_aside(db: Database, delivery: Delivery, failure: str) -> None:
    async with db.connection() as conn:
        await keep_delivery(conn, delivery, 0, failure)
