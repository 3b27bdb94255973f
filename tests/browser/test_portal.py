"""A customer in the portal, in Chromium: from the address to the answer that an operator reads."""

import uuid
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import AxeRun
from tests.browser.mailed import mailed_link

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

REPAINTED = """theme => new Promise(done => {
    document.documentElement.dataset.theme = theme;
    const settled = () => Promise.allSettled(document.getAnimations().map(each => each.finished));
    requestAnimationFrame(() => requestAnimationFrame(() => settled().then(() => done())));
})"""
BODY = "Сколько идёт доставка в Шымкент?"


def without_faults(page: Page, axe: AxeRun) -> None:
    """In both themes, each at rest: what still changes its colour has another contrast."""
    page.emulate_media(reduced_motion="reduce")
    for theme in ("dark", "light"):
        page.evaluate(REPAINTED, theme)
        assert axe(page) == []


def entered(page: Page, home: Path, ticket: str, address: str, axe: AxeRun) -> None:
    """From the address of a ticket, by a mailed link, to that ticket."""
    page.goto(ticket)
    page.get_by_label("Электронная почта").fill(address)
    without_faults(page, axe)
    page.get_by_role("button", name="Прислать ссылку").click()
    expect(page.get_by_role("heading", name="Проверьте почту")).to_be_visible()
    page.goto(mailed_link(home, address))
    page.reload()  # looking at the page uses nothing up
    page.get_by_role("button", name="Войти").click()
    expect(page).to_have_url(ticket)


def test_a_customer_comes_by_a_mailed_link_reads_the_answer_and_an_operator_reads_theirs(
    context: BrowserContext, demo: str, demo_home: Path, axe: AxeRun
) -> None:
    errors: list[str] = []
    address = f"dana-{uuid.uuid4().hex[:8]}@mail.example"
    customer = {"email": address, "name": "Дана"}
    given = {"subject": "Доставка", "body": BODY, "channel": "web_form", "customer": customer}
    ticket = context.request.post(f"{demo}/api/v1/tickets", data=given).json()

    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    entered(page, demo_home, f"{demo}/portal/tickets/{ticket['ticket_number']}", address, axe)
    log = page.get_by_role("log")
    expect(log).to_contain_text(BODY)
    expect(log.locator("[data-sender=ai]").first).to_contain_text("Доставка занимает")
    assert page.evaluate("document.cookie") == "", "no script holds the session"
    without_faults(page, axe)

    reply = f"А можно забрать самому? {uuid.uuid4().hex[:8]}"
    page.get_by_label("Ваш ответ").fill(reply)
    page.get_by_label("Ваш ответ").press("Control+Enter")
    expect(log.locator("[data-sender=customer]").last).to_contain_text(reply)
    console = context.new_page()
    console.goto(f"{demo}/console/tickets/{ticket['ticket_id']}")
    expect(console.get_by_role("log")).to_contain_text(reply)

    on_a_phone(page, axe)
    assert errors == []


def on_a_phone(page: Page, axe: AxeRun) -> None:
    """One pane at a time, by keyboard too; then the reader leaves."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Все обращения").click()
    listed = page.get_by_role("link", name="Доставка")
    expect(listed).to_have_count(1)
    without_faults(page, axe)
    listed.press("Enter")
    expect(page.get_by_role("heading", name="Доставка")).to_be_focused()
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("button", name="Прислать ссылку")).to_be_visible()
