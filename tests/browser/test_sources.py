"""What answers stand on, and what the console's knowledge finds, in Chromium."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.listing import tickets

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]


def test_a_source_gives_the_focus_back_to_what_told_of_it(
    context: BrowserContext, demo: str, at_rest: None
) -> None:
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{_with_sources(context, demo)}")
    sources = page.get_by_role("button", name=re.compile("^Источники")).last
    sources.click()
    page.get_by_role("dialog").get_by_role("listitem").first.get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_role("heading")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(sources).to_be_focused()


def test_a_source_and_a_passage_that_was_found_open_their_document(
    context: BrowserContext, demo: str, at_rest: None
) -> None:
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{_with_sources(context, demo)}")
    page.get_by_role("button", name=re.compile("^Источники")).last.click()
    page.get_by_role("dialog").get_by_role("listitem").last.get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("link", name="Открыть документ").click()
    expect(page.locator("article h2").first).to_be_visible()
    page.goto(f"{demo}/console/knowledge?q=доставка в Шымкент")
    link = page.locator("section li article a").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_what_hardly_matches_is_not_marked_as_an_answer(context: BrowserContext, demo: str) -> None:
    page = context.new_page()
    page.goto(f"{demo}/console/knowledge?q=сколько идёт доставка в Шымкент")
    expect(page.locator("mark").first).to_be_visible()
    page.goto(f"{demo}/console/knowledge?q=как испечь блины на молоке")
    expect(page.get_by_text("Ответа здесь, скорее всего, нет")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def _with_sources(context: BrowserContext, demo: str) -> str:
    for ticket in tickets(context, demo, group="ai"):
        path = f"{demo}/api/v1/tickets/{ticket['ticket_id']}/messages"
        messages = context.request.get(path).json()["messages"]
        if any(message["ai"] and message["ai"]["sources"] for message in messages):
            return str(ticket["ticket_id"])
    pytest.fail("no sample conversation has a source")
