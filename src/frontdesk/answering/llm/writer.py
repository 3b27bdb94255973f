"""Lets the customer read a reply while a model writes it: only what the gate has let through."""

from collections.abc import Callable

from frontdesk.answering.answerer import Stream
from frontdesk.answering.proof.gate import Gate
from frontdesk.llm.redact import hold_back


class StreamWriter:
    """`sent` is what the customer's screen shows of this reply now."""

    def __init__(self, stream: Stream, restore: Callable[[str], str], gate: Gate) -> None:
        self._stream = stream
        self._restore = restore
        self._gate = gate
        self.sent = ""

    async def begin(self) -> None:
        """The model starts a reply; what it wrote before does not count any more."""
        await self.retract()
        self._gate.begin()

    async def grow(self, content: str) -> None:
        """The reply has grown to `content` (as the model wrote it, placeholders and all)."""
        passed = self._gate.grow(self._restore(hold_back(content)).strip())
        if self._gate.stopped:
            await self.retract()
        else:
            await self._show(passed)

    async def settle(self, content: str) -> None:
        """Make the screen show exactly `content`, the checked reply."""
        if not content.startswith(self.sent):
            await self.retract()
        await self._show(content)

    async def retract(self) -> None:
        """Take back what was shown, if anything was."""
        if self.sent:
            self.sent = ""
            await self._stream.retract()

    async def _show(self, content: str) -> None:
        if len(content) > len(self.sent):
            chunk, self.sent = content[len(self.sent) :], content
            await self._stream.text(chunk)
