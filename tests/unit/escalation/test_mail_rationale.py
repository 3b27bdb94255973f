"""What the AI did, an order's status and money, in the reader's language."""

from zoneinfo import ZoneInfo

import pytest

from frontdesk.escalation.mail import compose
from frontdesk.escalation.story import AiAttempt, Person
from frontdesk.store.order import OrderStatus
from frontdesk.tickets.decision import Source
from frontdesk.tickets.rationale import Rationale, RationaleCode
from tests.unit.escalation.labels import LABELS, LANGUAGES
from tests.unit.escalation.reading import Page, written
from tests.unit.escalation.stories import story

ALMATY = ZoneInfo("Asia/Almaty")

VALUES = {"title": "Название", "titles": "“Одно”, “Другое”"}


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("code", RationaleCode)
def test_what_the_ai_did_is_told_in_the_readers_language(code: RationaleCode, language: str) -> None:
    why = Rationale(code, VALUES)
    attempt = AiAttempt(str(why), "rules", sources=(ORDER,), rationale=(why,))
    about = story(attempts=(attempt,), person=Person("Ольга"), subject="Заказ")
    for text in (written(about, language).text, Page(written(about, language).html).text):
        words = " ".join(text.split())
        assert LABELS["why"][code][language].format(**VALUES) in words
        assert LABELS["provider"]["rules"][language] in words
        for raw in (str(why), code.value, "in_transit", "rules"):
            assert raw not in words


ORDER = Source("order:54321", "54321", "in_transit", "", 1.0)


@pytest.mark.parametrize("status", OrderStatus)
def test_an_order_among_the_sources_is_named_with_its_status(status: OrderStatus) -> None:
    source = Source("order:54321", "54321", status, "", 1.0)
    about = story(attempts=(AiAttempt("", "local", sources=(source,)),))
    for language in LANGUAGES:
        line = f"54321, {LABELS['order_status'][status][language]}"
        assert line in written(about, language).text
        assert line in Page(written(about, language).html).text


def test_a_lifetime_value_bears_its_currency() -> None:
    about = story(person=Person("Ольга", ltv=5200))
    assert "5\N{NO-BREAK SPACE}200 USD" in written(about).text
    assert "5,200 KZT" in compose(about, "en", ALMATY, currency="KZT").text
