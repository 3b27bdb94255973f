"""Hostile clients over raw sockets: limits close them, the contract answers them, the desk's memory stays in bounds."""

import json
import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import httpx2
import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.attacks.conftest import Demo

API = "/api/v1"
SECONDS = 60.0
HOST = b"Host: 127.0.0.1\r\n"
MALFORMED = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20,
    "no method": b"/ HTTP/1.1\r\n\r\n",
    "no version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "a header without a colon": b"GET /health HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n",
    "a NUL in a header": b"GET /health HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    "two lengths": b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "length and chunks": b"POST /x HTTP/1.1\r\n" + HOST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length that is no number": b"POST /x HTTP/1.1\r\n" + HOST + b"Content-Length: ten\r\n\r\n",
    "a chunk of no size": b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST
    + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}  # fmt: skip


@contextmanager
def wire(demo: Demo) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", int(demo.address.rpartition(":")[2])), SECONDS) as opened:
        yield opened


def answer_of(opened: socket.socket) -> tuple[int, dict[str, Any]]:
    """Status and JSON of the answer; the other side must close behind it."""
    whole = b""
    with suppress(ConnectionResetError):
        while piece := opened.recv(65536):
            whole += piece
    head, _, body = whole.partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert lines[0].startswith("http/1.1 "), whole
    assert "content-type: application/json" in lines, lines
    assert any(line.startswith("x-request-id: ") for line in lines), lines
    content: dict[str, Any] = json.loads(body)
    assert set(content["error"]) == {"code", "message", "details", "request_id"}
    return int(lines[0].split()[1]), content


def send_on(opened: socket.socket, piece: bytes, most: int) -> int:
    """Send until the other side has closed, or `most` bytes are sent; how many were."""
    sent = 0
    with suppress(OSError):
        while sent < most:
            opened.sendall(piece)
            sent += len(piece)
    return sent


@pytest.mark.parametrize("what", MALFORMED)
def test_what_is_not_http_is_answered_by_the_contract(demo: Demo, what: str) -> None:
    with wire(demo) as opened:
        opened.sendall(MALFORMED[what])
        status, content = answer_of(opened)
    assert (status, content["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("begin", "piece", "status"),
    [
        (b"GET /", b"a" * 4096, 414),
        (b"GET /health HTTP/1.1\r\n", b"X-A: b\r\n" * 500, 431),
        (b"GET /health HTTP/1.1\r\nX: ", b"x" * 4096, 431),
        (
            b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n1;",
            b"e" * 4096,
            431,
        ),
        (
            b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST
            + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
            b"x" * 4096,
            431,
        ),
    ],
    ids=["address", "headers", "header", "chunk's name", "trailer"],
)  # fmt: skip
def test_what_has_no_end_is_cut_off_and_told_why(demo: Demo, begin: bytes, piece: bytes, status: int) -> None:
    with wire(demo) as opened:
        opened.sendall(begin)
        send_on(opened, piece, 256 * 1024)
        got, content = answer_of(opened)
    assert (got, content["error"]["code"]) == (status, "bad_request")
    with wire(demo) as opened:
        opened.sendall(begin)
        assert send_on(opened, piece * 16, 2**30) < 2**27  # who never reads the answer is cut off as well


def test_idle_slow_and_half_open_connections_end_and_cost_little(demo: Demo) -> None:
    process = psutil.Process(demo.pid)
    before = process.memory_info().rss
    head = b"POST /api/v1/sessions HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
    begun = {"idle": b"", "head": head, "lines": b"\r\n", "body": head + b"Content-Length: 1000\r\n\r\n{"}
    with ExitStack() as stack:
        held = [(kind, stack.enter_context(wire(demo))) for kind in begun for _ in range(150)]
        for kind, opened in held:
            opened.sendall(begun[kind])
        assert httpx2.get(f"{demo.address}/health", timeout=SECONDS).status_code == 200
        assert process.memory_info().rss - before < 100 * 2**20
        _wait_until_readable([opened for _, opened in held])
        for kind, opened in held:
            if kind in ("head", "body"):
                assert answer_of(opened)[0] == 408, kind
            elif kind == "idle":
                assert opened.recv(1) == b""


def _wait_until_readable(waiting: list[socket.socket]) -> None:
    """Every one has an answer, or has been closed."""
    deadline = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as selector:
        for opened in waiting:
            selector.register(opened, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select(timeout=1):
                selector.unregister(key.fileobj)
            assert time.monotonic() < deadline, f"{len(selector.get_map())} connections are still open"


def test_bodies_that_break_off_leave_no_traces(demo: Demo) -> None:
    for path in (f"{API}/sessions", f"{API}/tickets", f"{API}/kb/upload", "/webhooks/twilio/default"):
        for kind in (b"application/json", b"multipart/form-data; boundary=x"):
            with wire(demo) as opened:
                head = b"POST %s HTTP/1.1\r\n" % path.encode() + HOST
                opened.sendall(head + b"Content-Type: %s\r\nContent-Length: 90000\r\n\r\n--x" % kind)
                time.sleep(0.05)
    with wire(demo) as opened:  # who leaves before the answer
        opened.sendall(b"GET /api/v1/tickets HTTP/1.1\r\n" + HOST + b"\r\n")
    assert httpx2.get(f"{demo.address}/ready", timeout=SECONDS).status_code == 200


@contextmanager
def window(demo: Demo) -> Iterator[ClientConnection]:
    session = httpx2.post(f"{demo.address}{API}/sessions", json={}).json()
    address = f"{demo.socket_address}/ws?session_id={session['session_id']}"
    with connect(address, subprotocols=["frontdesk", session["token"]], max_size=None) as opened:  # type: ignore[list-item]  # any word is one
        yield opened


def test_a_frame_that_is_too_large_closes_its_window(demo: Demo) -> None:
    with window(demo) as opened:
        with suppress(ConnectionClosed):
            opened.send("x" * 3 * 2**20)
            while opened.recv(timeout=SECONDS):
                pass
        assert opened.close_code == 1009


def test_refused_frames_leave_nothing_in_memory(demo: Demo) -> None:
    process = psutil.Process(demo.pid)
    with window(demo) as opened:
        for n in range(10):
            _refused(opened, n)
        before = process.memory_info().rss
        for n in range(150):
            _refused(opened, n)
        assert process.memory_info().rss - before < 60 * 2**20


def _refused(opened: ClientConnection, n: int) -> None:
    frame = {"type": "message", "client_msg_id": f"{n:06d}" + "x" * 1_200_000, "content": "Hello"}
    opened.send(json.dumps(frame))
    while (got := json.loads(opened.recv(timeout=SECONDS)))["type"] != "error":
        pass
    assert got["code"] in ("bad_request", "rate_limited")


def test_the_desk_is_well_after_all_of_it(demo: Demo) -> None:
    assert httpx2.get(f"{demo.address}/ready", timeout=SECONDS).status_code == 200
    assert "Traceback" not in (demo.home / "demo.log").read_text()
