"""What every test of the widget does: opens it, writes, waits for the answer."""

import uuid

from playwright.sync_api import FrameLocator, Page, expect

ANSWERED = "[data-testid=fd-message][data-sender=ai][data-state=complete]"
WRITTEN = "[data-testid=fd-message][data-sender=customer]"


def opened_widget(page: Page) -> FrameLocator:
    page.get_by_test_id("fd-launcher").click()
    frame = page.frame_locator("iframe[src*='/widget']")
    expect(frame.get_by_test_id("fd-input")).to_be_visible()
    return frame


def say(frame: FrameLocator | Page, text: str) -> None:
    frame.get_by_test_id("fd-input").fill(text)
    frame.get_by_test_id("fd-send").click()


def question(about: str = "Сколько идёт доставка в Шымкент?") -> str:
    """Like no other in the database."""
    return f"{about} ({uuid.uuid4().hex[:8]})"


def is_answered(frame: FrameLocator | Page, times: int = 1) -> None:
    expect(frame.locator(ANSWERED)).to_have_count(times)
