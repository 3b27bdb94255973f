"""The widget for everybody: keyboard, screen reader, fingers, colours; in each language and both themes."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import PATIENCE

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_PX = 44
CHOICES = ["Сроки доставки", "Курьер"]
HAND_OVER = {"ru": "Позовите человека", "kk": "Адам шақырыңыз", "en": "I want to talk to a person"}
QUESTION = {
    "ru": "Сколько идёт доставка в Шымкент?",
    "kk": "Шымкентке жеткізу қанша уақыт алады?",
    "en": "How long does delivery to Shymkent take?",
}
Theme = Literal["light", "dark"]


def visit(browser: Browser, demo: str, locale: str, theme: Theme = "light", width: int = 390) -> Page:
    """The widget's own page, as wide as a phone."""
    size = {"width": width, "height": 844}
    context = browser.new_context(color_scheme=theme, viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]  # a plain dict
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{demo}/widget/?locale={locale}")
    expect(page.get_by_test_id("fd-input")).to_be_visible()
    return page


def say(page: Page, text: str) -> Locator:
    """The answer, once it is there."""
    answers = page.locator("[data-testid=fd-message][data-sender=ai][data-state=complete]")
    before = answers.count()
    page.get_by_test_id("fd-input").fill(text)
    page.get_by_test_id("fd-send").click()
    expect(answers).to_have_count(before + 1, timeout=PATIENCE)
    return answers.last


def offer_choices(page: Page) -> None:
    """Lets every answer of the desk that names no source offer these replies."""

    def connected(browser: WebSocketRoute) -> None:
        desk = browser.connect_to_server()
        browser.on_message(desk.send)
        desk.on_message(lambda frame: browser.send(_with_choices(str(frame))))

    page.route_web_socket("**/ws?*", connected)


def _with_choices(text: str) -> str:
    frame = json.loads(text)
    if frame["type"] == "complete" and not frame["message"]["sources"]:
        frame["message"]["choices"] = CHOICES
    return json.dumps(frame)


def findings(page: Page) -> list[str]:
    """What axe finds serious."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # a script tag is what the page's policy forbids
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES
    )
    return [
        f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}"
        for rule in result["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


def too_small(page: Page) -> list[str]:
    """What is pressed and smaller than a finger; a mark within a line reaches beyond what is drawn of it."""
    small: list[str] = page.evaluate(
        """least => [...document.querySelectorAll("button, a[href], textarea, select")]
            .filter(element => element.checkVisibility())
            .map(element => {
                const after = getComputedStyle(element, "::after");
                const drawn = element.getBoundingClientRect();
                const reach = after.position === "absolute" ? parseFloat(after.width) : 0;
                const side = Math.max(Math.min(drawn.width, drawn.height), reach);
                return { html: element.outerHTML.slice(0, 90), side };
            })
            .filter(({ side }) => side < least)
            .map(({ html, side }) => `${Math.round(side)} px: ${html}`)""",
        LEAST_PX,
    )
    return small


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ru", "kk", "en"])
def test_axe_finds_nothing_serious_in_any_state(
    browser: Browser, demo: str, locale: str, theme: Theme
) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make setup`")
    page = visit(browser, demo, locale, theme)
    offer_choices(page)
    assert (findings(page), too_small(page)) == ([], [])
    say(page, QUESTION[locale])
    page.get_by_test_id("fd-source").first.click()
    assert (findings(page), too_small(page)) == ([], [])
    say(page, HAND_OVER[locale])
    expect(page.get_by_test_id("fd-status")).to_have_attribute("data-standing", "awaiting")
    assert (findings(page), too_small(page)) == ([], [])
    page.context.set_offline(True)
    expect(page.get_by_test_id("fd-status")).to_have_attribute("data-standing", "offline", timeout=3_000)
    page.get_by_test_id("fd-input").fill("…")
    page.get_by_test_id("fd-send").click()
    assert (findings(page), too_small(page)) == ([], [])


def test_a_choice_is_sent_by_keyboard_and_goes_with_its_question(browser: Browser, demo: str) -> None:
    page = visit(browser, demo, "ru")
    offer_choices(page)
    say(page, "Здравствуйте!")
    group = page.get_by_role("group", name="Выберите ответ")
    expect(group.get_by_role("button")).to_have_text(CHOICES)
    group.get_by_role("button", name=CHOICES[0]).focus()
    page.keyboard.press("Enter")
    own = page.locator("[data-testid=fd-message][data-sender=customer]").last
    expect(own).to_contain_text(CHOICES[0])
    expect(page.get_by_test_id("fd-input")).to_be_focused()
    expect(page.locator("[data-testid=fd-message][data-sender=ai][data-state=complete]")).to_have_count(2)
    expect(page.get_by_test_id("fd-choices")).to_have_count(0)
    page.get_by_test_id("fd-input").fill("Спасибо")
    page.keyboard.press("Enter")
    expect(own).to_contain_text("Спасибо")


def test_a_suggested_question_is_asked_by_keyboard(browser: Browser, demo: str) -> None:
    page = visit(browser, demo, "en")
    suggestion = page.get_by_role("button", name="How long does delivery take?")
    suggestion.focus()
    page.keyboard.press("Enter")
    own = page.locator("[data-testid=fd-message][data-sender=customer]")
    expect(own).to_contain_text("How long does delivery take?")
    expect(page.get_by_test_id("fd-input")).to_be_focused()


def test_links_open_in_a_tab_of_their_own(browser: Browser, demo: str) -> None:
    page = visit(browser, demo, "ru")
    say(page, QUESTION["ru"])
    page.get_by_test_id("fd-source").first.click()
    links = page.locator("a[href]")
    for link in links.all():
        assert (link.get_attribute("target"), "noopener" in (link.get_attribute("rel") or "")) == (
            "_blank",
            True,
        )
    if links.count():
        with page.context.expect_page():
            links.first.click()
    assert page.url.startswith(f"{demo}/widget/")


WIDE = (
    "| Город | Курьер | Самовывоз | Примерка | Рассрочка | Предоплата |\n|---|---|---|---|---|---|\n"
    "| Усть-Каменогорск | четыре | бесплатно | можно | доступна | необязательна |\n\n"
    f"```\n{'строка_кода_без_пробелов ' * 4}\n```"
)


def answer_with(page: Page, content: str) -> None:
    """Lets every answer of the desk read so."""

    def connected(browser: WebSocketRoute) -> None:
        desk = browser.connect_to_server()
        browser.on_message(desk.send)
        desk.on_message(lambda frame: browser.send(_with_content(str(frame), content)))

    page.route_web_socket("**/ws?*", connected)


def _with_content(text: str, content: str) -> str:
    frame = json.loads(text)
    if frame["type"] == "complete":
        frame["message"]["content"] = content
    return json.dumps(frame)


def test_what_is_wider_than_its_message_is_scrolled_by_keyboard(browser: Browser, demo: str) -> None:
    page = visit(browser, demo, "ru")
    answer_with(page, WIDE)
    say(page, QUESTION["ru"])
    for name in ("Таблица", "Код"):
        wide = page.get_by_role("group", name=name)
        assert wide.evaluate("box => box.scrollWidth > box.clientWidth"), name
        wide.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("box => box.scrollLeft > 0", arg=wide.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
