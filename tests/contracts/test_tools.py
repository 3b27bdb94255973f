"""The tools that ship, and a toy with an irreversible effect, keep one contract."""

from collections.abc import Iterator
from typing import Any

import pytest

from frontdesk.answering.tools.registry import open_registry
from frontdesk.answering.tools.tool import Tool
from tests.contracts.answering_world import shop
from tests.contracts.tool_suite import EffectSuite, LookupSuite
from tests.contracts.toy_tool import GivePoints, GivePointsBlindly, ToyShop, toy_shop


class _Shipped(LookupSuite):
    name: str

    def tool(self) -> Tool[Any]:
        tool = open_registry(shop()).get(self.name)
        assert tool is not None
        return tool


class TestSearchKnowledge(_Shipped):
    name = "search_knowledge"
    given = {"query": "delivery to Shymkent"}  # noqa: RUF012  # a suite's only input


class TestGetOrder(_Shipped):
    name = "get_order"
    given = {"number": "#54321"}  # noqa: RUF012


class TestListOrders(_Shipped):
    name = "list_orders"
    given = {}  # noqa: RUF012


class TestGivePoints(EffectSuite):
    given = {"points": 50, "why": "late"}  # noqa: RUF012
    above = {"points": 101}  # noqa: RUF012
    made: type[GivePoints] = GivePoints
    counterpart: ToyShop

    @pytest.fixture(autouse=True)
    def _open(self) -> Iterator[None]:
        with toy_shop() as self.counterpart:
            yield

    def tool(self) -> Tool[Any]:
        return self.made(self.counterpart.url)

    def effects(self) -> int:
        return len(self.counterpart.gifts)


class TestGivePointsBlindly(TestGivePoints):
    made = GivePointsBlindly
