"""A proven customer who speaks of an order of their own hears how it stands, however they put it."""

from dataclasses import replace

import pytest

from frontdesk.answering.local.own_order import expects, speaks_of_own
from frontdesk.store.order import OrderStatus
from frontdesk.terms import Category, EntityType, Proof
from frontdesk.tickets.decision import Act
from frontdesk.tickets.reading import Entity
from frontdesk.understanding.own_orders import with_own_orders
from tests.unit.answering.local.desk import ORDERS, READER, answer, case_of

_READING = replace(READER.analyse("Where is it?"), category=Category.ORDER)


@pytest.mark.parametrize(
    "text",
    [
        "can somebody move my delivery", "our last parcel", "что-то мою посылку не видно", "заказ мой пропал",
        "свой последний заказ", "тапсырысымның жайы", "заказымды айтшы", "менің бір заказым",
    ],
)  # fmt: skip
def test_an_order_is_named_as_their_own(text: str) -> None:
    assert speaks_of_own(text, _READING)
    assert not speaks_of_own(text, replace(_READING, category=Category.BILLING))


@pytest.mark.parametrize(
    "text", ["how do orders work", "как сделать заказ", "тапсырыс беру", "мои документы"]
)
def test_orders_in_general_are_nobodys(text: str) -> None:
    assert not speaks_of_own(text, _READING)


@pytest.mark.parametrize("text", ["any news on the lamp", "ну и когда лампу ждать", "шамым қашан келеді"])
def test_something_is_waited_for(text: str) -> None:
    assert expects(text)
    assert not expects("the lamp is nice, лампа хорошая, шам жақсы")


@pytest.mark.parametrize("text", ["my order please", "мой заказ", "тапсырысым"])
async def test_the_order_is_told_to_its_proven_owner_alone(text: str) -> None:
    decision, _ = await answer(case_of(text))
    assert decision.act is Act.ANSWER
    assert "54321" in decision.content
    stranger, _ = await answer(case_of(text, proof=Proof.CLAIMED))
    assert "54321" not in stranger.content


async def test_a_mistyped_number_is_told_with_the_number_that_was_meant() -> None:
    text = "Where is order 54312?"
    reading = with_own_orders(READER.analyse(text), text, [order.number for order in ORDERS[:3]])
    assert Entity(EntityType.ORDER_NUMBER, "54321", "54312", 15, 20) in reading.entities
    decision, _ = await answer(case_of(text), reading=reading)
    assert decision.act is Act.ANSWER
    assert "you mean order 54321" in decision.content
    assert ORDERS[0].status is OrderStatus.IN_TRANSIT
    assert "Order 54321 is on its way." in decision.content
