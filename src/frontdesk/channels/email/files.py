"""The files of a mail, taken out of the mail as it came, which the desk has kept."""

import asyncio
from collections.abc import AsyncIterator

from frontdesk.channels.inbound import RemoteMedia
from frontdesk.channels.registry import KeptDeliveries
from frontdesk.errors import FileRefused, NotFound
from frontdesk.mail.read import file_bytes


class KeptFiles:
    def __init__(self, deliveries: KeptDeliveries | None) -> None:
        self._deliveries = deliveries

    async def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        """Raises `FileRefused`."""
        source, _, rest = media.reference.partition(":")
        digest, _, part = rest.partition(":")
        if self._deliveries is None or not part.isdigit():
            raise FileRefused("the mail is not kept here")
        try:
            raw = await self._deliveries.body(source, bytes.fromhex(digest))
        except (NotFound, ValueError):
            raise FileRefused("the mail is not kept any more") from None
        yield await asyncio.to_thread(file_bytes, raw, int(part))
