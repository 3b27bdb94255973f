"""A sum that is asked back is seen however it is written; days are near the time of writing."""

from datetime import UTC, date, datetime

import pytest

from frontdesk.terms import EntityType, EscalationReason, Priority
from frontdesk.understanding.local.reader import LocalReader

READER = LocalReader(today=lambda: date(2026, 4, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Верните мне 320\u2009000 тенге за диван",
        "Верните мне 320  000 тнг",
        "Верните мне 320\n000 тенге за диван",
        "<div>Верните&nbsp;320&nbsp;000&nbsp;&#8376;</div>",
        "верните 320к",
        "Верните, пожалуйста, 320 000 тенге на карту",
        "прошу вернуть, если можно, 320 тыс. тг",
        "Верните 320 тысяч за диван",
        "Верните триста двадцать тысяч",
        "Прошу вернуть 320 000 (триста двадцать тысяч) тенге",
        "требую возврат 1,5 млн",
        "320 мың теңгемді қайтарыңыз",
        "give me back 320 000 tenge",
    ],
)
def test_a_large_sum_asked_back_needs_a_person(text: str) -> None:
    assert READER.analyse(text).escalation_reason is EscalationReason.REFUND_ABOVE_POLICY


@pytest.mark.parametrize(
    "text", ["Верните мне 32 000 тенге", "Телевизор за 320 000 тенге есть?", "верните заказ 320000"]
)
def test_other_sums_do_not(text: str) -> None:
    assert READER.analyse(text).escalation_reason is not EscalationReason.REFUND_ABOVE_POLICY


def test_a_large_sum_is_urgent_by_its_tone_not_by_itself() -> None:
    calm = READER.analyse("Хочу вернуть шкаф, он в упаковке. Верните, пожалуйста, 320 000 тенге на карту.")
    upset = READER.analyse("Шкаф развалился в первый день, ужасное качество! Верните 320 000 тенге.")
    assert (calm.escalation_reason, calm.priority) == (EscalationReason.REFUND_ABOVE_POLICY, Priority.NORMAL)
    assert (upset.escalation_reason, upset.priority) == (EscalationReason.REFUND_ABOVE_POLICY, Priority.HIGH)


async def test_a_day_without_a_year_is_near_the_time_of_writing() -> None:
    reading = await READER.read("Заказ от 05.11 не пришёл", at=datetime(2024, 11, 20, tzinfo=UTC))
    assert [e.value for e in reading.entities if e.type is EntityType.DATE] == ["2024-11-05"]
