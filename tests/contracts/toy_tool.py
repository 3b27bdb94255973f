"""A toy tool with an irreversible effect, in this one file: it gives loyalty points in a shop over HTTP.

Registered by `TOOL_MODULES=tests.contracts.toy_tool`; `TOY_SHOP` says where the shop answers.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
from pydantic import Field

from frontdesk.answering.deps import Deps
from frontdesk.answering.tools.tool import (
    ActionOutcome,
    Approval,
    Effect,
    EffectTool,
    Tool,
    ToolCaller,
    ToolInput,
)
from frontdesk.errors import ToolDelayed, ToolRefused
from frontdesk.terms import EscalationReason, Proof
from frontdesk.tickets.action import ProposedAction

LIMIT = Decimal(100)


class Gift(ToolInput):
    points: Decimal = Field(gt=0, le=10_000)
    why: str = ""


class GivePoints(EffectTool[Gift]):
    """The shop gives once for each key, so an attempt with an unseen end may be repeated."""

    name = "give_points"
    description = "Give this customer loyalty points as an apology."
    input = Gift
    proof = Proof.ATTESTED
    timeout = 2.0
    retries = 3
    effect = Effect.IRREVERSIBLE
    idempotent = True
    approval = Approval.ABOVE_LIMIT
    approval_reason = EscalationReason.REFUND_ABOVE_POLICY
    path = "/once-for-each-key"

    def __init__(self, shop: str) -> None:
        self._shop = shop

    def above_limit(self, asked: Gift) -> bool:
        return asked.points > LIMIT

    async def propose(self, asked: Gift, caller: ToolCaller) -> ProposedAction:
        if asked.points % 1:
            raise ToolRefused("Points are whole.")
        return self.action(
            asked, f"give {asked.points:f} points to {caller.case.contact.name or 'the customer'}"
        )

    async def perform(self, asked: Gift, key: str, caller: ToolCaller) -> ActionOutcome:
        gift = {"points": str(asked.points), "customer": caller.customer}
        async with httpx2.AsyncClient() as client:
            answer = await client.post(
                f"{self._shop}{self.path}", json=gift, headers={"Idempotency-Key": key}
            )
        if answer.status_code == 503:
            raise ToolDelayed("the shop is busy", retry_after=0.01)
        if answer.status_code == 409:
            raise ToolRefused("the shop gives this customer nothing")
        points = f"{asked.points:f}"
        return ActionOutcome(f"{points} points were given", answer.json(), f"You have {points} points more.")


class GivePointsBlindly(GivePoints):
    """The shop gives whenever it is asked, so an attempt with an unseen end is a person's."""

    name = "give_points_blindly"
    idempotent = False
    path = "/whenever-asked"


def tools(deps: Deps) -> list[Tool[Any]]:
    shop = os.environ.get("TOY_SHOP", "http://127.0.0.1:9")
    return [GivePoints(shop), GivePointsBlindly(shop)]


@dataclass
class ToyShop:
    """Counts what it was asked and what it gave; `answers` are its next moods, else it gives and says so."""

    gifts: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """`later`: nothing is given; `never`: likewise; `silent`: given, and the connection is cut."""
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, path: str, key: str, gift: dict[str, Any]) -> int:
        """The status to answer with; 0: none."""
        with self._lock:
            self.keys.append(key)
            mood = self.answers.pop(0) if self.answers else ""
            if mood in ("later", "never"):
                return {"later": 503, "never": 409}[mood]
            if path != GivePoints.path or all(given["key"] != key for given in self.gifts):
                self.gifts.append({**gift, "key": key})
            return 0 if mood == "silent" else 200


@contextmanager
def toy_shop(*answers: str) -> Iterator[ToyShop]:
    shop = ToyShop(answers=list(answers))

    class Counter(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gift = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = shop.asked(self.path, self.headers["Idempotency-Key"], gift)
            if status:
                body = json.dumps({"given": status == 200}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Not to the tests' output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    shop.url = f"http://127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    serving.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
