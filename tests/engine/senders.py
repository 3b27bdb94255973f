"""Customers who write on and on while something breaks."""

import asyncio
from collections import Counter

import httpx2

from frontdesk.desk import Desk
from frontdesk.errors import Unavailable
from tests.journeys.talk import said


class Senders:
    """Customers who write on and on: in the chat, where who is refused repeats, and by a form, where nobody does."""

    def __init__(self, desk: Desk, client: httpx2.AsyncClient) -> None:
        self._desk = desk
        self._client = client
        self._enough = False
        self.accepted: list[str] = []
        self.refused: list[str] = []
        self.answers: Counter[str] = Counter()

    async def chat_on(self, name: str) -> None:
        n = 0
        while not self._enough:
            n += 1
            await self._say(f"{name}x{n}", f"{name}n{n} where is my order?")

    async def fill_in_forms(self, name: str) -> None:
        n = 0
        while not self._enough:
            n += 1
            text = f"{name}n{n} where is my order?"
            given = {"subject": "", "body": text, "channel": "web_form"}
            answer = await self._client.post("/api/v1/tickets", json=given)
            code = "accepted" if answer.status_code == 202 else answer.json()["error"]["code"]
            self.answers[f"{answer.status_code} {code}"] += 1
            (self.accepted if answer.status_code == 202 else self.refused).append(text)
            await asyncio.sleep(0.1)

    def stop(self) -> None:
        self._enough = True

    async def _say(self, peer: str, text: str) -> None:
        accepted = False
        while not accepted:
            try:
                await self._desk.journey.accept(said(peer, text))
                accepted = True
            except Unavailable:
                self.answers["said again"] += 1
            await asyncio.sleep(0.1)
        self.accepted.append(text)
