"""A message remembers the request that brought it."""

import dataclasses

from frontdesk.channels.message import InboundMessage
from frontdesk.kit.trace import current


def traced(message: InboundMessage) -> InboundMessage:
    """With the present request's id, where it has none of its own."""
    if message.request_id is not None or (request_id := current()) is None:
        return message
    return dataclasses.replace(message, request_id=request_id)
