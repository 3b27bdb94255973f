"""People come in and go out, in Chromium, on a desk that trusts nobody for where they come from."""

import email
import email.policy
import re
import time
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import running_demo
from tests.browser.staff import PASSWORD, SETTINGS, Staff, fill

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def inbox(page: Page) -> None:
    """The page shows the desk, and no sign-in."""
    expect(page.get_by_role("navigation").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/console/(?!sign-in)"))


def at_sign_in(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/console/sign-in"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def submit(page: Page) -> None:
    page.locator("form button[type=submit]").click()


def test_who_is_nobody_is_asked_to_sign_in_and_led_to_the_page_they_wanted(page: Page, staff: Staff) -> None:
    staff.add("Aigerim")
    page.goto(f"{staff.address}/console/live?x=1")
    at_sign_in(page)
    fill(page, staff.email("Aigerim"))
    expect(page).to_have_url(re.compile(r"/console/live"))
    assert page.evaluate("document.cookie") == "", "no script holds a token"
    assert (
        page.evaluate("Object.values({...localStorage, ...sessionStorage}).join().includes('eyJ')") is False
    )


def test_a_wrong_password_is_told_without_telling_whether_there_is_an_account(
    page: Page, staff: Staff
) -> None:
    staff.add("Berik")
    page.goto(f"{staff.address}/console/sign-in")
    for address in (staff.email("Berik"), "nobody@desk.example"):
        fill(page, address, "not the password")
        expect(page.get_by_role("alert")).to_have_text("Неверный адрес или пароль.")
        expect(page.locator("input[autocomplete=current-password]")).to_be_focused()
    fill(page, staff.email("Berik"))
    inbox(page)


def test_after_many_attempts_the_page_counts_down(page: Page, staff: Staff) -> None:
    page.goto(f"{staff.address}/console/sign-in")
    waiting = page.get_by_role("button", name=re.compile("Подождите"))
    for _ in range(10):
        with page.expect_response("**/auth/sign-in"):
            fill(page, "many@desk.example", "wrong")
        page.wait_for_timeout(100)
        if waiting.count():
            break
    expect(waiting).to_be_disabled()
    expect(page.get_by_role("button", name="Войти", exact=True)).to_be_enabled()


def test_an_invited_person_chooses_a_password_and_is_in(page: Page, staff: Staff) -> None:
    person_id, link = staff.invite("Daulet")
    page.goto(link)
    expect(page).to_have_url(f"{staff.address}/console/sign-in")
    field = page.locator("input[autocomplete=new-password]")
    field.fill("aaaaaaaaaaaa")
    submit(page)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    field.fill(PASSWORD)
    submit(page)
    inbox(page)
    assert staff.status(person_id) == "active"


def test_a_lost_password_is_replaced_by_the_link_of_the_mail(
    page: Page, context: BrowserContext, staff: Staff
) -> None:
    staff.add("Farida")
    page.goto(f"{staff.address}/console/sign-in")
    page.locator("input[autocomplete=username]").fill(staff.email("Farida"))
    page.get_by_role("button", name="Забыли пароль?").click()
    submit(page)
    expect(page.get_by_role("heading", name="Проверьте почту")).to_be_visible()
    page.goto(mailed_link(staff, "Farida"))
    page.locator("input[autocomplete=new-password]").fill("another long password")
    submit(page)
    inbox(page)
    context.clear_cookies()
    again = context.new_page()
    again.goto(f"{staff.address}/console/sign-in")
    fill(again, staff.email("Farida"))
    expect(again.get_by_role("alert")).to_be_visible()
    fill(again, staff.email("Farida"), "another long password")
    inbox(again)


def mailed_link(staff: Staff, name: str) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for mail in (staff.home / "mail").glob("access.*.eml"):
            read = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
            body = read.get_body(("plain",))
            link = re.search(r"http\S+#reset=[\w-]+", body.get_content() if body else "")
            if link and read["To"] == staff.email(name):
                return link.group()
        time.sleep(0.2)
    pytest.fail("no mail came")


def test_a_printed_link_signs_in_by_itself_and_only_once(
    page: Page, context: BrowserContext, staff: Staff
) -> None:
    staff.add("Elmira")
    link = staff.run("user", "link", staff.email("Elmira")).split()[-1]
    page.goto(link)
    inbox(page)
    context.clear_cookies()
    again = context.new_page()
    again.goto(link)
    expect(again.get_by_role("heading", name="Эта ссылка больше не работает")).to_be_visible()


def test_the_first_admin_is_made_by_the_link_that_the_desk_prints(page: Page, tmp_path: Path) -> None:
    settings = {**SETTINGS, "SECRET_KEY": "0123456789abcdef" * 4}
    with running_demo(tmp_path, settings, ("serve", "--migrate")) as address:
        log = tmp_path / "demo.log"
        deadline = time.monotonic() + 30
        while "#first_admin=" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.2)
        printed = re.search(r"#first_admin=[\w-]+", log.read_text())
        assert printed is not None
        page.goto(f"{address}/console/sign-in{printed.group()}")
        expect(page).to_have_url(f"{address}/console/sign-in")
        page.locator("input[autocomplete=name]").fill("Nurlan Seitov")
        page.locator("input[autocomplete=username]").fill("nurlan@desk.example")
        page.locator("input[autocomplete=new-password]").fill(PASSWORD)
        submit(page)
        inbox(page)
        page.get_by_role("link", name="Доступ").click()
        expect(page.get_by_text("nurlan@desk.example")).to_be_visible()


def test_a_second_step_is_set_up_and_asked_for(page: Page, context: BrowserContext, staff: Staff) -> None:
    staff.add("Kairat")
    page = staff.signed_in(context, "Kairat", "/console/account")
    page.get_by_role("button", name="Настроить").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Ваш пароль").fill(PASSWORD)
    sheet.get_by_label("Ваш пароль").press("Enter")
    expect(sheet.get_by_role("img", name=re.compile("QR"))).to_be_visible()
    secret = sheet.get_by_label("Или введите вручную").input_value()
    app = pyotp.TOTP(secret)
    sheet.get_by_label("Код из приложения").fill(app.now())
    sheet.get_by_label("Код из приложения").press("Enter")
    expect(sheet.get_by_text("Приложение настроено.")).to_be_visible()
    context.clear_cookies()
    page.goto(f"{staff.address}/console/")
    fill(page, staff.email("Kairat"))
    code = page.get_by_label("Код из приложения")
    code.fill("000000")
    submit(page)
    expect(page.get_by_role("alert")).to_be_visible()
    code.fill(app.at(time.time() + 30))  # the one before was used up by setting it up
    submit(page)
    inbox(page)


def test_a_passkey_is_added_and_asked_for(context: BrowserContext, staff: Staff) -> None:
    staff.add("Laura")
    by_name = Staff(staff.address.replace("127.0.0.1", "localhost"), staff.home)  # passkeys need a name
    page = context.new_page()
    authenticator = context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{by_name.address}/console/account")
    fill(page, staff.email("Laura"))
    page.get_by_role("button", name="Добавить ключ").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Название").fill("Ноутбук <b>")
    sheet.get_by_label("Ваш пароль").fill(PASSWORD)
    sheet.get_by_label("Ваш пароль").press("Enter")
    expect(page.get_by_text("Ноутбук <b>")).to_be_visible()
    context.clear_cookies()
    page.goto(f"{by_name.address}/console/")
    fill(page, staff.email("Laura"))
    page.get_by_role("button", name="Использовать ключ доступа").click()
    inbox(page)
    page.goto(f"{by_name.address}/console/account")
    page.get_by_role("button", name="Удалить: Ноутбук <b>").click()
    dialog = page.get_by_role("alertdialog")
    dialog.get_by_label("Ваш пароль").fill(PASSWORD)
    dialog.get_by_role("button", name="Удалить").click()
    expect(page.get_by_text("Ноутбук <b>")).to_have_count(0)


AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

EVIL = ("//evil.example", "/\\evil.example", "https://evil.example", "/..//evil.example")


@pytest.mark.parametrize("path", EVIL)
def test_a_sign_in_leads_to_no_other_site(page: Page, staff: Staff, path: str) -> None:
    name = f"Next{EVIL.index(path)}"
    staff.add(name)
    page.goto(f"{staff.address}/console/sign-in")
    page.evaluate("path => location.assign('/console/sign-in?next=' + encodeURIComponent(path))", path)
    at_sign_in(page)
    fill(page, staff.email(name))
    expect(page.locator("input[autocomplete=username]")).to_have_count(0)
    assert page.url.startswith(staff.address)


def test_a_session_that_ends_elsewhere_leaves_an_open_inbox(
    page: Page, context: BrowserContext, staff: Staff
) -> None:
    person_id = staff.add("Galym")
    page = staff.signed_in(context, "Galym")
    staff.ask("DELETE", f"/people/{person_id}/sessions")
    at_sign_in(page)
    expect(page.get_by_text("Вы вышли из системы.")).to_be_visible()
    fill(page, staff.email("Galym"))
    inbox(page)


def test_signing_out_leaves_every_tab(context: BrowserContext, staff: Staff) -> None:
    staff.add("Zarina")
    first = staff.signed_in(context, "Zarina")
    second = context.new_page()
    second.goto(f"{staff.address}/console/live")
    inbox(second)
    first.get_by_role("button", name="Zarina: учётная запись").click()
    first.get_by_role("button", name="Выйти").click()
    at_sign_in(first)
    at_sign_in(second)
    fill(first, staff.email("Zarina"))
    inbox(first)
    expect(second).to_have_url(re.compile("/console/live"))


def test_two_tabs_renew_one_sign_in(context: BrowserContext, staff: Staff) -> None:
    staff.add("Zhanar")
    first = staff.signed_in(context, "Zhanar")
    second = context.new_page()
    second.goto(f"{staff.address}/console/")
    inbox(second)
    context.clear_cookies(name="frontdesk_access")
    for tab in (first, second):
        tab.get_by_role("link", name="Знания").click()
    for tab in (first, second):
        expect(tab.get_by_role("heading", name="Проверить вопрос")).to_be_visible()
        inbox(tab)
