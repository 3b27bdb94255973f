"""The real demo in a process of its own, and Chromium to use it with."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from bench.place import free_port
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from frontdesk.db.embedded import EmbeddedPostgres
from tests.browser.database import Database
from tests.browser.listing import tickets
from tests.browser.staff import SETTINGS, Staff

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
AxeRun = Callable[[Page], list[str]]
STATIC = Path(__file__).parents[2] / "src" / "frontdesk" / "web" / "static"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
    None,
)
DEMO = ("demo", "--no-browser")
PATIENCE = 45_000
"""Milliseconds: the demo greets its first customer while thirty sample conversations are on the road."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing() -> str | None:
    if CHROMIUM is None:
        return "Chromium is not installed"
    return (
        None if (STATIC / "console" / "index.html").exists() else "the faces are not built: run `make setup`"
    )


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the running demo, its database within."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo(demo_home: Path) -> Iterator[str]:
    """`frontdesk demo` on a home of its own; its address."""
    # The toy's shop is nowhere: what is approved is tried, and comes to its end without being done.
    toy = {"TOOL_MODULES": "tests.contracts.toy_tool", "TOY_SHOP": "http://127.0.0.1:9"}
    with running_demo(demo_home, {**toy, "LOOPBACK_OPERATOR": "true"}) as address:
        yield address


@pytest.fixture(scope="session")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A demo of its own, on which everybody must sign in."""
    home = tmp_path_factory.mktemp("staff")
    with running_demo(home, SETTINGS) as address:
        yield Staff(address, home)


@contextmanager
def running_demo(home: Path, settings: dict[str, str], command: tuple[str, ...] = DEMO) -> Iterator[str]:
    """Its address; the process ends with the block. What it prints is in `demo.log` of the home."""
    if reason := missing():
        pytest.skip(reason)
    port = free_port()
    environment = {**os.environ, **settings, "FRONTDESK_HOME": str(home), "WORKING_HOURS": "24/7"}
    with (home / "demo.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "frontdesk", *command, "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # this very machine
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the demo did not start")


@pytest.fixture
def database(demo: str, demo_home: Path) -> Iterator[Database]:
    server = EmbeddedPostgres(demo_home)
    try:
        with psycopg.connect(server.start(), autocommit=True) as conn:
            opened = Database(conn)
            opened.sessions_before = opened.sessions()
            yield opened
    finally:
        server.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """One for each test: while Playwright's own event loop runs, no asynchronous test can."""
    if reason := missing():
        pytest.skip(reason)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


@pytest.fixture
def shop(context: BrowserContext, demo: str) -> Page:
    page = context.new_page()
    page.goto(f"{demo}/shop")
    return page


@pytest.fixture
def at_rest(context: BrowserContext, demo: str) -> None:
    """The sample conversations have come to their end: what follows is not moved by them."""
    page = context.new_page()
    page.goto(f"{demo}/console/live")
    for _ in range(120):
        moving = context.request.get(
            f"{demo}/api/v1/tickets", params={"status": "new,ai_processing", "limit": "1"}
        )
        if moving.json()["pagination"]["total"] == 0 and len(tickets(context, demo)) >= 25:
            page.close()
            return
        page.wait_for_timeout(500)
    pytest.fail("the sample conversations never came to rest")


@pytest.fixture(scope="session")
def axe() -> AxeRun:
    """Tells of a page's serious and critical faults of accessibility, as axe-core finds them."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make setup`")
    rules = AXE.read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        page.evaluate(rules)
        faults = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{fault['id']}: {node['html'][:200]}"
            for fault in faults
            if fault["impact"] in ("serious", "critical")
            for node in fault["nodes"]
        ]

    return run
