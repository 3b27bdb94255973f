"""A ticket is put off in the console, leaves what needs a person, and is brought back."""

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.listing import tickets

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("browser")]

PHONE: ViewportSize = {"width": 390, "height": 844}


def test_a_ticket_is_put_off_by_keys_and_brought_back_by_hand(
    browser: Browser, context: BrowserContext, demo: str, at_rest: None, axe: AxeRun
) -> None:
    # The rules of axe are put into the page from outside, which its own policy forbids.
    reader = browser.new_context(viewport=PHONE, bypass_csp=True, reduced_motion="reduce")
    reader.set_default_timeout(PATIENCE)
    reader.add_init_script("localStorage.setItem('fd.language', 'kk')")
    page = reader.new_page()
    before = tickets(context, demo, group="needs_you")
    chosen = before[0]["ticket_id"]
    page.goto(f"{demo}/console/tickets/{chosen}")
    expect(page.locator("[data-acts]").first).to_be_visible()
    page.keyboard.press("z")
    page.get_by_label("Сонда не істеу керек").fill("Курьерден сұрау")
    assert axe(page) == []
    page.get_by_role("button", name="Бір сағатқа").click()
    expect(page.get_by_text("Курьерден сұрау").first).to_be_visible()
    assert axe(page) == []
    assert chosen not in [ticket["ticket_id"] for ticket in tickets(context, demo, group="needs_you")]
    page.get_by_role("button", name="Қазір қайтару").click()
    expect(page.get_by_role("button", name="Қазір қайтару")).to_have_count(0)
    after = tickets(context, demo, group="needs_you")
    assert {ticket["ticket_id"] for ticket in after} == {ticket["ticket_id"] for ticket in before}
    reader.close()
