"""What every tool does, with effect or without: subclass a suite and say how to build yours."""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

import pytest

from frontdesk.answering.tools.registry import Registry
from frontdesk.answering.tools.tool import EffectTool, LookupTool, Tool, ToolCaller
from frontdesk.errors import ToolInputInvalid, ToolRefused
from frontdesk.kit.canonical import canonical
from frontdesk.terms import CustomerId, Proof
from tests.contracts.answering_world import AIGERIM, NOW, case


def caller(proof: Proof = Proof.VERIFIED, customer: CustomerId | None = AIGERIM) -> ToolCaller:
    return ToolCaller(case("?", proof=proof, customer=customer), "en", NOW)


class ToolSuite(ABC):
    """`given` is an input that the tool takes, as a model would write it."""

    given: dict[str, object]

    @abstractmethod
    def tool(self) -> Tool[Any]:
        """The tool under test, against a counterpart that answers."""

    @abstractmethod
    async def use(self, tool: Tool[Any], given: dict[str, object], who: ToolCaller) -> object:
        """What a model's call of it comes to; nothing is done."""

    def test_it_is_taken_into_a_registry_and_described(self) -> None:
        tool = self.tool()
        assert Registry([tool]).get(tool.name) is tool
        assert tool.description.endswith(".")
        schema = tool.input.model_json_schema()
        assert schema.get("additionalProperties") is False

    async def test_who_is_not_proven_enough_is_not_offered_it_and_refused(self) -> None:
        tool = self.tool()
        below = [proof for proof in Proof if not proof.reaches(tool.proof)]
        assert all(not tool.permits(caller(proof)) for proof in below)
        assert tool.permits(caller(tool.proof))
        for proof in below:
            with pytest.raises(ToolRefused):
                await self.use(tool, self.given, caller(proof))

    async def test_nobody_says_for_whom_it_works(self) -> None:
        with pytest.raises(ToolInputInvalid):
            await self.use(self.tool(), {**self.given, "customer_id": "somebody else"}, caller())

    async def test_it_answers_alike_when_asked_twice(self) -> None:
        tool = self.tool()
        first, second = [await self.use(tool, self.given, caller()) for _ in range(2)]
        assert first == second


class LookupSuite(ToolSuite):
    async def use(self, tool: Tool[Any], given: dict[str, object], who: ToolCaller) -> object:
        assert isinstance(tool, LookupTool)
        return await Registry([tool]).look_up(tool, given, who)

    async def test_each_piece_of_evidence_has_a_text_and_says_where_it_stands(self) -> None:
        tool = self.tool()
        assert isinstance(tool, LookupTool)
        evidence = await Registry([tool]).look_up(tool, self.given, caller())
        assert evidence
        for piece in evidence:
            assert piece.id
            assert piece.text
            assert piece.source.doc_id
            assert piece.source.quote
        assert len({piece.id for piece in evidence}) == len(evidence)


class EffectSuite(ToolSuite):
    above: dict[str, object] | None = None
    """An input that a person must approve, where the tool has a limit."""

    @abstractmethod
    def effects(self) -> int:
        """How often the counterpart did something."""

    async def use(self, tool: Tool[Any], given: dict[str, object], who: ToolCaller) -> object:
        assert isinstance(tool, EffectTool)
        return await Registry([tool]).propose(tool, given, who)

    async def test_proposing_changes_nothing(self) -> None:
        await self.use(self.tool(), self.given, caller())
        assert self.effects() == 0

    async def test_what_is_proposed_is_an_input_of_the_tool_in_canonical_form(self) -> None:
        tool = self.tool()
        assert isinstance(tool, EffectTool)
        proposed = await Registry([tool]).propose(tool, self.given, caller())
        again = tool.input.model_validate_json(proposed.input)
        assert canonical(again.model_dump()) == proposed.input
        assert proposed.summary

    async def test_approval_is_a_matter_of_the_input_alone(self) -> None:
        tool = self.tool()
        assert isinstance(tool, EffectTool)
        registry = Registry([tool])
        assert (await registry.propose(tool, self.given, caller())).approval is None
        if self.above is not None:
            rich = replace(caller(), case=replace(caller().case, subject="approved already"))
            for who in (caller(), rich):
                assert (await registry.propose(tool, self.above, who)).approval is tool.approval_reason

    async def test_one_key_has_one_effect_where_the_tool_says_so(self) -> None:
        tool = self.tool()
        assert isinstance(tool, EffectTool)
        asked = tool.input.model_validate(self.given)
        outcomes = [await tool.perform(asked, "key-1", caller()) for _ in range(3)]
        assert self.effects() == (1 if tool.idempotent else 3)
        assert all(outcome == outcomes[0] for outcome in outcomes)
        await tool.perform(asked, "key-2", caller())
        assert self.effects() == (2 if tool.idempotent else 4)
