"""A desk that trusts nobody for where they come from, with one person of each role and some keys."""

from dataclasses import dataclass

import httpx2
import pytest
from bench.place import free_port
from fastapi import FastAPI

from frontdesk.access import api_keys, passwords, people
from frontdesk.access.actor import OPERATOR, Permission
from frontdesk.access.people import Person, PersonFields
from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from frontdesk.settings import Settings
from tests.web.conftest import API, BASE

PASSWORD = "correct horse battery staple"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"loopback_operator": False, "port": free_port()})


@dataclass(frozen=True)
class Browser:
    """A signed-in person's browser: its cookies, and the header that its pages send with writes."""

    http: httpx2.AsyncClient
    csrf: str


class Staff:
    """Makes people, and signs them in."""

    def __init__(self, desk: Desk, app: FastAPI) -> None:
        self.desk = desk
        self._app = app

    async def add(
        self, email: str, role: Role = Role.MANAGER, categories: tuple[str, ...] | None = None
    ) -> Person:
        password_hash = await passwords.hashed(PASSWORD)
        async with self.desk.db.transaction() as conn:
            fields = PersonFields(email, email.partition("@")[0], role, categories)
            person = await people.create(conn, OPERATOR, fields)
            await people.set_password(conn, OPERATOR, person.person_id, password_hash)
        return person

    def client(self, **headers: str) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self._app),
            base_url=BASE,
            headers={k: v for k, v in headers.items()},
        )

    async def sign_in(self, email: str, password: str = PASSWORD) -> Browser:
        http = self.client()
        answer = await http.post(f"{API}/auth/sign-in", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        csrf = answer.json()["csrf_token"]
        http.headers["X-CSRF-Token"] = csrf
        return Browser(http, csrf)

    async def browser(self, role: Role, categories: tuple[str, ...] | None = None) -> Browser:
        email = f"{role}-{len(categories or ())}@desk.example"
        await self.add(email, role, categories)
        return await self.sign_in(email)

    async def program(self, *scopes: Permission) -> httpx2.AsyncClient:
        async with self.desk.db.transaction() as conn:
            _, key = await api_keys.create(conn, OPERATOR, "a program", scopes)
        return self.client(Authorization=f"Bearer {key}")


@pytest.fixture
def staff(desk: Desk, app: FastAPI) -> Staff:
    return Staff(desk, app)
