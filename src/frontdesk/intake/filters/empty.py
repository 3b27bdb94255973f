"""A message with neither words nor files."""

from frontdesk.channels.inbound import InboundMessage


def says_nothing(message: InboundMessage) -> str | None:
    return None if message.content.strip() or message.uploads or message.media else "empty"
