"""The registry: who may use a tool, what it may be given, and what happens when it does not answer."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.tools.registry import Registry, open_registry
from frontdesk.answering.tools.tool import LookupTool, ToolCaller, ToolInput
from frontdesk.errors import SetupError, ToolDelayed, ToolInputInvalid, ToolRefused
from frontdesk.terms import CustomerId, Proof
from frontdesk.tickets.decision import Source
from tests.contracts.answering_world import AIGERIM, NOW, case, shop


class SlotQuery(ToolInput):
    day: int


class FreeSlots(LookupTool[SlotQuery]):
    name = "free_slots"
    description = "When a courier can come."
    input = SlotQuery
    proof = Proof.CLAIMED
    timeout = 0.05
    retries = 2

    def __init__(self, *failures: Exception | float) -> None:
        self.failures = list(failures)
        """What the attempts before the good one do: raise, or take so many seconds."""
        self.attempts = 0

    async def run(self, asked: SlotQuery, caller: ToolCaller) -> Sequence[Evidence]:
        self.attempts += 1
        if self.failures:
            failure = self.failures.pop(0)
            if isinstance(failure, Exception):
                raise failure
            await asyncio.sleep(failure)
        name = f"slots:{asked.day}"
        return [Evidence(name, EvidenceKind.RESULT, "10:00", Source(name, "Slots", "", "10:00", 1.0))]


def caller(proof: Proof = Proof.VERIFIED, customer: CustomerId | None = AIGERIM) -> ToolCaller:
    return ToolCaller(case("?", proof=proof, customer=customer), "en", NOW)


async def use(tool: FreeSlots, given: dict[str, object], who: ToolCaller | None = None) -> Sequence[Evidence]:
    return await Registry([tool]).look_up(tool, given, who or caller())


async def test_a_tool_answers_with_evidence() -> None:
    evidence = await use(FreeSlots(), {"day": 3})
    assert [piece.id for piece in evidence] == ["slots:3"]


async def test_a_caller_without_the_least_proof_is_refused_and_offered_nothing() -> None:
    tool = FreeSlots()
    stranger = caller(Proof.NONE)
    assert not tool.permits(stranger)
    with pytest.raises(ToolRefused):
        await use(tool, {"day": 3}, stranger)
    assert tool.attempts == 0


def test_proof_without_a_known_customer_opens_no_tool_that_needs_one() -> None:
    get_order = open_registry(shop()).get("get_order")
    assert get_order is not None
    assert get_order.permits(caller())
    assert not get_order.permits(caller(customer=None))
    assert not get_order.permits(caller(Proof.CLAIMED))


@pytest.mark.parametrize("given", [{}, {"day": "Monday"}, {"day": 3, "customer_id": "somebody"}])
async def test_wrong_input_is_named_and_never_reaches_the_tool(given: dict[str, object]) -> None:
    tool = FreeSlots()
    with pytest.raises(ToolInputInvalid, match=r"day|customer_id"):
        await use(tool, given)
    assert tool.attempts == 0


async def test_a_tool_is_tried_again_after_a_delay_and_after_a_time_out() -> None:
    tool = FreeSlots(ToolDelayed("later"), 5.0)
    assert await use(tool, {"day": 3})
    assert tool.attempts == 3


async def test_a_tool_that_never_answers_is_delayed_after_its_retries() -> None:
    tool = FreeSlots(*(ToolDelayed("later") for _ in range(9)))
    with pytest.raises(ToolDelayed):
        await use(tool, {"day": 3})
    assert tool.attempts == 3


async def test_a_refusal_is_final() -> None:
    tool = FreeSlots(ToolRefused("there are no couriers on Sundays"))
    with pytest.raises(ToolRefused, match="Sundays"):
        await use(tool, {"day": 3})
    assert tool.attempts == 1


class _NamesTheCustomer(ToolInput):
    customer_id: str


class SpyTool(FreeSlots):
    name = "spy_tool"
    input = _NamesTheCustomer  # type: ignore[assignment]  # the mistake under test


class OneWord(FreeSlots):
    name = "slots"


@pytest.mark.parametrize(
    ("tools", "fault"),
    [
        ([SpyTool()], "the customer comes from the case"),
        ([OneWord()], "two or more words"),
        ([FreeSlots(), FreeSlots()], "two tools are named"),
    ],
)
def test_a_tool_that_breaks_the_contract_is_not_taken(tools: list[FreeSlots], fault: str) -> None:
    with pytest.raises(SetupError, match=fault):
        Registry(tools)


@pytest.mark.parametrize("module", ["no.such.module", "frontdesk.terms"])
def test_a_module_without_tools_is_named(module: str) -> None:
    with pytest.raises(SetupError, match=module):
        open_registry(shop(), [module])


@pytest.mark.parametrize("most", [1, 2])
async def test_a_search_gives_no_more_passages_than_the_desk_wants(most: int) -> None:
    deps = replace(shop(), top_k=most)
    tools = open_registry(deps)
    search = tools.get("search_knowledge")
    assert isinstance(search, LookupTool)
    asked = {"query": "delivery to Shymkent, returning a purchase"}
    assert len(await tools.look_up(search, asked, caller())) == most
