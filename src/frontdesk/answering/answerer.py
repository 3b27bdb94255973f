"""The port behind which local intelligence and LLMs answer alike."""

from typing import Protocol

from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.reading import Reading


class Stream(Protocol):
    """Carries a draft to the customer while it is written; nothing streamed is final until it is recorded."""

    async def text(self, chunk: str) -> None:
        """Append a piece of the reply."""

    async def retract(self) -> None:
        """Take back everything streamed so far (a check failed, another provider starts anew)."""


class Answerer(Protocol):
    name: str
    """Provider name as stored with each AI message: `local`, `anthropic`, `openai`, `ollama` ..."""

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        """Decide what to do about the pending messages.

        Holds no database transaction while it thinks. Never invents: what is stated comes from a
        source of the decision. Raises `ModelUnavailable` where no model answered in time.
        """
        ...
