"""What one may not do is not offered, in Chromium; admins' pages, and how all of it is read out."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, AxeRun
from tests.browser.staff import PASSWORD, Staff, fill

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

MARKUP = "<img src=x onerror=document.title='owned'>"
WRITES = re.compile("Ответить|Отправить|Решено|Взять|Вернуть ИИ|Одобрить|Отклонить|Обучить|Включить", re.I)


def a_ticket(staff: Staff) -> str:
    given = {"subject": "Вопрос", "body": "Сколько идёт доставка в Шымкент?", "channel": "web_form"}
    return str(staff.ask("POST", "/tickets", given)["ticket_id"])


def test_a_viewer_sees_no_write_controls(context: BrowserContext, staff: Staff) -> None:
    staff.add("Viewer", "viewer")
    page = staff.signed_in(context, "Viewer", f"/console/tickets/{a_ticket(staff)}")
    expect(page.get_by_role("log")).to_contain_text("Шымкент")
    expect(page.get_by_text("Доставка").first).to_be_visible()
    expect(page.get_by_role("button", name=WRITES)).to_have_count(0)
    expect(page.get_by_role("textbox", name=re.compile("Ответ"))).to_have_count(0)
    expect(page.get_by_role("combobox", name=re.compile("Исправить"))).to_have_count(0)
    expect(page.get_by_role("link", name="Доступ")).to_have_count(0)
    page.goto(f"{staff.address}/console/team")
    expect(page.get_by_text("Это вам не разрешено.")).to_be_visible()


def test_a_role_that_changes_counts_in_an_open_page(context: BrowserContext, staff: Staff) -> None:
    person_id = staff.add("Changing", "viewer")
    page = staff.signed_in(context, "Changing", f"/console/tickets/{a_ticket(staff)}")
    expect(page.get_by_role("log")).to_contain_text("Шымкент")
    category = page.get_by_role("combobox", name="Исправить: категория")
    expect(category).to_have_count(0)
    staff.ask("PATCH", f"/people/{person_id}", {"role": "manager"})
    expect(category).to_be_visible()
    staff.ask("PATCH", f"/people/{person_id}", {"role": "viewer"})
    expect(category).to_have_count(0)


def test_names_of_people_and_keys_are_text(context: BrowserContext, staff: Staff) -> None:
    staff.add("Root", "admin")
    staff.ask("POST", "/people", {"email": "markup@desk.example", "name": MARKUP, "role": "viewer"})
    staff.ask("POST", "/keys", {"name": MARKUP, "scopes": ["tickets:read"]})
    page = staff.signed_in(context, "Root", "/console/team")
    for path, control in (("team", MARKUP), ("keys", f"Отозвать: {MARKUP}"), ("audit", None)):
        page.goto(f"{staff.address}/console/{path}")
        expect(page.get_by_role("list").last).to_be_visible()
        if control is not None:
            page.get_by_role("button", name=control).click()
            expect(page.get_by_text(MARKUP).first).to_be_visible()
        page.wait_for_timeout(300)
        assert page.title() != "owned"
        assert page.locator("img[src=x]").count() == 0


def test_an_admin_invites_limits_and_disables(
    context: BrowserContext, browser: Browser, staff: Staff
) -> None:
    staff.add("Boss", "admin")
    page = staff.signed_in(context, "Boss", "/console/team")
    page.get_by_role("button", name="Пригласить").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Имя").fill("Saule")
    sheet.get_by_label("Эл. почта").fill("saule@desk.example")
    sheet.get_by_role("button", name="Доставка").click()
    sheet.get_by_role("button", name="Пригласить").click()
    link = sheet.get_by_label("Ссылка приглашения").input_value()
    sheet.get_by_role("button", name="Готово").click()
    other = browser.new_context(locale="ru-RU")
    other.set_default_timeout(PATIENCE)
    theirs = other.new_page()
    theirs.goto(link)
    theirs.locator("input[autocomplete=new-password]").fill(PASSWORD)
    theirs.locator("form button[type=submit]").click()
    expect(theirs.get_by_role("navigation").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Saule")).click()
    page.get_by_role("dialog").get_by_role("button", name="Отключить").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Отключить").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(theirs).to_have_url(re.compile("/console/sign-in"))
    fill(theirs, "saule@desk.example")
    expect(theirs.get_by_role("alert")).to_have_text("Неверный адрес или пароль.")
    other.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_pages_of_access_have_no_serious_faults_of_accessibility(
    browser: Browser, staff: Staff, axe: AxeRun, language: str, theme: str
) -> None:
    name = f"Axe{language}{theme}"
    staff.add(name, "admin")
    # The rules of axe are put into the page from outside, which its own policy forbids.
    context = browser.new_context(
        bypass_csp=True, reduced_motion="reduce", viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(PATIENCE)
    for key, value in (("language", language), ("theme", theme)):
        context.add_init_script(f"localStorage.setItem('fd.{key}', '{value}')")
    page = context.new_page()
    for fragment in ("", "#invitation=x", "#reset=x", "#first_admin=x", "#sign_in=x"):
        page.goto("about:blank")
        page.goto(f"{staff.address}/console/sign-in{fragment}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert faults(page, axe) == []
    page.goto("about:blank")
    page.goto(f"{staff.address}/console/account")
    fill(page, staff.email(name))
    expect(page.get_by_role("navigation").first).to_be_visible()
    for path in ("account", "team", "keys", "audit"):
        page.goto(f"{staff.address}/console/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert faults(page, axe) == []
    context.close()


def faults(page: Page, axe: AxeRun) -> list[str]:
    page.wait_for_timeout(300)  # what fades in has its colours
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        "nothing lies beyond the screen"
    )
    return axe(page)
