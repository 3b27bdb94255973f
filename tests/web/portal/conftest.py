"""Customers in the portal of a desk that trusts nobody for where they come from, and one admin who looks on."""

import asyncio
import email
import re
from collections import Counter
from dataclasses import dataclass
from email import policy

import httpx2
import pytest
from fastapi import FastAPI

from frontdesk.access.actor import Permission
from frontdesk.desk import Desk
from frontdesk.settings import Settings
from tests.web.access.conftest import Staff
from tests.web.conftest import API, BASE

PORTAL = f"{API}/portal"
LINK = re.compile(r"\S+/portal/enter#(\S+)")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"loopback_operator": False})


@dataclass(frozen=True)
class LinkMail:
    to: str
    subject: str
    text: str

    @property
    def token(self) -> str:
        link = LINK.search(self.text)
        assert link is not None, self.text
        return link[1]


class Portal:
    """Opens browsers of customers, and reads their mail."""

    def __init__(self, desk: Desk, app: FastAPI) -> None:
        self.desk = desk
        self.app = app
        self._asked: Counter[str] = Counter()

    def browser(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app), base_url=BASE)

    async def ask(self, address: str, locale: str = "en") -> httpx2.Response:
        answer = await self.browser().post(f"{PORTAL}/links", json={"email": address, "locale": locale})
        self._asked[address] += answer.status_code == 202
        return answer

    async def mail(self, address: str) -> LinkMail:
        """The newest link that went to this address, once all have left that were asked for."""
        async with asyncio.timeout(20):
            while len(mails := self._mails(address)) < self._asked[address]:  # noqa: ASYNC110  # the folder tells nobody
                await asyncio.sleep(0.02)
        return mails[-1]

    def _mails(self, address: str) -> list[LinkMail]:
        """Oldest first."""
        paths = sorted((self.desk.home / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        kept = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
        links = [
            LinkMail(mail["To"], mail["Subject"], mail.get_content())
            for mail in kept
            if mail["To"] == address
        ]
        return [link for link in links if LINK.search(link.text)]

    async def enter(self, address: str) -> httpx2.AsyncClient:
        """A browser whose session has proven this mailbox."""
        assert (await self.ask(address)).status_code == 202
        browser = self.browser()
        opened = await browser.post(f"{PORTAL}/session", json={"token": (await self.mail(address)).token})
        assert opened.status_code == 200, opened.text
        browser.headers["X-CSRF-Token"] = opened.json()["csrf_token"]
        return browser


@pytest.fixture
def portal(desk: Desk, app: FastAPI) -> Portal:
    return Portal(desk, app)


@pytest.fixture
def staff(desk: Desk, app: FastAPI) -> Staff:
    return Staff(desk, app)


@pytest.fixture
async def client(staff: Staff) -> httpx2.AsyncClient:
    """A program that may everything: submits, and looks on."""
    return await staff.program(*Permission)
