"""One open conversation window: what it has been shown, and what it must be shown next."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from frontdesk.access.scope import Scope, scope_of_conversation
from frontdesk.db.pool import Connection, Database
from frontdesk.escalation.route import RoutingRules
from frontdesk.kit.waiting import SlimEvent
from frontdesk.terms import ConversationId
from frontdesk.tickets import ticket
from frontdesk.tickets.ticket import Ticket
from frontdesk.web.chat.frames import frames_of, said_after, status_of

FIRST_WORD_SECONDS = 1.0


@dataclass(slots=True)
class Talk:
    """Level-triggered: each look reads from the database what the window has not been shown yet.

    `ticket_id` and `last_seq` say how far it is; an older ticket's rest comes before a newer ticket.
    """

    db: Database
    conversation_id: ConversationId
    route: RoutingRules
    ticket_id: str | None = None
    last_seq: int = 0
    sent: set[str] = field(default_factory=set)
    """client_msg_ids that came through this window: it gets acks for them, not copies."""
    spoke: SlimEvent = field(default_factory=SlimEvent)
    """Set once the window has sent a frame."""
    _live: bool = False
    """Whether what comes next is news; what a window finds when it opens or resumes is history."""
    _asked: tuple[str | None, int] | None = None
    _status: dict[str, Any] | None = None

    async def ready(self) -> None:
        """Wait for the window's first word, but not long: it says there how far it is.

        LiveSignal may be quicker than a resume on its way, and would show what the window has already.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_WORD_SECONDS):
                await self.spoke.wait()
        self.spoke.set()

    async def look(self) -> list[dict[str, Any]]:
        """The frames that bring the window up to date."""
        self._go_where_asked()
        frames: list[dict[str, Any]] = []
        async with self.db.connection() as conn:
            for row in await self._tickets(conn):
                if row.ticket_id != self.ticket_id:
                    self.ticket_id, self.last_seq = row.ticket_id, 0
                for message, view in await said_after(conn, self._scope, row, self.last_seq):
                    own = message.client_msg_id is not None and message.client_msg_id in self.sent
                    self._live = self._live or own
                    frames += frames_of(message, view, own, self._live)
                    self.last_seq = message.seq
                frames += self._news_of_status(row)
        self._live = True
        return frames

    @contextmanager
    def sending(self, client_msg_id: object) -> Iterator[None]:
        """Before the message is kept, for its news may be quicker than this block; a refused one leaves nothing."""
        own = client_msg_id if isinstance(client_msg_id, str) and client_msg_id not in self.sent else None
        if own is not None:
            self.sent.add(own)
        try:
            yield
        except BaseException:
            if own is not None:
                self.sent.discard(own)
            raise

    @property
    def _scope(self) -> Scope:
        return scope_of_conversation(self.conversation_id)

    def resume(self, ticket_id: str | None, last_seq: int) -> None:
        """The window says how far it is, heard by the next look; `last_seq` is of the newest ticket unless named."""
        self._asked = (ticket_id, last_seq)

    def _go_where_asked(self) -> None:
        """At the beginning of a look only: one that runs must not be turned round in its middle."""
        if self._asked is not None:
            (self.ticket_id, self.last_seq), self._asked = self._asked, None
            self._live, self._status = False, None

    async def _tickets(self, conn: Connection) -> list[Ticket]:
        """The window's ticket and what came after it; the newest alone where the window knows none."""
        rows = await ticket.newest_in(conn, self.conversation_id, 20, self._scope)
        if self.ticket_id is None and rows and self.last_seq <= rows[0].last_seq:
            self.ticket_id = rows[0].ticket_id
        known = next((n for n, row in enumerate(rows) if row.ticket_id == self.ticket_id), 0)
        return list(reversed(rows[: known + 1]))

    def _news_of_status(self, row: Ticket) -> list[dict[str, Any]]:
        status = status_of(row, self.route)
        if status == self._status:
            return []
        self._status = status
        return [status]
