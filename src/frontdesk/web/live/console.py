"""The console's socket: every change of a ticket, and one watched conversation word by word."""

import asyncio
from contextlib import suppress
from typing import Any

import orjson
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from frontdesk.access.actor import ACCESS_CHANGED, Actor, Permission
from frontdesk.access.scope import Scope, scope_of
from frontdesk.desk import Desk
from frontdesk.engine.fanout import LiveSignal
from frontdesk.errors import BadRequest, NotFound, TemporaryError, Unauthorized
from frontdesk.kit.tasks import end, not_cancelled, run_until_first_end
from frontdesk.kit.waiting import SlimQueue
from frontdesk.tickets import log, message, ticket
from frontdesk.tickets.entries import EntryType
from frontdesk.tickets.log import Entry
from frontdesk.web.credentials import still
from frontdesk.web.live.tail import ALL
from frontdesk.web.origin import own_origin
from frontdesk.web.serializers import entry_view, message_view, ticket_view

GATHER_SECONDS = 0.05
"""Changes of one ticket within this time are one frame."""

ACCESS_SECONDS = 30.0
"""So often an open socket looks whether its caller is still signed in, if no signal told it to."""

router = APIRouter()


@router.websocket("/api/v1/live")
async def live(socket: WebSocket) -> None:
    desk: Desk = socket.app.state.desk
    if not own_origin(socket.headers.get("origin"), socket.headers.get("host"), desk.settings):
        await socket.close(1008)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError):
        try:
            await _View(desk, socket).run()
        except TemporaryError:
            await socket.close(1013)  # try again later: the console then reads everything anew
        except Unauthorized:
            await socket.close(1008)


class _View:
    """One tab of the console."""

    def __init__(self, desk: Desk, socket: WebSocket) -> None:
        self._desk = desk
        self._socket = socket
        self._actor: Actor = socket.state.actor
        self._sign_in: str | None = socket.state.sign_in
        self._scope = scope_of(self._actor)
        self._watched: str | None = None
        self._watching = asyncio.Event()

    async def run(self) -> None:
        async with self._desk.db.connection() as conn:
            cursor = await log.newest(conn)
        await self._send({"type": "hello", "cursor": cursor})
        works = (self._hear, self._follow_all, self._follow_watched, self._keep_access)
        tasks = [asyncio.create_task(work()) for work in works]
        await run_until_first_end(tasks)

    async def _keep_access(self) -> None:
        """Raises `Unauthorized` once the caller may read no tickets any more; other limits count from then on."""
        signals = self._desk.lanes.signals
        changed = signals.listen(ACCESS_CHANGED)
        try:
            while not_cancelled():
                with suppress(TimeoutError):
                    async with asyncio.timeout(ACCESS_SECONDS):
                        await changed.wait()
                changed.clear()
                actor = await still(self._desk.db, self._actor, self._sign_in)
                if actor is None or not actor.may(Permission.TICKETS_READ):
                    raise Unauthorized("the sign-in has ended")
                if actor != self._actor:
                    self._actor, self._scope = actor, scope_of(actor)
                    self._watching.set()
                    await self._send({"type": "resync"})
        finally:
            signals.forget(ACCESS_CHANGED, changed)

    async def _hear(self) -> None:
        while not_cancelled():
            try:
                frame = orjson.loads(await self._socket.receive_text())
            except (orjson.JSONDecodeError, KeyError):
                await self._send(
                    {"type": "error", "code": BadRequest.code, "message": "frames are JSON objects"}
                )
                continue
            match frame.get("type") if isinstance(frame, dict) else None:
                case "watch":
                    self._watched = (
                        frame.get("ticket_id") if isinstance(frame.get("ticket_id"), str) else None
                    )
                    self._watching.set()
                case "resume":
                    await self._send({"type": "resync"})
                case "ping":
                    await self._send({"type": "pong"})
                case _:
                    await self._send(
                        {"type": "error", "code": BadRequest.code, "message": "unknown frame type"}
                    )

    async def _follow_all(self) -> None:
        """Every changed ticket, gathered so that a busy one is not told ten times."""
        with self._desk.fanout.subscribe(ALL) as news:
            while not_cancelled():
                changed = {item.data.get("ticket_id"): item for item in await _gather(news)}
                for ticket_id, item in changed.items():
                    if item.kind == "lagging":
                        await self._send({"type": "resync"})
                    else:
                        await self._tell_ticket(str(ticket_id), item)

    async def _tell_ticket(self, ticket_id: str, item: LiveSignal) -> None:
        entry = item.data["entry"]
        assert isinstance(entry, Entry)
        with suppress(NotFound):
            async with self._desk.db.connection() as conn:
                view = await ticket_view(conn, self._actor, self._desk.settings, ticket_id)
            await self._send({"type": "ticket", "cursor": entry.event_id, "ticket": view})

    async def _follow_watched(self) -> None:
        while not_cancelled():
            self._watching.clear()
            following = asyncio.create_task(self._follow_one(self._watched)) if self._watched else None
            try:
                await self._watching.wait()
            finally:
                if following:
                    await end([following])

    async def _follow_one(self, ticket_id: str) -> None:
        """What is streamed of a ticket that this caller may read; nothing of any other."""
        if not await self._may_read(ticket_id):
            return
        with self._desk.fanout.subscribe(f"ticket:{ticket_id}") as news:
            while not_cancelled():
                item = await news.get()
                match item.kind:
                    case "text" | "retract":
                        await self._send({"type": item.kind, **item.data})
                    case "changed":
                        if not await self._may_read(ticket_id):  # it has another category by now
                            return
                        await self._tell_change(item)
                    case _:
                        pass

    async def _may_read(self, ticket_id: str) -> bool:
        async with self._desk.db.connection() as conn:
            return await ticket.find(conn, ticket_id, self._scope) is not None

    async def _tell_change(self, item: LiveSignal) -> None:
        entry = item.data["entry"]
        assert isinstance(entry, Entry)
        if entry.message_id is not None or entry.type == EntryType.ANALYSED:
            async with self._desk.db.connection() as conn:
                for shown in await _messages(conn, entry, self._scope):
                    view = await message_view(conn, shown)
                    await self._send({"type": "message", "cursor": entry.event_id, "message": view})
        await self._send({"type": "event", "cursor": entry.event_id, "event": entry_view(entry)})

    async def _send(self, frame: dict[str, Any]) -> None:
        await self._socket.send_text(orjson.dumps(frame).decode())


async def _messages(conn: Any, entry: Entry, scope: Scope) -> list[message.Message]:
    """The message an entry is about; for an analysis the customer's messages that may have got their reading."""
    if entry.message_id is not None:
        written = await message.get(conn, entry.message_id, scope)
        return [written] if written else []
    conversation = await message.of_ticket(conn, entry.ticket_id, scope)
    return [read for read in conversation if read.reading is not None][-1:]


async def _gather(news: SlimQueue[LiveSignal]) -> list[LiveSignal]:
    items = [await news.get()]
    await asyncio.sleep(GATHER_SECONDS)
    while not news.empty():
        items.append(news.get_nowait())
    return items
