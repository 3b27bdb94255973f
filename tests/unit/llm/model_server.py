"""A real HTTP server that speaks the wire of embedding and rerank servers, with faults on demand."""

import asyncio
import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

DIMENSIONS = 256


def hashed(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    """Counts of n-grams by hash: texts that share words are near, in any language."""
    folded = f" {text.lower()} "
    vector = [0.0] * dimensions
    for gram, count in Counter(folded[at : at + 4] for at in range(len(folded) - 3)).items():
        place = int.from_bytes(hashlib.blake2s(gram.encode(), digest_size=4).digest(), "big")
        vector[place % dimensions] += count
    return vector


class ModelServer:
    """`faults` are the statuses of the next requests; `longest` the characters that it takes in one text."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[int] = []
        self.delay = 0.0
        self.longest = 1_000_000
        self.dimensions = DIMENSIONS
        self.wants_texts = False
        self.upside_down = False

    @property
    def texts(self) -> list[str]:
        """Everything that was sent to be embedded."""
        return [text for body in self.bodies for text in body.get("input", [])]

    async def _fault(self, request: Request, body: dict[str, Any]) -> Response | None:
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.delay)
        if self.faults:
            return JSONResponse({"error": "as told"}, self.faults.pop(0), headers={"Retry-After": "0"})
        if any(len(text) > self.longest for text in body.get("input", [])):
            return JSONResponse({"error": "too long"}, 400)
        return None

    async def openai(self, request: Request) -> Response:
        body = await request.json()
        if fault := await self._fault(request, body):
            return fault
        rows = [
            {"object": "embedding", "index": at, "embedding": hashed(text, self.dimensions)}
            for at, text in enumerate(body["input"])
        ]
        # The order of the rows is promised by nobody, their index is.
        return JSONResponse({"object": "list", "data": rows[::-1], "model": body["model"]})

    async def ollama(self, request: Request) -> Response:
        body = await request.json()
        if fault := await self._fault(request, body):
            return fault
        rows = [hashed(text, self.dimensions) for text in body["input"]]
        return JSONResponse({"model": body["model"], "embeddings": rows})

    async def rerank(self, request: Request) -> Response:
        """A text is as relevant as the share of the query's words in it."""
        body = await request.json()
        if fault := await self._fault(request, body):
            return fault
        if self.wants_texts and "texts" not in body:
            return JSONResponse({"error": "missing field `texts`"}, 422)
        words = set(body["query"].lower().split())
        texts = body["texts"] if self.wants_texts else body["documents"]
        shares = [len(words & set(text.lower().split())) / len(words) for text in texts]
        if self.upside_down:
            shares = [1 - share for share in shares]
        best_first = sorted(range(len(texts)), key=lambda at: -shares[at])
        if self.wants_texts:
            return JSONResponse([{"index": at, "score": shares[at]} for at in best_first])
        return JSONResponse({"results": [{"index": at, "relevance_score": shares[at]} for at in best_first]})


@contextmanager
def served() -> Iterator[ModelServer]:
    """A server of its own on a free port."""
    model = ModelServer()
    routes = [
        Route("/v1/embeddings", model.openai, methods=["POST"]),
        Route("/api/embed", model.ollama, methods=["POST"]),
        Route("/v1/rerank", model.rerank, methods=["POST"]),
    ]
    listening = socket.create_server(("127.0.0.1", 0))
    model.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        _wait(server)
        yield model
    finally:
        server.should_exit = server.force_exit = True  # nobody waits for an answer that comes late on purpose
        thread.join(10)


def _wait(server: uvicorn.Server) -> None:
    until = time.monotonic() + 10
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the model server did not start")
        time.sleep(0.01)


def dead_address() -> str:
    """Where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
