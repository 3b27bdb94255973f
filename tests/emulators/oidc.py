"""An identity provider that others wrote (npm oidc-provider), and a browser's way through its pages."""

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2
from bench.place import free_port

HOME = Path(__file__).parent
PROGRAM = HOME / "oidc.mjs"
WHY_NOT = "the identity provider is not installed (npm ci in tests/emulators, or make setup)"
CLIENT_ID = "frontdesk"
CLIENT_SECRET = "a-secret-of-the-tests-only-0123456789"
_MOST_PAGES = 12
_FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


def is_installed() -> bool:
    return (HOME / "node_modules" / "oidc-provider").is_dir()


class IdentityProvider:
    """One process; `accounts` are claims by login."""

    def __init__(self, redirect_uri: str, accounts: dict[str, dict[str, Any]]) -> None:
        self._redirect_uri = redirect_uri
        self._accounts = accounts
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self, wait: float = 30.0) -> None:
        """Raises `TimeoutError` where it does not listen in time."""
        command = ["node", str(PROGRAM), str(self._port), self._redirect_uri, json.dumps(self._accounts)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + wait
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                raise TimeoutError("the identity provider did not start")
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.issuer}/.well-known/openid-configuration", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False


async def walk(address: str, login: str, back: str) -> str:
    """Sign in at the provider as `login` and consent; the address that it leads back to, which begins with `back`."""
    async with httpx2.AsyncClient(timeout=20) as browser:
        answer = await browser.get(address)
        for _ in range(_MOST_PAGES):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(back):
                    return target
                answer = await browser.get(target)
                continue
            action, fields = _form(answer.text)
            filled = fields | ({"login": login, "password": "any"} if 'name="login"' in answer.text else {})
            answer = await browser.post(urljoin(str(answer.url), action), data=filled)
    raise AssertionError("the provider did not lead back")


def _form(page: str) -> tuple[str, dict[str, str]]:
    form = _FORM.search(page)
    assert form is not None, page[:2000]
    return form[1], dict(_HIDDEN.findall(form[2]))
