"""The port behind which local intelligence and LLMs read alike."""

from datetime import datetime
from typing import Protocol

from frontdesk.tickets.reading import Reading


class Reader(Protocol):
    async def read(
        self,
        text: str,
        *,
        subject: str = "",
        language_hint: str | None = None,
        earlier: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> Reading:
        """Analyse a customer's text of any length and any content; never raises for what is in it.

        `at` is when it was written (now where None): days without a year are near it.
        `earlier` are the customer's former messages of this ticket, oldest first. Nonsense (empty,
        emoji, base64) gets a reading of low confidence.
        """
        ...
