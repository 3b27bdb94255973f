"""The widget in Chromium: who answers, who is awaited, and what the assistant asks back."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chatting import ANSWERED, WRITTEN, is_answered, opened_widget, question, say
from tests.browser.database import Database

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]


def test_who_signs_in_is_answered_without_asking_again(shop: Page, database: Database) -> None:
    frame = opened_widget(shop)
    asked = question("Где мой заказ?")
    say(frame, asked)
    is_answered(frame)
    shop.get_by_test_id("shop-visitor").select_option(index=1)
    is_answered(frame, 2)
    expect(frame.locator(WRITTEN)).to_have_count(1)
    assert database.sessions() == 1
    assert database.told(asked) == (1, [asked], 2)
    whose = (
        "select customer_id from ticket where ticket_id = (select ticket_id from message where content = %s)"
    )
    assert database.value(whose, asked) == shop.get_by_test_id("shop-visitor").input_value()


def test_another_customer_begins_anew(shop: Page, database: Database) -> None:
    frame = opened_widget(shop)
    visitor = shop.get_by_test_id("shop-visitor")
    visitor.select_option(index=1)
    first = question()
    say(frame, first)
    is_answered(frame)
    visitor.select_option(index=2)
    frame = opened_widget(shop)
    expect(frame.locator(WRITTEN)).to_have_count(0)
    second = question()
    say(frame, second)
    is_answered(frame)
    assert database.told(first, second)[0] == 2


def test_beside_an_awaited_person_the_assistant_can_be_asked(shop: Page, database: Database) -> None:
    frame = opened_widget(shop)
    say(frame, "Позовите человека")
    is_answered(frame)
    status = frame.get_by_test_id("fd-status")
    expect(status).to_have_attribute("data-standing", "awaiting")
    lines = frame.locator("[data-testid=fd-message][data-sender=system]")
    for text in ("Вы здесь?", "Ау!"):
        say(frame, text)
        expect(frame.locator(f"{WRITTEN}[data-delivery=sent]").last).to_contain_text(text)
    expect(lines).to_have_count(1)
    frame.get_by_test_id("fd-assistant").click()
    asked = question()
    say(frame, asked)
    is_answered(frame, 2)
    expect(frame.locator(ANSWERED).last).to_contain_text("Шымкент")
    parts = ["Сроки доставки", "Сроки по городам"]  # of one article
    expect(frame.get_by_test_id("fd-source")).to_contain_text(parts)
    expect(frame.get_by_test_id("fd-assistant")).to_have_attribute("aria-pressed", "false")
    expect(status).to_have_attribute("data-standing", "awaiting")
    expect(lines).to_have_count(1)
    assert database.value(
        "select status from ticket join message using (ticket_id) where content = %s", asked
    ) == ("escalated")


TOPIC = {"ru": "Гарантия", "kk": "Кепілдік", "en": "Warranty"}
ANSWERS_TOPIC = {"ru": "Гарантийные сроки", "kk": "Кепілдік мерзімдері", "en": "Warranty periods"}


@pytest.mark.parametrize("locale", list(TOPIC))
def test_a_question_back_offers_its_topics_and_the_pressed_one_is_answered(
    context: BrowserContext, demo: str, locale: str
) -> None:
    page = context.new_page()
    page.goto(f"{demo}/widget/?locale={locale}")
    say(page, TOPIC[locale])
    choices = page.get_by_test_id("fd-choices").get_by_role("button")
    expect(choices).to_have_count(2)
    expect(page.get_by_test_id("fd-source")).to_have_count(0)
    page.reload()
    expect(choices).to_have_count(2)
    choices.filter(has_text=ANSWERS_TOPIC[locale]).click()
    expect(page.locator(WRITTEN).last).to_contain_text(ANSWERS_TOPIC[locale])
    is_answered(page, 2)
    expect(choices).to_have_count(0)
    page.get_by_test_id("fd-source").first.click()
    expect(page.get_by_test_id("fd-quote")).to_contain_text(ANSWERS_TOPIC[locale])


def test_the_label_tells_who_owes_the_next_move(
    context: BrowserContext, demo: str, shop: Page, database: Database
) -> None:
    frame = opened_widget(shop)

    def shows(kind: str, label: str | re.Pattern[str], banners: int = 1) -> None:
        expect(frame.get_by_test_id("fd-status")).to_have_attribute("data-standing", kind)
        expect(frame.get_by_test_id("fd-label")).to_have_text(label)
        expect(frame.get_by_test_id("fd-banner")).to_have_count(banners)

    asked = question()
    say(frame, asked)
    is_answered(frame)
    shows("assistant", re.compile("отвеча", re.I), banners=0)
    say(frame, "Позовите человека")
    shows("awaiting", "Ждём сотрудника")
    ticket = database.value("select ticket_id::text from message where content = %s", asked)
    path = f"{demo}/api/v1/tickets/{ticket}"
    context.request.post(f"{path}/messages", data={"content": "Здравствуйте, чем помочь?"})
    shows("person", "С вами сотрудник")
    say(frame, "Когда приедет курьер?")
    shows("awaiting", "Ждём сотрудника")
    context.request.patch(path, data={"status": "resolved"})
    shows("resolved", "Вопрос решён")
    say(frame, "Ещё вопрос")
    shows("awaiting", "Ждём сотрудника")
