"""The customer's own orders as help in reading numbers."""

import pytest

from frontdesk.errors import Unavailable
from frontdesk.store.order import Order
from frontdesk.terms import CustomerId, EntityType, Proof
from frontdesk.understanding.own_orders import with_own_orders
from frontdesk.understanding.understand import Understanding
from tests.unit.answering.local.desk import ANNA, READER, case_of

OWN = ("70412", "DL-8800", "KZ-2026-00051")


def _orders_in(text: str) -> list[tuple[str, str]]:
    reading = with_own_orders(READER.analyse(text), text, OWN)
    assert all(text[entity.start : entity.end] == entity.text for entity in reading.entities)
    return [
        (entity.value, entity.text) for entity in reading.entities if entity.type is EntityType.ORDER_NUMBER
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("когда уже привезут мою 70412, сколько можно ждать", [("70412", "70412")]),
        ("70 412 так и не приехал, позвоните курьеру", [("70412", "70 412")]),
        ("что с dl8800 и почему так долго", [("DL-8800", "dl8800")]),
        ("Заказ DL\u20118800", [("DL-8800", "DL\u20118800")]),
        ("утюг DL-8800 где он", [("DL-8800", "DL-8800")]),
        ("kz 2026 00051 жду", [("KZ-2026-00051", "kz 2026 00051")]),
        ("верните 70 412 тенге", []),
        ("мой счёт 1704125", []),
        ("2.70412 обновилась", []),
    ],
)
def test_an_own_number_is_found_whole_and_in_any_spelling(text: str, expected: list[tuple[str, str]]) -> None:
    assert _orders_in(text) == expected


def test_other_orders_stay_as_they_were_read() -> None:
    assert _orders_in("заказ 99999 и 70412") == [("99999", "99999"), ("70412", "70412")]


class _Orders:
    def __init__(self, numbers: list[Order] | None) -> None:
        self.asked: list[CustomerId] = []
        self._orders = numbers

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        return None

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        self.asked.append(customer_id)
        if self._orders is None:
            raise Unavailable("the shop is away")
        return self._orders


async def test_a_shop_that_is_away_does_not_stop_the_reading() -> None:
    orders = _Orders(None)
    case = case_of("где 70412 моя", customer=ANNA, proof=Proof.VERIFIED)
    assert (await Understanding(READER, orders).read(case)).language == "ru"
    assert orders.asked == [ANNA]


async def test_nobodys_orders_are_asked_for_without_proof_or_number() -> None:
    orders = _Orders([])
    for case in (
        case_of("где 70412 моя", customer=ANNA, proof=Proof.CLAIMED),
        case_of("где моя посылка", customer=ANNA, proof=Proof.VERIFIED),
    ):
        await Understanding(READER, orders).read(case)
    assert orders.asked == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("когда приедет 70421", [("70412", "70421")]),
        ("is 7412 here soon", [("70412", "7412")]),
        ("заказ 70413 где", [("70412", "70413")]),
        ("что с 70431", []),
        ("жду 70412, а не 70413", [("70412", "70412")]),
        ("верните 70 413 тенге", []),
    ],
)
def test_one_slip_of_the_finger_is_forgiven(text: str, expected: list[tuple[str, str]]) -> None:
    assert _orders_in(text) == expected


def test_a_number_between_two_own_ones_is_neither() -> None:
    text = "когда привезут 70413"
    reading = with_own_orders(READER.analyse(text), text, ("70412", "70414"))
    assert not [entity for entity in reading.entities if entity.value in {"70412", "70414"}]
