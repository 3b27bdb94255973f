"""Signs of danger, fraud and law bring a person by themselves; what only looks like one does not."""

import pytest

from frontdesk.terms import EscalationReason
from tests.unit.answering.local.desk import READER


@pytest.mark.parametrize(
    "text",
    [
        "the tablet's back is puffed up", "a swollen laptop battery, what now", "my son got shocked by the fridge",
        "it keeps smoking when plugged in", "smells like burning inside the oven", "the adapter exploded last night",
        "у ноутбука распух аккумулятор", "из духовки повалил дым", "воняет жжёной проводкой", "утюгом шарахнуло током",
        "вилка оплавилась в розетке", "жена обожглась о дверцу", "планшеттің батареясы ісініп тұр",
        "розеткадан ұшқын шашады", "пеші күйіп кетті", "тоңазытқыш ток соғады",
    ],
)  # fmt: skip
def test_a_danger_is_never_missed(text: str) -> None:
    assert READER.analyse(text).escalation_reason is EscalationReason.SAFETY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a stranger has logged in and ordered a fridge", EscalationReason.FRAUD),
        ("I told them my CVV by phone", EscalationReason.FRAUD),
        ("я назвала им код, что теперь будет", EscalationReason.FRAUD),
        ("кто-то вчера оформил покупку под моим именем", EscalationReason.FRAUD),
        ("біреу менің кабинетіме кіріп алыпты, картамнан ақша кетті", EscalationReason.FRAUD),
        ("you will hear from my lawyer", EscalationReason.LEGAL),
        ("напишу жалобу в роспотребнадзор", EscalationReason.LEGAL),
        ("ертең сотқа шағым беремін", EscalationReason.LEGAL),
    ],
)
def test_fraud_and_law_are_never_missed(text: str, reason: EscalationReason) -> None:
    assert READER.analyse(text).escalation_reason is reason


@pytest.mark.parametrize(
    "text",
    [
        "which smoke alarm works with the app", "is the food court open late", "these prices are fire",
        "почём датчики дыма", "горящие скидки ещё действуют?", "судок для рыбы есть?", "түтін датчигі керек",
        "назвал курьеру код и он отдал посылку", "загорелась лампочка на панели, это норма?",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_danger_stays_calm(text: str) -> None:
    reading = READER.analyse(text)
    assert reading.escalation_reason not in {
        EscalationReason.SAFETY, EscalationReason.FRAUD, EscalationReason.LEGAL,
    }  # fmt: skip
