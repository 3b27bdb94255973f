"""A reply while it is being written: shown to whoever looks, and taken back where it must not stand."""

from collections.abc import Awaitable, Callable

from frontdesk.engine.fanout import Fanout, LiveSignal
from frontdesk.tickets.case import Case


class LiveDraft:
    """Streams one reply to the customer's socket and the console; keeps nothing."""

    def __init__(self, fanout: Fanout, case: Case) -> None:
        self._fanout = fanout
        self._places = (f"conversation:{case.conversation_id}", f"ticket:{case.ticket_id}")
        self._topics: tuple[str, ...] = ()
        self._address: dict[str, object] = {"ticket_id": case.ticket_id, "message_id": case.reply_id}
        self._next = 0
        self._due: Callable[[], Awaitable[bool]] | None = None

    def begin(self, silent: bool, due: Callable[[], Awaitable[bool]] | None = None) -> None:
        """Show that the AI writes; a silent draft is seen by nobody. `due` is asked before each chunk is shown."""
        self._topics = () if silent else self._places
        self._due = due
        self._typing(on=True)

    def end(self) -> None:
        """The AI writes no more."""
        self._typing(on=False)

    async def text(self, chunk: str) -> None:
        """Shown only while it is due; after one chunk that was not, none is."""
        if self._topics and self._due is not None and not await self._due():
            await self.retract()
            self._topics = ()
        self._publish(LiveSignal("text", {**self._address, "n": self._next, "content": chunk}))
        self._next += 1

    async def retract(self) -> None:
        """Take back what was streamed; nothing happens where nothing was."""
        if self._next:
            self._publish(LiveSignal("retract", self._address))
            self._next = 0

    def _typing(self, on: bool) -> None:
        self._publish(LiveSignal("typing", {"ticket_id": self._address["ticket_id"], "on": on, "who": "ai"}))

    def _publish(self, news: LiveSignal) -> None:
        for topic in self._topics:
            self._fanout.publish(topic, news)
