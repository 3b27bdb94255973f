"""The chat's acknowledgement while thousands of tickets wait for the AI: milliseconds from frame to ack."""

import asyncio
import json
import time
from dataclasses import replace

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.desk import chat_message, until
from bench.place import Place
from bench.report import Aim, Figure, Report, percentile
from bench.scripted import InstantReader, ScriptedAnswerer
from bench.served import serving
from frontdesk.channels.inbound import InboundMessage
from frontdesk.desk import Desk, open_desk
from frontdesk.kit.tasks import end
from frontdesk.terms import ChannelName, LaneKind

VISITORS = 5
EVERY = 1.0
"""Seconds between two messages of one visitor: as often as a session may for ever."""
_AT_ONCE = 50


async def run(place: Place, scale: float = 1.0) -> Report:
    queued, each = max(20, round(5000 * scale)), max(2, round(20 * scale))
    calm = await _acks(place, place.database(), each)
    dsn = place.database()
    await _queue(place, dsn, queued)
    busy = await _acks(place, dsn, each)
    figures = (
        Figure("p50, no ticket queued", percentile(calm, 0.5), "ms"),
        Figure("p99, no ticket queued", percentile(calm, 0.99), "ms"),
        Figure(f"p50, {queued} queued", percentile(busy, 0.5), "ms"),
        Figure(f"p99, {queued} queued", percentile(busy, 0.99), "ms", Aim(most=300)),
        Figure("p99 against no ticket queued", percentile(busy, 0.99) / percentile(calm, 0.99), "x"),
        Figure("not acknowledged", 2 * VISITORS * each - len(calm) - len(busy), "", Aim(most=0, must=True)),
    )
    return Report(
        "ack", figures, f"{VISITORS} visitors, {each} messages each, one desk with its own intelligence"
    )


async def _queue(place: Place, dsn: str, count: int) -> None:
    """Tickets that nobody has answered: half are chats, half forms that are not even recorded yet."""
    async with open_desk(place.settings(dsn), answerer=ScriptedAnswerer(), reader=InstantReader()) as desk:
        chats, forms = (
            [replace(chat_message(f"{channel}-{n}", n), channel=channel) for n in range(count // 2)]
            for channel in (ChannelName.WEB_CHAT, ChannelName.WEB_FORM)
        )
        await _accept(desk, chats)
        recorder = desk.worker({LaneKind.INTAKE: desk.lane_work()[LaneKind.INTAKE]})
        recording = asyncio.create_task(recorder.run())
        await until(desk, "select count(*) from ticket", len(chats))
        await end([recording])
        await _accept(desk, forms)


async def _accept(desk: Desk, messages: list[InboundMessage]) -> None:
    for start in range(0, len(messages), _AT_ONCE):
        await asyncio.gather(*map(desk.journey.accept, messages[start : start + _AT_ONCE]))


async def _acks(place: Place, dsn: str, each: int) -> list[float]:
    with serving(place, "local", dsn) as port:
        talks = await asyncio.gather(*(_visit(port, n, each) for n in range(VISITORS)))
    return [ms for talk in talks for ms in talk]


async def _visit(port: int, visitor: int, each: int) -> list[float]:
    """A visitor's messages, one after the other, begun at a moment of their own."""
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
        session = (await client.post("/api/v1/sessions", json={})).raise_for_status().json()
    address = f"ws://127.0.0.1:{port}/ws?session_id={session['session_id']}"
    await asyncio.sleep(visitor * EVERY / VISITORS)
    async with connect(
        address, subprotocols=[Subprotocol(name) for name in ("frontdesk", session["token"])], max_size=None
    ) as window:
        return [await _said(window, f"{visitor}:{n}") for n in range(each)]


async def _said(window: ClientConnection, client_msg_id: str) -> float:
    """Milliseconds to the acknowledgement; then what is left of the second."""
    began = time.perf_counter()
    text = f"How long does delivery to Astana take? ({client_msg_id})"
    await window.send(json.dumps({"type": "message", "client_msg_id": client_msg_id, "content": text}))
    while True:
        frame = json.loads(await window.recv())
        if frame["type"] == "ack" and frame["client_msg_id"] == client_msg_id:
            break
    took = time.perf_counter() - began
    await asyncio.sleep(max(0.0, EVERY - took))
    return took * 1000
