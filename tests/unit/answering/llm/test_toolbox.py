"""Tools as a model uses them: what it is offered, what it is told, and what becomes of a proposed act."""

from collections.abc import Sequence

from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo

from frontdesk.answering.deps import Deps
from frontdesk.answering.llm.agent import AgentAnswerer
from frontdesk.answering.tools.registry import open_registry
from frontdesk.terms import EscalationReason, Proof
from frontdesk.tickets.decision import Act, Decision
from tests.contracts.answering_world import NOW, Screen, case, reading, shop
from tests.contracts.toy_tool import toy_shop
from tests.unit.answering.llm.scripted import Step, model_of, reply, returned

RECEIVED = "Your request for 50 points was received."


class Watched:
    """A scripted model that remembers what tools it was offered and what they told it."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = iter(steps)
        self.offered: list[set[str]] = []
        self.answers: list[str] = []

    def __call__(self, messages: list[ModelMessage], info: AgentInfo) -> Step:
        self.offered.append({tool.name for tool in info.function_tools})
        self.answers = returned(messages)
        return next(self._steps)


async def ask(*steps: Step, text: str = "Please give me points", **about: object) -> tuple[Decision, Watched]:
    model = Watched(steps)
    deps: Deps = shop()
    tools = open_registry(deps, ["tests.contracts.toy_tool"])
    answerer = AgentAnswerer("anthropic", model_of(model), deps, tools=tools, clock=lambda: NOW)
    about_case = case(text, **about)  # type: ignore[arg-type]  # named as `case` names them
    return await answerer.answer(about_case, reading(text, "en"), Screen()), model


async def test_a_proposed_act_comes_out_with_the_decision_and_is_not_done() -> None:
    with toy_shop() as counterpart:
        decision, model = await ask(("give_points", {"points": 50}), reply(RECEIVED))
    [action] = decision.actions
    assert (action.tool, action.input) == ("give_points", '{"points":"50","why":""}')
    assert action.approval is None
    assert decision.act is Act.ANSWER
    assert "not done" in model.answers[0]
    assert counterpart.keys == []


async def test_the_proposal_is_evidence_for_a_reply_that_claims_nothing() -> None:
    decision, _ = await ask(("give_points", {"points": 50}), reply(RECEIVED))
    assert [source.quote for source in decision.sources] == ["give 50 points to Aigerim"]


async def test_a_reply_that_says_it_is_done_goes_to_a_person_with_the_act_undone() -> None:
    decision, _ = await ask(
        ("give_points", {"points": 50}), reply("I have issued 50 points to you.", sources=["act:1"])
    )
    assert (decision.act, decision.reason) == (Act.ESCALATE, EscalationReason.GUARDRAIL)
    assert "promises an action" in decision.reasoning
    assert len(decision.actions) == 1


async def test_the_same_act_proposed_twice_is_one() -> None:
    decision, _ = await ask(
        ("give_points", {"points": 50}), ("give_points", {"points": "50.0"}), reply(RECEIVED)
    )
    assert len(decision.actions) == 1


async def test_an_act_above_the_limit_says_why_a_person_must_approve_it() -> None:
    decision, _ = await ask(("give_points", {"points": 500}), reply("Your request was received."))
    assert decision.actions[0].approval is EscalationReason.REFUND_ABOVE_POLICY


async def test_a_refusal_is_told_to_the_model_and_proposes_nothing() -> None:
    decision, model = await ask(("give_points", {"points": "0.5"}), reply("How many points?", act="ask"))
    assert model.answers == ["Points are whole."]
    assert decision.actions == ()


async def test_wrong_input_is_asked_for_once_more() -> None:
    decision, model = await ask(
        ("give_points", {"points": -1}), ("give_points", {"points": 50}), reply(RECEIVED)
    )
    assert len(decision.actions) == 1
    assert len(model.offered) == 3


async def test_who_is_not_proven_is_not_offered_the_act() -> None:
    _, model = await ask(reply("Please sign in.", act="ask"), proof=Proof.CLAIMED)
    assert model.offered == [{"search_knowledge"}]


async def test_what_was_hidden_from_the_model_reaches_the_tool() -> None:
    decision, _ = await ask(
        ("give_points", {"points": 50, "why": "asked by [phone_1]"}),
        reply(RECEIVED),
        text="Please give me points, my phone is +7 701 123 45 67",
    )
    assert "+7 701 123 45 67" in decision.actions[0].input
