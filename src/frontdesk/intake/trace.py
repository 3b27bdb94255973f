"""An event remembers the request that brought it."""

import dataclasses
from typing import TypeVar

from frontdesk.channels.inbound import InboundEvent
from frontdesk.kit.trace import current

E = TypeVar("E", bound=InboundEvent)


def traced(event: E) -> E:
    """With the present request's id, where it has none of its own."""
    if event.request_id is not None or (request_id := current()) is None:
        return event
    return dataclasses.replace(event, request_id=request_id)
