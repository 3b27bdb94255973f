"""The managers' console in Chromium: its groups, its keys, its words, and what it does without a network."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.listing import tickets

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

LANGUAGES = ("ru", "kk", "en")
CONVERSATION = {"ru": "Переписка", "kk": "Хат алмасу", "en": "Conversation"}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def console(context: BrowserContext, demo: str, at_rest: None) -> Page:
    page = context.new_page()
    page.goto(f"{demo}/console/")
    expect(page.get_by_role("heading", name="Нужен ваш ответ")).to_be_visible()
    expect(page.locator("#inbox-list a").first).to_be_visible()
    return page


def test_the_inbox_shows_first_who_needs_a_person_and_folds_the_rest(console: Page) -> None:
    top = [row.inner_text() for row in console.locator("#inbox-list li").all()[:5]]
    assert any("код из смс" in text for text in top), top
    assert any("safe to keep charging" in text for text in top), top
    assert all("Нужен человек" in text for text in top)
    rest = console.get_by_role("button", name="У ИИ или у клиента")
    expect(rest).to_have_attribute("aria-expanded", "false")
    expect(console.get_by_text("Ждём клиента")).to_have_count(0)
    rest.click()
    expect(console.get_by_text("Ждём клиента").first).to_be_in_viewport()
    console.reload()
    expect(rest).to_have_attribute("aria-expanded", "true")
    rest.click()
    expect(console.get_by_text("Ждём клиента")).to_have_count(0)


def test_the_list_is_one_stop_of_tab_and_keys_walk_it(console: Page) -> None:
    rows = console.locator("#inbox-list a")
    assert console.locator('#inbox-list a[tabindex="0"]').count() == 1
    rows.first.focus()
    console.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_have_attribute("tabindex", "0")
    assert console.locator('#inbox-list a[tabindex="0"]').count() == 1
    console.keyboard.press("Home")
    expect(rows.first).to_be_focused()
    console.keyboard.press("End")
    expect(console.locator("#inbox-list li").last.locator("a")).to_be_focused()
    console.keyboard.press("k")
    expect(console.locator("#inbox-list a[aria-current]:focus")).to_be_visible()
    console.keyboard.press("Enter")
    expect(console.get_by_role("region", name="Переписка")).to_be_focused()
    console.keyboard.press("l")
    expect(console.locator('#inbox-list a[tabindex="0"]')).to_be_focused()
    console.keyboard.press("c")
    expect(console.get_by_role("region", name="Переписка")).to_be_focused()


def test_the_conversation_is_three_keys_away(context: BrowserContext, demo: str, at_rest: None) -> None:
    [ticket, *_] = tickets(context, demo, group="needs_you")
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{ticket['ticket_id']}")
    expect(page.get_by_role("log")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="К переписке")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Переписка")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=log], #conversation') !== null")


def test_a_sheet_gives_the_focus_back(context: BrowserContext, demo: str, at_rest: None) -> None:
    [ticket, *_] = tickets(context, demo, group="needs_you")
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{ticket['ticket_id']}")
    mail = page.get_by_test_id("open-mail")
    mail.focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Клавиши")).to_be_visible()
    page.keyboard.press("Escape")
    expect(mail).to_be_focused()
    mail.press("Enter")
    expect(page.get_by_role("dialog", name="Письмо менеджеру")).to_be_visible()
    page.keyboard.press("Escape")
    expect(mail).to_be_focused()


def test_the_links_of_the_managers_mail_work(context: BrowserContext, demo: str, at_rest: None) -> None:
    [ticket, *_] = tickets(context, demo, group="needs_you")
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{ticket['ticket_id']}")
    page.get_by_test_id("open-mail").first.click()
    mail = page.frame_locator("iframe[title='Письмо менеджеру']")
    for name, shown in (("Открыть обращение", "log"), ("Передать обратно ИИ", "button")):
        with context.expect_page() as opened:
            mail.get_by_role("link", name=name).click()
        expect(opened.value.get_by_role(shown).first).to_be_visible()  # type: ignore[arg-type]
        assert opened.value.url.startswith(demo)
        assert opened.value.evaluate("window.opener") is None
        opened.value.close()
    assert page.get_by_role("dialog").is_visible()


def test_without_a_network_the_console_says_so_and_stays(console: Page, context: BrowserContext) -> None:
    expect(console.get_by_role("img", name="На связи")).to_be_visible()
    context.set_offline(True)
    expect(console.get_by_text("Нет связи. Данные на экране могли устареть.")).to_be_visible(timeout=3_000)
    for place, heading in (("Сейчас", "Сейчас"), ("Знания", "Знания"), ("Обучение", "Обучение")):
        console.get_by_role("navigation").get_by_role("link", name=place).click()
        expect(console.get_by_role("heading", name=heading, level=1)).to_be_visible()
    console.get_by_role("navigation").get_by_role("link", name="Входящие").click()
    expect(console.locator("#inbox-list a").first).to_be_visible()
    assert console.evaluate("location.pathname").startswith("/console")
    context.set_offline(False)
    expect(console.get_by_text("Нет связи.", exact=False)).to_have_count(0)
    expect(console.get_by_role("img", name="На связи")).to_be_visible()


CODES = r"[a-z]+_[a-z]+|иИ|жИ|\b(?:undefined|null|NaN)\b"
FOREIGN = r"\d\.\d|\b(?:AM|PM)\b|\b(?:the|and|article|order|needs|customer|unknown|escalat\w+|answer\w*)\b"
RAW = {
    "ru": re.compile(f"{CODES}|{FOREIGN}"),
    "kk": re.compile(f"{CODES}|{FOREIGN}"),
    "en": re.compile(rf"{CODES}|\d,\d\d?\b|[А-Яа-яЁё]{{3,}}"),
}
"""What none of whose readers should meet: codes everywhere, and in each language what belongs to another."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_and_no_other_language_reach_the_reader(
    browser: Browser, context: BrowserContext, demo: str, at_rest: None, language: str
) -> None:
    reader = browser.new_context(locale="de-DE", viewport={"width": 1440, "height": 2400})
    reader.add_init_script(f"localStorage.setItem('fd.language', '{language}')")
    page = reader.new_page()
    page.set_default_timeout(PATIENCE)
    raw = RAW[language]
    for ticket in tickets(context, demo):
        page.goto(f"{demo}/console/tickets/{ticket['ticket_id']}")
        expect(page.get_by_role("log")).to_be_visible()
        details = page.get_by_role("button", name=re.compile("^(Уверенность|Сенімділік|Confidence)"))
        for text in (page.locator("#main header").last.inner_text(), _context_pane(page)):
            assert not raw.findall(_without_quotes(text, ticket)), (ticket["ticket_number"], text)
        if details.count():
            details.last.click()
            popover = page.get_by_role("dialog")
            expect(popover).to_be_visible()
            assert not raw.findall(_without_quotes(popover.inner_text(), ticket)), ticket["ticket_number"]
    reader.close()


def _context_pane(page: Page) -> str:
    """What stands beside the conversation, but for the customer's own words and examples that the AI learned from."""
    pane = page.locator(
        "section[aria-label=Подробности], section[aria-label=Толығырақ], section[aria-label=Details]"
    )
    return str(
        pane.evaluate(
            "(pane) => { const quoted = [...pane.querySelectorAll('details, [lang]')];"
            " quoted.forEach((part) => { part.style.display = 'none'; });"
            " const text = pane.innerText;"
            " quoted.forEach((part) => { part.style.display = ''; }); return text; }"
        )
    )


def _without_quotes(text: str, ticket: dict[str, Any]) -> str:
    for quote in (ticket["summary"], ticket["subject"], *(value for value in ticket["customer"].values())):
        if isinstance(quote, str) and quote:
            text = text.replace(quote, "")
    return re.sub(r"«[^»]*»|“[^”]*”|\S+@\S+", "", text)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_serious_fault_of_accessibility(
    browser: Browser,
    context: BrowserContext,
    demo: str,
    at_rest: None,
    axe: AxeRun,
    language: str,
    theme: str,
) -> None:
    # The rules are put into the page from outside, which its own policy forbids.
    reader = browser.new_context(
        viewport={"width": 1440, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    reader.add_init_script(
        f"localStorage.setItem('fd.language', '{language}'); localStorage.setItem('fd.theme', '{theme}');"
        " localStorage.setItem('fd.inbox.rest', 'open')"
    )
    page = reader.new_page()
    page.set_default_timeout(PATIENCE)
    for path in _paths(context, demo):
        page.goto(f"{demo}/console{path}")
        expect(page.get_by_role("heading").first).to_be_attached()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert axe(page) == [], (path, language, theme)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    for path in _paths(context, demo):
        page.goto(f"{demo}/console{path}")
        expect(page.get_by_role("heading").first).to_be_attached()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert axe(page) == [], (path, "phone")
        assert _small_targets(page) == [], path
    reader.close()


def _paths(context: BrowserContext, demo: str) -> list[str]:
    escalated, answered = (
        tickets(context, demo, group=group)[0]["ticket_id"] for group in ("needs_you", "ai")
    )
    document = context.request.get(f"{demo}/api/v1/documents", params={"limit": "1"}).json()["documents"][0]
    return [
        "/",
        f"/tickets/{escalated}",
        f"/tickets/{answered}",
        f"/tickets/{escalated}?pane=details",
        "/tickets/none",
        "/?status=closed&sentiment=positive",
        "/live",
        "/knowledge",
        "/knowledge?q=доставка",
        f"/knowledge/{document['document_id']}",
        "/learning",
    ]


def _small_targets(page: Page) -> list[str]:
    """What a thumb must hit and is smaller than 44 pixels; links within a sentence are as large as it."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, [role=combobox], [role=radio]')]
            .filter((target) => !target.closest('.skip-link, p, li > p, [role=log] p'))
            .filter((target) => target.checkVisibility({visibilityProperty: true}))
            .map((target) => [target, target.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
            .map(([target, box]) => `${target.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
    )
    return small
