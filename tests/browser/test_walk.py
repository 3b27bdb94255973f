"""Every suggestion, button and link of the demo, walked in three languages, and what axe-core says of each page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import PATIENCE, AxeRun

pytestmark = [pytest.mark.timeout(420), pytest.mark.xdist_group("browser")]

LANGUAGES = ("ru", "kk", "en")
WIDTHS = (1440, 390)
CONSOLE = ("/", "/live", "/knowledge", "/learning")
ASKS = "[data-testid=shop-try], .help li button, .card-foot button"
WORDS = {"ru": "Рус", "kk": "Қаз", "en": "Eng"}


@contextmanager
def visitor(browser: Browser, language: str, width: int = 1440) -> Iterator[tuple[Page, list[str]]]:
    """A page of somebody who reads this language, and the errors that it meets."""
    # The rules of axe are put into the page from outside, which its own policy forbids.
    context = browser.new_context(
        locale=language, viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(
        "if (window === top) {"  # what lies in a sandbox has no store
        f" localStorage.setItem('fd.language', '{language}'); localStorage.setItem('aspan:locale', '{language}'); }}"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield page, errors
    context.close()


@pytest.fixture
def escalated(context: BrowserContext, demo: str) -> dict[str, Any]:
    """The first hand-over of the sample conversations whose e-mail is written."""
    page = context.new_page()
    for _ in range(120):
        query = f"{demo}/api/v1/tickets?group=needs_you&limit=5"
        for ticket in context.request.get(query).json()["tickets"]:
            path = f"{demo}/api/v1/tickets/{ticket['ticket_id']}/escalations"
            handed_over: list[dict[str, Any]] = context.request.get(path).json()["escalations"]
            if handed_over and handed_over[0]["mail"] and handed_over[0]["mail"]["html_url"]:
                return {"ticket_id": ticket["ticket_id"], "mail": handed_over[0]["mail"]["html_url"]}
        page.wait_for_timeout(500)
    pytest.fail("no sample conversation was handed over")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_suggestion_of_the_shop_is_asked_and_answered(
    browser: Browser, demo: str, language: str
) -> None:
    with visitor(browser, language) as (page, _):
        page.goto(f"{demo}/shop")
        expect(page.locator(ASKS).first).to_be_visible()
        count = page.locator(ASKS).count()
    assert count >= 10
    for i in range(count):
        # Each time another visitor: what was said before, and to whom it was handed over, would change the answer.
        with visitor(browser, language) as (page, errors):
            page.goto(f"{demo}/shop")
            page.locator(ASKS).nth(i).click()
            frame = page.frame_locator("iframe[src*='/widget']")
            field = frame.get_by_test_id("fd-input")
            expect(field).not_to_have_value("")
            question = field.input_value()
            frame.get_by_test_id("fd-send").click()
            messages = frame.locator("[data-testid=fd-message]")
            expect(messages.first, question).to_contain_text(question)
            expect(messages.last, question).to_have_attribute("data-sender", "ai")
            expect(messages.last, question).to_have_attribute("data-state", "complete")
            assert errors == [], question


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_shop_leads_somewhere(browser: Browser, demo: str, language: str) -> None:
    with visitor(browser, language) as (page, errors):
        page.goto(f"{demo}/shop")
        for link in page.locator("a[href^='#']").all():
            place = str(link.get_attribute("href"))
            link.click()
            expect(page.locator(place)).to_be_in_viewport()
        for code, name in WORDS.items():
            page.get_by_role("button", name=name, exact=True).click()
            expect(page.locator("html")).to_have_attribute("lang", code)
        page.locator(".demo-console").click()
        expect(page.get_by_role("navigation")).to_be_visible()
        assert page.url.startswith(f"{demo}/console")
        assert errors == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shop_has_no_serious_fault_of_accessibility(
    browser: Browser, demo: str, axe: AxeRun, language: str, width: int
) -> None:
    with visitor(browser, language, width) as (page, _):
        page.goto(f"{demo}/shop")
        expect(page.get_by_test_id("fd-launcher")).to_be_visible()
        assert axe(page) == []


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_documentation_of_the_api_has_no_serious_fault_of_accessibility(
    browser: Browser, demo: str, axe: AxeRun, path: str
) -> None:
    for width in WIDTHS:
        with visitor(browser, "en", width) as (page, errors):
            page.goto(f"{demo}{path}")
            expect(page.get_by_text("/api/v1/tickets").first).to_be_attached()
            assert axe(page) == []
            assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_managers_mail_and_its_links_have_no_serious_fault_of_accessibility(
    browser: Browser, demo: str, axe: AxeRun, escalated: dict[str, Any], language: str
) -> None:
    for width in WIDTHS:
        with visitor(browser, language, width) as (page, _):
            page.goto(f"{demo}/console/tickets/{escalated['ticket_id']}?pane=details")
            page.get_by_test_id("open-mail").first.click()
            expect(page.get_by_role("dialog").locator("iframe")).to_be_visible()
            # No script runs in the mail's frame, not even axe's: the mail is looked at by itself.
            assert axe(page) == []
            page.get_by_role("radio").last.click()
            expect(page.get_by_role("dialog").locator("pre")).to_be_visible()
            assert axe(page) == []
            page.goto(f"{demo}{escalated['mail']}")
            assert axe(page) == []
            hrefs = [str(link.get_attribute("href")) for link in page.locator("a").all()]
            assert len([href for href in hrefs if href.startswith(demo)]) == 3
            assert not [href for href in hrefs if "%2B" in href or "%40" in href]
            for href in hrefs:
                if "/act/" in href:
                    page.goto(href)
                    expect(page.get_by_role("button").first).to_be_visible()
                    assert axe(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_console_leads_somewhere(
    browser: Browser, demo: str, escalated: dict[str, Any], language: str
) -> None:
    with visitor(browser, language) as (page, errors):
        for _ in console_pages(page, demo, escalated["ticket_id"]):
            links = {str(link.get_attribute("href")).split("?")[0] for link in page.locator("a[href]").all()}
            for href in sorted(href for href in links if href.startswith("/console"))[:12]:
                open_at_rest(page, f"{demo}{href}")
                expect(page.get_by_role("alert")).to_have_count(0)
        assert errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_console_does_no_harm(
    browser: Browser, demo: str, escalated: dict[str, Any], language: str
) -> None:
    with visitor(browser, language) as (page, errors):
        for path in console_pages(page, demo, escalated["ticket_id"]):
            for i in range(buttons(page).count()):
                button = buttons(page).nth(i)
                if not button.is_visible() or not button.is_enabled():
                    continue
                name = f"{path}: {button.get_attribute('aria-label') or button.inner_text()}"
                button.click()
                page.wait_for_timeout(100)
                expect(page.get_by_role("alert"), name).to_have_count(0)
                page.keyboard.press("Escape")
                expect(page.locator("[role=dialog], [role=listbox]"), name).to_have_count(0)
                if not re.fullmatch(re.escape(f"{demo}/console{path}"), page.url):
                    open_at_rest(page, f"{demo}/console{path}")
            assert errors == [], path


def buttons(page: Page) -> Locator:
    """But those that act on a ticket: what they do is tested where they are."""
    return page.locator("button:not([role=radio], [data-acts] *)")


def console_pages(page: Page, demo: str, ticket_id: str) -> Iterator[str]:
    """The path of each page of the console, while it is open and at rest."""
    for path in (*CONSOLE, f"/tickets/{ticket_id}"):
        open_at_rest(page, f"{demo}/console{path}")
        yield path


def open_at_rest(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading").first).to_be_attached()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
