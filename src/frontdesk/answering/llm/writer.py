"""Lets the customer read a reply while a model writes it, and takes it back when it is not to be."""

from collections.abc import Callable
from typing import Protocol

from frontdesk.answering.answerer import Stream
from frontdesk.llm.redact import hold_back


class Censor(Protocol):
    """Says at every growth whether the reply may stay on the screen."""

    def begin(self) -> None: ...
    def allows(self, content: str) -> bool: ...


class StreamWriter:
    """`sent` is what the customer's screen shows of this reply now."""

    def __init__(self, stream: Stream, restore: Callable[[str], str], censor: Censor) -> None:
        self._stream = stream
        self._restore = restore
        self._censor = censor
        self._stopped = False
        self.sent = ""

    async def begin(self) -> None:
        """The model starts a reply; what it wrote before does not count any more."""
        await self.retract()
        self._censor.begin()
        self._stopped = False

    async def grow(self, content: str) -> None:
        """The reply has grown to `content` (as the model wrote it, placeholders and all)."""
        if self._stopped:
            return
        shown = self._restore(hold_back(content)).strip()
        if len(shown) <= len(self.sent):
            return
        if not shown.startswith(self.sent) or not self._censor.allows(shown):
            self._stopped = True
            await self.retract()
        else:
            chunk, self.sent = shown[len(self.sent) :], shown
            await self._stream.text(chunk)

    async def settle(self, content: str) -> None:
        """Make the screen show exactly `content`, the checked reply."""
        if not content.startswith(self.sent):
            await self.retract()
        if len(content) > len(self.sent):
            chunk, self.sent = content[len(self.sent) :], content
            await self._stream.text(chunk)

    async def retract(self) -> None:
        """Take back what was shown, if anything was."""
        if self.sent:
            self.sent = ""
            await self._stream.retract()
