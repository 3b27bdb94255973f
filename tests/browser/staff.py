"""People of a running desk whose browsers must sign in: made by an admin's key, as a program would."""

import json
import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

PASSWORD = "correct horse battery staple"
SETTINGS = {"LOOPBACK_OPERATOR": "false"}
"""Nobody is let in for where they come from."""


@dataclass(frozen=True)
class Staff:
    """`address`: the desk's; `home`: where it keeps its data."""

    address: str
    home: Path

    def run(self, *arguments: str) -> str:
        """What `frontdesk ...` prints."""
        own = {"FRONTDESK_HOME": str(self.home), "PUBLIC_URL": self.address}
        command = [sys.executable, "-m", "frontdesk", *arguments]
        done = subprocess.run(
            command,
            env={**os.environ, **SETTINGS, **own},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()

    @cached_property
    def _key(self) -> str:
        return self.run(
            "key", "create", "--name", "tests", "--scopes", "admin,tickets:read,tickets:write"
        ).split()[-1]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The API's answer to an admin's program."""
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # this very machine
            return json.loads(answer.read() or b"null")

    def invite(self, name: str, role: str = "manager") -> tuple[str, str]:
        """The person's id, and the link by which they choose a password."""
        person = {"email": self.email(name), "name": name, "role": role}
        invited = self.ask("POST", "/people", person)
        return invited["person"]["person_id"], invited["link"]

    def add(self, name: str, role: str = "manager") -> str:
        """A person with `PASSWORD`; their id."""
        person_id, link = self.invite(name, role)
        self.ask("POST", "/auth/password", {"token": link.partition("=")[2], "password": PASSWORD})
        self.ask("DELETE", f"/people/{person_id}/sessions")
        return person_id

    def email(self, name: str) -> str:
        return f"{name.split(maxsplit=1)[0].lower()}@desk.example"

    def status(self, person_id: str) -> str:
        people = self.ask("GET", "/people")["people"]
        return str(next(person["status"] for person in people if person["person_id"] == person_id))

    def signed_in(self, context: BrowserContext, name: str, path: str = "/console/") -> Page:
        """A page of the console, whose browser is signed in."""
        page = context.new_page()
        page.goto(f"{self.address}{path}")
        fill(page, self.email(name))
        expect(page.get_by_role("navigation").first).to_be_visible()
        return page


def fill(page: Page, email: str, password: str = PASSWORD) -> None:
    page.locator("input[autocomplete=username]").fill(email)
    page.locator("input[autocomplete=current-password]").fill(password)
    page.locator("form button[type=submit]").click()
