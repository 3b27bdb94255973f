"""A provider's end that does what a test says: keeps what it was asked, and answers in turn."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DROP = "drop"
"""An answer: the connection ends without one, after the request was read."""


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Says:
    """What the provider answers."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answering = Callable[[Asked], Says | str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who has gone meanwhile is no fault of the stub."""


class HttpStub:
    def __init__(self, answer: Answering) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _take(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                stub.asked.append(asked)
                says = stub.answer(asked)
                if isinstance(says, str):
                    self.close_connection = True
                    return
                self.send_response(says.status)
                for name, value in {"Content-Length": str(len(says.bytes)), **says.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(says.bytes)

            do_GET = _take  # noqa: N815  # the library's name
            do_POST = _take  # noqa: N815  # the library's name
            do_DELETE = _take  # noqa: N815  # the library's name

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is printed."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def http_stub(answer: Answering) -> Iterator[HttpStub]:
    stub = HttpStub(answer)
    stub.start()
    try:
        yield stub
    finally:
        stub.stop()
