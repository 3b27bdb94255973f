"""A message with neither words nor files."""

from frontdesk.channels.message import InboundMessage


def says_nothing(message: InboundMessage) -> str | None:
    return None if message.content.strip() or message.uploads else "empty"
