"""What people do with the pages, in Chromium, against the running demo."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chatting import opened_widget, say

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]


def test_a_question_is_answered_with_its_source(shop: Page) -> None:
    frame = opened_widget(shop)
    say(frame, "Сколько идёт доставка в Шымкент?")
    answer = frame.locator("[data-testid=fd-message][data-sender=ai][data-state=complete]").last
    expect(answer).to_contain_text("Шымкент")
    expect(frame.get_by_test_id("fd-source").first).to_be_visible()


def test_the_conversation_survives_a_reload(shop: Page) -> None:
    frame = opened_widget(shop)
    say(frame, "Как оплатить заказ в рассрочку?")
    expect(frame.locator("[data-sender=ai][data-state=complete]").last).to_be_visible()
    shop.reload()
    again = shop.frame_locator("iframe[src*='/widget']")  # it opens again by itself
    expect(again.locator("[data-testid=fd-message][data-sender=customer]")).to_have_count(1)
    expect(again.locator("[data-testid=fd-message][data-sender=ai]")).to_have_count(1)


def test_an_angry_customer_is_told_that_a_person_answers_and_the_console_shows_it_live(
    context: BrowserContext, shop: Page, demo: str
) -> None:
    console = context.new_page()
    console.goto(f"{demo}/console/")
    expect(console.get_by_role("heading").first).to_be_visible()
    mark = "холодильник Сарыарка-77"
    expect(console.get_by_text(mark)).to_have_count(0)
    frame = opened_widget(shop)
    say(frame, f"Вы мошенники! Где мой {mark}? Подаю на вас в суд, верните деньги немедленно!")
    expect(frame.get_by_test_id("fd-status")).to_be_visible()
    reply = frame.locator("[data-testid=fd-message][data-sender=ai]").last
    expect(reply).to_contain_text(re.compile("сотрудник|коллег|человек", re.I))
    expect(console.get_by_text(mark).first).to_be_visible()
    console.get_by_text(mark).first.click()
    expect(console.get_by_role("log")).to_contain_text(mark)


def test_a_category_set_right_is_counted_where_local_intelligence_learns(
    context: BrowserContext, demo: str
) -> None:
    given = {"subject": "Вопрос", "body": "Сколько идёт доставка в Шымкент?", "channel": "web_form"}
    ticket = context.request.post(f"{demo}/api/v1/tickets", data=given).json()["ticket_id"]
    page = context.new_page()
    page.goto(f"{demo}/console/tickets/{ticket}")
    category = page.get_by_role("combobox", name="Исправить: категория")
    expect(category).to_have_text("Доставка")
    category.press("Enter")
    page.get_by_role("option", name="Оплата").click()
    expect(page.get_by_text("Учтено. Локальный ИИ на этом научится.")).to_be_visible()
    page.get_by_role("link", name="Обучение").click()
    learned = page.get_by_role("region", name="Категория")
    expect(learned).to_contain_text("Пока есть: 1.")
    expect(learned.get_by_role("button", name="Обучить сейчас")).to_be_disabled()


@pytest.mark.parametrize("path", ["/console/", "/console/learning", "/shop", "/docs", "/redoc"])
def test_a_page_opens_without_an_error(context: BrowserContext, demo: str, path: str) -> None:
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(f"{demo}{path}")
    page.wait_for_timeout(1500)
    assert errors == []
    assert page.title()
