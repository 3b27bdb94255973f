"""A macro is taken by a slash and keys, sent, and does what it does."""

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.listing import tickets

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("browser")]


def test_a_macro_is_taken_by_keys_and_what_it_does_comes_with_the_reply(
    browser: Browser, context: BrowserContext, demo: str, at_rest: None, axe: AxeRun
) -> None:
    # The rules of axe are put into the page from outside, which its own policy forbids.
    reader = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    reader.set_default_timeout(PATIENCE)
    reader.add_init_script("localStorage.setItem('fd.language', 'ru')")
    page = reader.new_page()
    waiting = tickets(context, demo, group="needs_you")
    chosen = next(ticket for ticket in reversed(waiting) if ticket["language"] == "ru")
    page.goto(f"{demo}/console/tickets/{chosen['ticket_id']}")
    field = page.locator("form textarea")
    field.fill("/спасибо")
    expect(page.get_by_role("option")).to_have_count(1)
    assert axe(page) == []
    field.press("Enter")
    expect(field).to_have_value(
        f"Спасибо, что написали! Если появятся вопросы, назовите номер обращения {chosen['ticket_number']}."
    )
    expect(page.get_by_text("При отправке: решено")).to_be_visible()
    field.press("Enter")
    page.get_by_role("button", name="Отправить сейчас").click()
    expect(page.get_by_role("button", name="Открыть снова").first).to_be_visible()
    page.goto(f"{demo}/console/macros")
    expect(page.get_by_text("Спасибо и до свидания")).to_be_visible()
    page.get_by_role("button", name="Новый макрос").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    reader.close()
