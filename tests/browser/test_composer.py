"""A person answers in the console: the draft, the sending, the other side, in three languages and without a network."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.chatting import WRITTEN, opened_widget, say
from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.database import Database

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("browser")]

WORDS: dict[str, dict[str, str]] = {
    "ru": {"field": "Ответ клиенту", "now": "Отправить сейчас", "back": "Вернуть", "waits": "Ждёт связи",
           "resolve": "Решено", "reopen": "Открыть снова", "draft": "Черновик ИИ"},
    "kk": {"field": "Клиентке жауап", "now": "Қазір жіберу", "back": "Қайтарып алу", "waits": "Байланысты күтуде",
           "resolve": "Шешілді", "reopen": "Қайта ашу", "draft": "ЖИ жобасы"},
    "en": {"field": "Reply to the customer", "now": "Send now", "back": "Take back",
           "waits": "Waits for the connection", "resolve": "Resolve", "reopen": "Open again", "draft": "AI draft"},
}  # fmt: skip
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
Reader = Callable[..., Page]


@pytest.fixture
def reader(browser: Browser, demo: str) -> Iterator[Reader]:
    """Opens the ticket as an operator who reads that language."""
    contexts: list[BrowserContext] = []

    def opened(ticket_id: str, language: str = "ru", viewport: ViewportSize = DESKTOP) -> Page:
        # The rules of axe are put into the page from outside, which its own policy forbids.
        context = browser.new_context(viewport=viewport, bypass_csp=True, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        context.add_init_script(f"localStorage.setItem('fd.language', '{language}')")
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{demo}/console/tickets/{ticket_id}")
        expect(page.get_by_role("log")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def asked(shop: Page, database: Database) -> tuple[Locator, str]:
    """A customer's window in which a person was asked for, and the ticket of it."""
    frame = opened_widget(shop)
    wanted = f"Позовите человека, пожалуйста ({uuid.uuid4().hex[:8]})"
    say(frame, wanted)
    expect(frame.locator(WRITTEN).last).to_contain_text(wanted)
    expect(frame.locator("[data-testid=fd-message][data-sender=ai]").last).to_be_visible()
    ticket_id = database.value("select ticket_id from message where content = %s", wanted)
    return frame.locator("[data-testid=fd-message]"), str(ticket_id)


def field_of(page: Page, language: str) -> Locator:
    return page.get_by_role("textbox", name=WORDS[language]["field"])


@pytest.mark.parametrize(("language", "viewport"), [("ru", DESKTOP), ("kk", PHONE), ("en", DESKTOP)])
def test_the_draft_is_edited_and_sent_and_the_customer_reads_it(
    reader: Reader, asked: tuple[Locator, str], axe: AxeRun, language: str, viewport: ViewportSize
) -> None:
    messages, ticket_id = asked
    page = reader(ticket_id, language, viewport)
    field, words = field_of(page, language), WORDS[language]
    expect(page.get_by_role("button", name=re.compile(f"^{words['draft']}"))).to_be_visible()
    expect(field).not_to_have_value("")
    assert axe(page) == []
    answer = f"Уже смотрю ({uuid.uuid4().hex[:8]})"
    field.fill(answer)
    field.press("Enter")
    expect(field).to_have_value("")
    log = page.get_by_role("log")
    expect(log.get_by_text(answer)).to_have_count(1)
    assert axe(page) == []
    log.get_by_role("button", name=words["now"]).click()
    expect(messages.last).to_contain_text(answer)
    expect(log.get_by_text(answer)).to_have_count(1)
    expect(log.get_by_role("button", name=words["now"])).to_have_count(0)


def test_what_is_taken_back_reaches_nobody(
    reader: Reader, asked: tuple[Locator, str], database: Database
) -> None:
    _, ticket_id = asked
    page = reader(ticket_id)
    answer = f"Не то ({uuid.uuid4().hex[:8]})"
    field_of(page, "ru").fill(answer)
    page.clock.install()  # however slow this machine is, the reply rests until it is taken back
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    field_of(page, "ru").press("Enter")
    page.get_by_role("button", name="Вернуть", exact=True).click()
    expect(field_of(page, "ru")).to_have_value(answer)
    page.clock.run_for(60_000)
    assert database.value("select count(*) from message where content = %s", answer) == 0


def test_a_page_that_is_closed_while_a_reply_rests_sends_it_once(
    reader: Reader, asked: tuple[Locator, str], database: Database
) -> None:
    messages, ticket_id = asked
    page = reader(ticket_id)
    answer = f"Передал на склад ({uuid.uuid4().hex[:8]})"
    field_of(page, "ru").fill(answer)
    field_of(page, "ru").press("Enter")
    expect(page.get_by_role("log").get_by_text(answer)).to_be_visible()
    page.reload()
    expect(messages.last).to_contain_text(answer)
    expect(page.get_by_role("log").get_by_text(answer)).to_have_count(1)
    assert database.value("select count(*) from message where content = %s", answer) == 1


@pytest.mark.parametrize("language", list(WORDS))
def test_without_a_network_a_reply_waits_and_leaves_once(
    reader: Reader, asked: tuple[Locator, str], database: Database, language: str
) -> None:
    messages, ticket_id = asked
    page = reader(ticket_id, language)
    answer = f"Ответ ({uuid.uuid4().hex[:8]})"
    page.context.set_offline(True)
    field_of(page, language).fill(answer)
    field_of(page, language).press("Enter")
    page.get_by_role("button", name=WORDS[language]["now"]).click()
    expect(page.get_by_text(WORDS[language]["waits"])).to_be_visible()
    page.context.set_offline(False)
    expect(messages.last).to_contain_text(answer)
    expect(page.get_by_text(WORDS[language]["waits"])).to_have_count(0)
    assert database.value("select count(*) from message where content = %s", answer) == 1


def test_two_operators_see_what_each_does(reader: Reader, asked: tuple[Locator, str]) -> None:
    _, ticket_id = asked
    first, second = reader(ticket_id), reader(ticket_id, "en")
    answer = f"Я занимаюсь этим ({uuid.uuid4().hex[:8]})"
    field_of(first, "ru").fill(answer)
    field_of(first, "ru").press("Enter")
    first.get_by_role("button", name="Отправить сейчас").click()
    expect(second.get_by_role("log").get_by_text(answer)).to_be_visible()
    first.get_by_role("button", name="Решено").click()
    expect(second.get_by_role("button", name="Open again")).to_be_visible()


def test_by_keyboard_alone_a_ticket_is_answered_noted_and_resolved(
    reader: Reader, asked: tuple[Locator, str], database: Database
) -> None:
    messages, ticket_id = asked
    page = reader(ticket_id)
    page.keyboard.press("n")
    note = f"Перезвонить в пять ({uuid.uuid4().hex[:8]})"
    page.keyboard.type(note)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text(note)).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.press("ControlOrMeta+a")
    answer = f"Готово ({uuid.uuid4().hex[:8]})"
    page.keyboard.type(answer)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(messages.last).to_contain_text(answer)
    expect(page.get_by_role("button", name="Открыть снова")).to_be_visible()
    kept: Any = database.value("select status from ticket where ticket_id = %s", ticket_id)
    assert kept == "resolved"
    assert note not in " ".join(messages.all_inner_texts())
