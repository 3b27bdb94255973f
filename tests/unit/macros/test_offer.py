"""Which macros are offered, in which order and language."""

from dataclasses import replace
from datetime import UTC, datetime

from frontdesk.macros.macro import Macro
from frontdesk.macros.offer import offered

NOW = datetime(2026, 11, 29, tzinfo=UTC)
REFUND = Macro(
    "refund",
    "Возврат оформлен",
    "returns",
    {"ru": "Деньги вернутся", "kk": "Ақша қайтады"},
    {},
    0,
    "a",
    NOW,
    NOW,
)
GREETING = replace(REFUND, macro_id="hello", name="Greeting", category=None, texts={"en": "Good day"}, uses=3)
COURIER = replace(REFUND, macro_id="courier", name="Курьер едет", category="delivery", uses=9)
EVERY = (REFUND, GREETING, COURIER)


def names(
    query: str = "", category: str | None = "returns", languages: tuple[str | None, ...] = ("kk",)
) -> list[str]:
    return [offer.macro.macro_id for offer in offered(EVERY, query, category, languages, {})]


def test_those_of_the_category_come_first_and_foreign_ones_only_where_they_are_asked_for() -> None:
    assert names() == ["refund", "hello"]
    assert names("курьер") == ["courier"]
    assert names(category=None) == ["hello"]


def test_every_word_begins_a_word_of_name_or_text_in_any_spelling() -> None:
    assert names("ВОЗВ офор") == ["refund"]
    assert names("ақша") == ["courier", "refund"] or names("ақша") == ["refund", "courier"]
    assert names("озврат") == []


def test_a_name_goes_before_a_text() -> None:
    named = replace(GREETING, macro_id="named", name="Деньги", texts={"ru": "x"}, uses=0)
    best = offered([*EVERY, named], "деньги", "returns", ("ru",), {})
    assert best[0].macro.macro_id == "named"


def test_the_text_is_in_the_customers_language_or_the_next_best() -> None:
    by_language = [
        (offered([macro], "", "returns", languages, {})[0].language)
        for macro, languages in ((REFUND, ("kk", "ru")), (REFUND, ("de", "ru")), (GREETING, (None, "ru")))
    ]
    assert by_language == ["kk", "ru", "en"]
