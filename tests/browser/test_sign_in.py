"""People come in and go out, in Chromium, on a desk that trusts nobody for where they come from."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import AxeRun, running_demo
from tests.browser.staff import PASSWORD, SETTINGS, Staff, fill

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    home = tmp_path_factory.mktemp("staff")
    with running_demo(home, SETTINGS) as address:
        yield Staff(address, home)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def inbox(page: Page) -> None:
    """The page shows the inbox, and no sign-in."""
    expect(page.get_by_role("navigation").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/console/(?!sign-in)"))


def at_sign_in(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/console/sign-in"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_who_is_nobody_is_asked_to_sign_in_and_led_to_the_page_they_wanted(page: Page, staff: Staff) -> None:
    email = staff.add("aigerim@desk.example")
    page.goto(f"{staff.address}/console/live?x=1")
    at_sign_in(page)
    fill(page, email)
    expect(page).to_have_url(re.compile(r"/console/live"))
    assert page.evaluate("document.cookie") == "", "no script holds a token"


def test_a_wrong_password_is_told_without_telling_whether_there_is_an_account(
    page: Page, staff: Staff
) -> None:
    email = staff.add("berik@desk.example")
    page.goto(f"{staff.address}/console/sign-in")
    fill(page, email, "not the password")
    expect(page.get_by_role("alert")).to_have_text("Неверный адрес или пароль.")
    fill(page, "nobody@desk.example", "not the password")
    expect(page.get_by_role("alert")).to_have_text("Неверный адрес или пароль.")
    fill(page, email)
    inbox(page)


def test_after_many_attempts_the_page_counts_down(page: Page, staff: Staff) -> None:
    page.goto(f"{staff.address}/console/sign-in")
    for _ in range(8):
        fill(page, "many@desk.example", "wrong")
        alert = page.get_by_role("alert")
        expect(alert).to_be_visible()
        if "Слишком много" in alert.inner_text():
            break
    expect(page.get_by_role("button", name=re.compile("Подождите"))).to_be_disabled()
    expect(page.get_by_role("button", name="Войти", exact=True)).to_be_enabled()


def test_an_invited_person_chooses_a_password_and_is_in(page: Page, staff: Staff) -> None:
    link = staff.invite("daulet@desk.example")
    page.goto(link)
    expect(page).to_have_url(f"{staff.address}/console/sign-in")
    field = page.locator("input[autocomplete=new-password]")
    field.fill("aaaaaaaaaaaa")
    page.locator("form button[type=submit]").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    field.fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    inbox(page)
    assert staff.status("daulet@desk.example") == "active"
    page.goto(link)
    page.reload()
    expect(page.locator("input[autocomplete=new-password]")).to_have_count(0)


def test_a_printed_link_signs_in_by_itself_and_only_once(
    page: Page, context: BrowserContext, staff: Staff
) -> None:
    link = staff.run("user", "link", staff.add("elmira@desk.example")).split()[-1]
    page.goto(link)
    inbox(page)
    context.clear_cookies()
    again = context.new_page()
    again.goto(link)
    expect(again.get_by_role("heading", name="Эта ссылка больше не работает")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "/..//evil.example"]
)
def test_a_sign_in_leads_to_no_other_site(page: Page, staff: Staff, path: str) -> None:
    email = staff.add(f"next{abs(hash(path))}@desk.example")
    page.goto(f"{staff.address}/console/sign-in")
    page.evaluate("path => location.assign('/console/sign-in?next=' + encodeURIComponent(path))", path)
    at_sign_in(page)
    fill(page, email)
    expect(page.locator("input[autocomplete=username]")).to_have_count(0)
    assert page.url.startswith(staff.address)


def test_a_session_that_ends_elsewhere_leaves_an_open_inbox(
    page: Page, context: BrowserContext, staff: Staff
) -> None:
    email = staff.add("galym@desk.example")
    page = staff.signed_in(context, email)
    staff.run("user", "disable", email)
    at_sign_in(page)
    expect(page.get_by_text("Вы вышли из системы.")).to_be_visible()
    staff.run("user", "enable", email)
    fill(page, email)
    inbox(page)


def test_two_tabs_refresh_one_sign_in(context: BrowserContext, staff: Staff) -> None:
    email = staff.add("zhanar@desk.example")
    first = staff.signed_in(context, email)
    second = context.new_page()
    second.goto(f"{staff.address}/console/")
    inbox(second)
    context.clear_cookies(name="frontdesk_access")
    for tab in (first, second):
        tab.get_by_role("link", name="Знания").click()
    for tab in (first, second):
        expect(tab.get_by_role("heading", name="Знания", exact=True)).to_be_visible()
        inbox(tab)


@pytest.mark.parametrize("fragment", ["", "#invitation=x", "#first_admin=x", "#sign_in=x"])
def test_the_sign_in_has_no_serious_faults_of_accessibility(
    context: BrowserContext, staff: Staff, axe: AxeRun, fragment: str
) -> None:
    browser = context.browser
    assert browser is not None
    # The rules of axe are put into the page from outside, which its own policy forbids.
    for theme in ("dark", "light"):
        inspected = browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="kk-KZ")
        inspected.add_init_script(f"localStorage.setItem('fd.theme', '{theme}')")
        page = inspected.new_page()
        page.goto(f"{staff.address}/console/sign-in{fragment}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(300)
        assert axe(page) == []
        inspected.close()
