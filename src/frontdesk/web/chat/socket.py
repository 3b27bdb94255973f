"""The widget's socket (contracts: Socket): what is said goes in, what is answered comes out, each once."""

import asyncio
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import orjson
import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
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
from frontdesk.terms import ConversationId
from frontdesk.web.chat.incoming import accept_frame
from frontdesk.web.chat.talk import Talk
from frontdesk.web.origin import is_loopback, own_origin
from frontdesk.web.rates import SOCKETS_OF_ADDRESS, SOCKETS_OF_SESSION

PROTOCOL = "frontdesk"
AUTH_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.5
MAX_FRAME = 1_300_000
"""Characters; a text of 100,000, each escaped as twelve, fits in, and a larger frame is refused by name."""
_STREAMED = ("text", "retract", "typing")

router = APIRouter()
_log = structlog.get_logger("frontdesk.chat")
_open_sockets = Gauge("support_ws_connections", "Open sockets", ["face"])


@router.websocket("/ws")
async def chat(socket: WebSocket, session_id: str = "") -> None:
    desk: Desk = socket.app.state.desk
    if not own_origin(socket.headers.get("origin"), socket.headers.get("host"), desk.settings):
        await socket.close(1008)
        return
    offered = socket.scope.get("subprotocols") or []
    await socket.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
    with _open_sockets.labels("widget").track_inprogress(), suppress(WebSocketDisconnect, RuntimeError):
        try:
            session = await _open_session(desk, socket, session_id, offered)
        except FrontdeskError as error:
            await socket.send_text(_dump(_error(error)))
            await socket.close(4001 if isinstance(error, Unauthorized) else 1013)
            return
        try:
            with desk.slots.hold(**_slots(session, socket)):
                await _converse(desk, socket, session)
        except RateLimited as error:
            await socket.send_text(_dump(_error(error)))
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
    with desk.fanout.subscribe(f"conversation:{session.conversation_id}") as news:
        outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue(2000)
        tasks = [
            asyncio.create_task(_hear(desk, socket, session, talk, news, outgoing)),
            asyncio.create_task(follow_news(talk, news, outgoing)),
            asyncio.create_task(_say(socket, outgoing)),
        ]
        await run_until_first_end(tasks)


async def _hear(
    desk: Desk,
    socket: WebSocket,
    session: Session,
    talk: Talk,
    news: asyncio.Queue[LiveSignal],
    outgoing: asyncio.Queue[dict[str, Any]],
) -> None:
    """Frames of the browser, one after the other: their order is the order of the messages."""
    while not_cancelled():
        try:
            frame = _load(await socket.receive_text())
            follow(str(uuid.uuid4()))  # each frame is a request of its own
            await _take(desk, session, talk, news, outgoing, frame)
            talk.spoke.set()
        except KeyError:
            await outgoing.put(_error(BadRequest("frames are text")))
        except FrontdeskError as error:
            await outgoing.put(_error(error))


async def _take(
    desk: Desk,
    session: Session,
    talk: Talk,
    news: asyncio.Queue[LiveSignal],
    outgoing: asyncio.Queue[dict[str, Any]],
    frame: dict[str, Any],
) -> None:
    match frame.get("type"):
        case "message":
            with talk.sending(frame.get("client_msg_id")):
                known = await accept_frame(desk, session, frame)
            for earlier in known:
                ack = {"type": "ack", "client_msg_id": earlier.client_msg_id, "seq": earlier.seq}
                await outgoing.put(ack)
        case "resume":
            ticket_id, last_seq = frame.get("ticket_id"), frame.get("last_seq", 0)
            if not isinstance(last_seq, int) or not (ticket_id is None or isinstance(ticket_id, str)):
                raise BadRequest("a resume frame has a whole last_seq and, where known, a ticket_id")
            talk.resume(ticket_id, max(0, last_seq))
            await news.put(LiveSignal("resume", {}))
        case "ping":
            await outgoing.put({"type": "pong"})
        case "typing" | "read" | "auth":
            topic = f"ticket:{talk.ticket_id}"
            desk.fanout.publish(
                topic, LiveSignal("customer_" + str(frame["type"]), {"ticket_id": talk.ticket_id})
            )
        case other:
            raise BadRequest(f"unknown frame type {str(other)[:40]!r}")


async def follow_news(
    talk: Talk, news: asyncio.Queue[LiveSignal], outgoing: asyncio.Queue[dict[str, Any]]
) -> None:
    """Streamed words go straight through; everything lasting is read from the database."""
    await talk.ready()
    waiting: deque[LiveSignal] = deque()
    while not_cancelled():
        signal = waiting.popleft() if waiting else await news.get()
        if _asks_for_look(signal, talk):
            frames = await _look(talk, outgoing)
            waiting.extend(_arrived(news))
            if signal.kind == "text" and signal.data["ticket_id"] == talk.ticket_id:
                waiting.appendleft(signal)
            for frame in _with_words(frames, waiting):
                await outgoing.put(frame)
        elif signal.kind in _STREAMED:
            await outgoing.put(_streamed(signal))


def _asks_for_look(signal: LiveSignal, talk: Talk) -> bool:
    """A stream may begin before the window has heard of its ticket: then it looks first, and loses no word."""
    unheard = signal.kind == "text" and signal.data["ticket_id"] != talk.ticket_id
    return unheard or signal.kind in ("resume", "changed", "lagging")


def _arrived(news: asyncio.Queue[LiveSignal]) -> Iterator[LiveSignal]:
    while not news.empty():
        yield news.get_nowait()


def _with_words(frames: list[dict[str, Any]], waiting: deque[LiveSignal]) -> Iterator[dict[str, Any]]:
    """The frames, each whole reply after the words of its stream that still wait: a look may be ahead of them."""
    for frame in frames:
        message_id = frame.get("message_id") or frame.get("message", {}).get("message_id")
        words = [
            signal for signal in waiting if signal.kind == "text" and signal.data["message_id"] == message_id
        ]
        for signal in words:
            waiting.remove(signal)
            yield _streamed(signal)
        yield frame


def _streamed(signal: LiveSignal) -> dict[str, Any]:
    return {"type": signal.kind, **{key: value for key, value in signal.data.items() if key != "ticket_id"}}


async def _look(talk: Talk, outgoing: asyncio.Queue[dict[str, Any]]) -> list[dict[str, Any]]:
    """The window is told where it has to wait, once, and is brought up to date as soon as that can be."""
    is_told = False
    while True:
        try:
            return await talk.look()
        except TemporaryError as error:
            if not is_told:
                await outgoing.put(_error(error))
                is_told = True
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _say(socket: WebSocket, outgoing: asyncio.Queue[dict[str, Any]]) -> None:
    while not_cancelled():
        await socket.send_text(_dump(await outgoing.get()))


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


def _error(error: FrontdeskError) -> dict[str, Any]:
    retryable = error.status in (429, 503)
    return {"type": "error", "code": error.code, "message": error.message, "retryable": retryable}
