"""The widget's socket (contracts: Socket): what is said goes in, what is answered comes out, each once."""

import asyncio
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from fastapi import WebSocket, WebSocketDisconnect
from prometheus_client import Gauge

from frontdesk.customers import session as sessions
from frontdesk.customers.session import Session
from frontdesk.desk import Desk
from frontdesk.engine.fanout import LiveSignal
from frontdesk.errors import (
    BadRequest,
    FrontdeskError,
    PayloadTooLarge,
    RateLimited,
    TemporaryError,
    Unauthorized,
)
from frontdesk.kit.tasks import not_cancelled, run_until_first_end
from frontdesk.kit.trace import follow
from frontdesk.kit.waiting import SlimQueue
from frontdesk.terms import ConversationId
from frontdesk.web.chat.frames import error_frame
from frontdesk.web.chat.incoming import accept_frame
from frontdesk.web.chat.news import Say, follow_news
from frontdesk.web.chat.talk import Talk
from frontdesk.web.origin import is_loopback, own_origin
from frontdesk.web.rates import SOCKETS_OF_ADDRESS, SOCKETS_OF_SESSION

PROTOCOL = "frontdesk"
AUTH_SECONDS = 10.0
MAX_FRAME = 1_300_000
"""Characters; a text of 100,000, each escaped as twelve, fits in, and a larger frame is refused by name."""

PATH = "/ws"
_log = structlog.get_logger("frontdesk.chat")
_open_sockets = Gauge("support_ws_connections", "Open sockets", ["face"])


async def chat(socket: WebSocket) -> None:
    desk: Desk = socket.app.state.desk
    if not own_origin(socket.headers.get("origin"), socket.headers.get("host"), desk.settings):
        await socket.close(1008)
        return
    offered = socket.scope.get("subprotocols") or []
    await socket.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
    with _open_sockets.labels("widget").track_inprogress(), suppress(WebSocketDisconnect, RuntimeError):
        try:
            session = await _open_session(desk, socket, socket.query_params.get("session_id", ""), offered)
        except FrontdeskError as error:
            await socket.send_text(_dump(error_frame(error)))
            await socket.close(4001 if isinstance(error, Unauthorized) else 1013)
            return
        try:
            with desk.slots.hold(**_slots(session, socket)):
                await _converse(desk, socket, session)
        except RateLimited as error:
            await socket.send_text(_dump(error_frame(error)))
            await socket.close(1013)
        except TemporaryError:
            await socket.close(1013)  # try again later: the next window resumes where this one was


def _slots(session: Session, socket: WebSocket) -> dict[str, int]:
    slots = {f"session:{session.session_id}": SOCKETS_OF_SESSION}
    if socket.client is not None and not is_loopback(socket.client.host):
        slots[f"address:{socket.client.host}"] = SOCKETS_OF_ADDRESS
    return slots


async def _open_session(desk: Desk, socket: WebSocket, session_id: str, offered: list[str]) -> Session:
    """The token comes beside the protocol's name, or in a first frame. Raises `Unauthorized`."""
    token = next((word for word in offered if word != PROTOCOL), None)
    if token is None:
        try:
            async with asyncio.timeout(AUTH_SECONDS):
                first = _load(await socket.receive_text())
        except (TimeoutError, KeyError, BadRequest):
            raise Unauthorized("the first frame must bring the session's token") from None
        token = first.get("token") if isinstance(first.get("token"), str) else None
    if token is None:
        raise Unauthorized("the first frame must bring the session's token")
    async with desk.db.connection() as conn:
        return await sessions.open_session(conn, session_id.replace("\x00", ""), token)


async def _converse(desk: Desk, socket: WebSocket, session: Session) -> None:
    talk = Talk(desk.db, ConversationId(session.conversation_id), desk.journey.rules.route)

    async def say(frame: dict[str, Any]) -> None:
        await socket.send_text(_dump(frame))

    with desk.fanout.subscribe(f"conversation:{session.conversation_id}") as news:
        window = _Window(desk, session, talk, news, say)
        hearing = asyncio.create_task(window.hear(socket))
        await run_until_first_end([hearing, asyncio.create_task(follow_news(talk, news, say))])


@dataclass(frozen=True, slots=True)
class _Window:
    """What the visitor's browser says."""

    desk: Desk
    session: Session
    talk: Talk
    news: SlimQueue[LiveSignal]
    say: Say

    async def hear(self, socket: WebSocket) -> None:
        """Frames one after the other: their order is the order of the messages."""
        while not_cancelled():
            try:
                frame = _load(await socket.receive_text())
                follow(str(uuid.uuid4()))  # each frame is a request of its own
                await self._take(frame)
                self.talk.spoke.set()
            except KeyError:
                await self.say(error_frame(BadRequest("frames are text")))
            except FrontdeskError as error:
                await self.say(error_frame(error))

    async def _take(self, frame: dict[str, Any]) -> None:
        match frame.get("type"):
            case "message":
                with self.talk.sending(frame.get("client_msg_id")):
                    known = await accept_frame(self.desk, self.session, frame)
                for earlier in known:
                    await self.say(
                        {"type": "ack", "client_msg_id": earlier.client_msg_id, "seq": earlier.seq}
                    )
            case "resume":
                await self._resume(frame.get("ticket_id"), frame.get("last_seq", 0))
            case "ping":
                await self.say({"type": "pong"})
            case "typing" | "read" | "auth" as kind:
                signal = LiveSignal(f"customer_{kind}", {"ticket_id": self.talk.ticket_id})
                self.desk.fanout.publish(f"ticket:{self.talk.ticket_id}", signal)
            case other:
                raise BadRequest(f"unknown frame type {str(other)[:40]!r}")

    async def _resume(self, ticket_id: object, last_seq: object) -> None:
        if not isinstance(last_seq, int) or not (ticket_id is None or isinstance(ticket_id, str)):
            raise BadRequest("a resume frame has a whole last_seq and, where known, a ticket_id")
        self.talk.resume(ticket_id, max(0, last_seq))
        if not self.news.full():  # else it looks anyway
            self.news.put_nowait(LiveSignal("resume", {}))


def _load(text: str) -> dict[str, Any]:
    if len(text) > MAX_FRAME:
        raise PayloadTooLarge("a message has at most 100,000 characters")
    try:
        frame = orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        raise BadRequest("the frame is not JSON") from None
    if not isinstance(frame, dict):
        raise BadRequest("the frame is not a JSON object")
    return frame


def _dump(frame: dict[str, Any]) -> str:
    return orjson.dumps(frame).decode()
