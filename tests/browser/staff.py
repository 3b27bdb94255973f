"""People of a running desk whose browsers must sign in: made by its own command line, as its operator would."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

PASSWORD = "correct horse battery staple"
SETTINGS = {"LOOPBACK_OPERATOR": "false"}
"""Nobody is let in for where they come from."""


@dataclass(frozen=True)
class Staff:
    """`address`: the desk's; `home`: where it keeps its data."""

    address: str
    home: Path

    def run(self, *arguments: str, given: str = "") -> str:
        """What `frontdesk ...` prints."""
        environment = {
            **os.environ,
            **SETTINGS,
            "FRONTDESK_HOME": str(self.home),
            "PUBLIC_URL": self.address,
        }
        command = [sys.executable, "-m", "frontdesk", *arguments]
        done = subprocess.run(
            command, check=False, env=environment, input=given, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def add(self, email: str, role: str = "manager", name: str | None = None) -> str:
        """A person with `PASSWORD`; the e-mail address."""
        named = ["--name", name] if name else []
        self.run("user", "add", email, "--role", role, *named, "--password-stdin", given=PASSWORD)
        return email

    def invite(self, email: str, role: str = "manager") -> str:
        """The link by which they choose a password."""
        return self.run("user", "add", email, "--role", role).split()[-1]

    def status(self, email: str) -> str:
        listed = json.loads(self.run("user", "list", "--json"))
        people = listed["people"] if isinstance(listed, dict) else listed
        return str(next(person["status"] for person in people if person["email"] == email))

    def signed_in(self, context: BrowserContext, email: str, path: str = "/console/") -> Page:
        """A page of the console, whose browser is signed in."""
        page = context.new_page()
        page.goto(f"{self.address}{path}")
        fill(page, email)
        expect(page.get_by_role("navigation").first).to_be_visible()
        return page


def fill(page: Page, email: str, password: str = PASSWORD) -> None:
    page.locator("input[autocomplete=username]").fill(email)
    page.locator("input[autocomplete=current-password]").fill(password)
    page.locator("form button[type=submit]").click()
