"""Whatever strangers and staff write stays text: two hundred payloads through every field, in every page."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chatting import WRITTEN, opened_widget, say
from tests.browser.mailed import mailed_link
from tests.browser.markup import PAYLOADS, live

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

ALL = "\n\n".join(PAYLOADS)


@pytest.fixture
def api(demo: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{demo}/api/v1", timeout=60) as client:
        yield client


def _quiet(page: Page) -> Page:
    """Nothing may open a dialog; images that are nowhere are nobody's fault."""
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog was opened: {dialog.message}"))
    return page


@pytest.fixture
def marked(api: httpx2.Client) -> str:
    """A ticket in which the customer's words, name and subject, a note, a reply and tags are payloads."""
    customer = {"name": PAYLOADS[1][:200], "email": "x@mail.example"}
    given = {"subject": PAYLOADS[0], "body": f"I want to speak to a person.\n\n{ALL}", "channel": "web_form"}
    ticket = api.post("/tickets", json={**given, "customer": customer}).json()["ticket_id"]
    for kind in ("note", "reply"):
        answer = api.post(f"/tickets/{ticket}/messages", json={"content": ALL, "type": kind})
        assert answer.status_code in (200, 201), answer.text
    tags = [payload[:60] for payload in PAYLOADS[:25]]
    assert api.patch(f"/tickets/{ticket}", json={"tags": tags}).status_code == 200
    return str(ticket)


def test_there_are_two_hundred() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_the_console_shows_them_as_text(
    context: BrowserContext, demo: str, marked: str, api: httpx2.Client
) -> None:
    name = "<img src=x onerror=window.__run=1>.md"
    files = {"file": (name, f"# {PAYLOADS[1]}\n\n{ALL}".encode(), "text/markdown")}
    document = api.post("/kb/upload", files=files)
    assert document.status_code == 201, document.text
    page = _quiet(context.new_page())
    for path in (f"tickets/{marked}", "", "knowledge", f"knowledge/{document.json()['document_id']}"):
        page.goto(f"{demo}/console/{path}")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        assert live(page) == [], path


def test_the_managers_mail_shows_them_as_text(
    context: BrowserContext, demo: str, marked: str, api: httpx2.Client
) -> None:
    assert api.post("/notify", json={"ticket_id": marked, "note": ALL[:2000]}).status_code == 202
    [escalation] = api.get(f"/tickets/{marked}/escalations").json()["escalations"]
    page = _quiet(context.new_page())
    page.goto(f"{demo}/api/v1/mails/{escalation['escalation_id']}.html")
    assert "window.__run" in page.content()
    assert live(page) == []


def test_the_widget_shows_them_as_text(shop: Page, api: httpx2.Client) -> None:
    frame = opened_widget(_quiet(shop))
    say(frame, f"Позовите человека {ALL}")
    expect(frame.locator(f"{WRITTEN}[data-delivery=sent]")).to_have_count(1)
    ticket = api.get("/tickets", params={"channel": "web_chat", "q": "srcdoc"}).json()["tickets"][0]
    replied = api.post(f"/tickets/{ticket['ticket_id']}/messages", json={"content": ALL})
    assert replied.status_code in (200, 201), replied.text
    expect(frame.locator("[data-testid=fd-message][data-sender=manager]")).to_have_count(1)
    assert live(shop) == []


def test_the_portal_shows_them_as_text(
    context: BrowserContext, demo: str, demo_home: Path, marked: str, api: httpx2.Client
) -> None:
    replied = api.post(f"/tickets/{marked}/messages", json={"content": ALL})
    assert replied.status_code in (200, 201), replied.text
    address = "x@mail.example"
    assert api.post("/portal/links", json={"email": address}).status_code == 202
    page = _quiet(context.new_page())
    page.goto(mailed_link(demo_home, address))
    page.get_by_role("button", name="Войти").click()
    expect(page.locator("a.ticket").first).to_be_visible()
    assert live(page) == []
    page.goto(f"{demo}/portal/tickets/{marked}")
    expect(page.get_by_role("log").locator("[data-sender=manager]").first).to_be_visible()
    assert live(page) == []
