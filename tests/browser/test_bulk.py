"""Several tickets are changed together in the console, and brought back, in three languages and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.listing import tickets

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("browser")]

START = {"ru": "Изменить несколько сразу", "kk": "Бірнешеуін бірге өзгерту", "en": "Change several together"}
RESOLVE = {"ru": "Решено", "kk": "Шешілді", "en": "Resolve"}
UNDO = {"ru": "Отменить", "kk": "Болдырмау", "en": "Undo"}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.mark.parametrize(("language", "viewport"), [("ru", DESKTOP), ("kk", PHONE), ("en", DESKTOP)])
def test_several_are_resolved_together_and_brought_back_as_they_stood(
    browser: Browser,
    context: BrowserContext,
    demo: str,
    at_rest: None,
    axe: AxeRun,
    language: str,
    viewport: ViewportSize,
) -> None:
    # The rules of axe are put into the page from outside, which its own policy forbids.
    reader = browser.new_context(viewport=viewport, bypass_csp=True, reduced_motion="reduce")
    reader.set_default_timeout(PATIENCE)
    reader.add_init_script(f"localStorage.setItem('fd.language', '{language}')")
    page = reader.new_page()
    fields = ("status", "owner", "waiting_since")
    first, second, *_ = before = tickets(context, demo, group="needs_you")
    page.goto(f"{demo}/console/")
    page.get_by_role("button", name=START[language]).click()
    for ticket in (first, second):
        page.get_by_role("checkbox", name=re.compile(f"{ticket['ticket_number']}$")).check()
    assert axe(page) == []
    page.get_by_role("toolbar").get_by_role("button", name=RESOLVE[language]).click()
    rows = page.locator("#inbox-list")
    for ticket in (first, second):
        expect(rows.locator(f"#row-{ticket['ticket_id']}")).to_have_count(0)
    assert axe(page) == []
    page.get_by_role("button", name=UNDO[language], exact=True).click()
    for ticket in (first, second):
        expect(rows.locator(f"#row-{ticket['ticket_id']}")).to_be_visible()
    after = {ticket["ticket_id"]: ticket for ticket in tickets(context, demo, group="needs_you")}
    assert len(after) == len(before)
    for ticket in (first, second):
        changed = after[ticket["ticket_id"]]
        assert [changed[field] for field in fields] == [ticket[field] for field in fields]
    reader.close()


def test_keys_choose_rows_and_let_them_go(context: BrowserContext, demo: str, at_rest: None) -> None:
    page = context.new_page()
    page.goto(f"{demo}/console/")
    page.locator("#inbox-list a").first.focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.get_by_text("Выбрано: 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox")).to_have_count(0)
