"""The agent over real HTTP: the providers' formats with SSE, spoken by an emulator that others wrote."""

import asyncio
import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from frontdesk.answering.llm.agent import agents_from
from frontdesk.answering.llm.chain import ChainAnswerer
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.llm.providers import Models
from frontdesk.settings import Settings, load
from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act, Decision
from tests.contracts.answering_world import NOW, Screen, case, reading, shop
from tests.emulators.answers import FACT, FIXTURES
from tests.emulators.llm import PROGRAM, WHY_NOT, LlmEmulator

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason=WHY_NOT)

WIRES = ["anthropic", "openai", "ollama"]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlmEmulator]:
    running = LlmEmulator(FIXTURES, tmp_path_factory.mktemp("llm"))
    running.start()
    yield running
    running.stop()


def settings_for(emulator: LlmEmulator, *wires: str, patience: float = 15.0) -> Settings:
    return load(
        ai_providers=",".join(wires),
        anthropic_api_key="key-a",
        anthropic_base_url=emulator.url,
        openai_api_key="key-o",
        openai_base_url=f"{emulator.url}/v1",
        openai_model="gpt-4o-mini",
        use_ollama=True,
        ollama_base_url=emulator.url,
        ai_request_timeout=patience,
    )


class Timed(Screen):
    """Remembers when each piece came."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    async def text(self, chunk: str) -> None:
        self.times.append(asyncio.get_running_loop().time())
        await super().text(chunk)


async def ask(emulator: LlmEmulator, text: str, *wires: str) -> tuple[Decision, Timed]:
    screen, deps = Timed(), shop()
    settings = settings_for(emulator, *wires, patience=1.5 if "SLOW" in text else 15.0)
    models = Models(settings)
    chain = ChainAnswerer([*agents_from(settings, deps, models), LocalAnswerer(deps, now=lambda: NOW)])
    try:
        decision = await chain.answer(case(text), reading(text, "en"), screen)
    finally:
        await models.aclose()
    assert screen.shown == ("" if decision.act is Act.ESCALATE else decision.content)
    return decision, screen


@pytest.mark.parametrize("wire", WIRES)
async def test_the_reply_streams_over_the_wire_while_the_model_writes(
    emulator: LlmEmulator, wire: str
) -> None:
    decision, screen = await ask(emulator, "How long does delivery to Shymkent take?", wire)
    assert decision.act is Act.ANSWER
    assert decision.content == FACT
    assert decision.made_by.provider == wire
    assert [source.doc_id for source in decision.sources] == ["en/delivery.md"]
    # The emulator writes 25 pieces a second: the last sentence comes well after the first.
    assert len(screen.times) == 2
    assert screen.times[-1] - screen.times[0] > 0.1


async def test_tokens_and_price_are_what_the_wire_said(emulator: LlmEmulator) -> None:
    decision, _ = await ask(emulator, "How long does delivery to Shymkent take?", "anthropic")
    assert (decision.made_by.input_tokens, decision.made_by.output_tokens) == (1200, 60)
    assert decision.made_by.cost == Decimal("0.0030")  # 2 and 10 dollars a million tokens


async def test_a_price_nobody_knows_is_left_out(emulator: LlmEmulator) -> None:
    decision, _ = await ask(emulator, "How long does delivery to Shymkent take?", "ollama")
    assert decision.made_by.cost is None
    assert decision.made_by.input_tokens == 1200


@pytest.mark.parametrize("wire", WIRES)
async def test_tools_are_called_over_the_wire(emulator: LlmEmulator, wire: str) -> None:
    decision, _ = await ask(emulator, "SEARCH for delivery to Shymkent please", wire)
    assert decision.made_by.provider == wire
    assert decision.act is Act.ANSWER


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize(
    ("trouble", "outcomes"),
    [
        ("BROKEN", {"connection", "bad_output", "server_error", "api_error"}),
        ("LIMITED", {"rate_limited"}),
        ("OVERLOADED", {"overloaded", "server_error"}),
        ("SLOW", {"timeout"}),
    ],
)
async def test_a_fault_of_the_provider_leads_to_the_next_link(
    emulator: LlmEmulator, wire: str, trouble: str, outcomes: set[str]
) -> None:
    decision, screen = await ask(emulator, f"{trouble} How long does delivery to Shymkent take?", wire)
    assert decision.made_by.provider == "local"
    # The word of trouble is no word of the article: local intelligence may ask whether its answer helped.
    assert decision.act in (Act.ANSWER, Act.ASK)
    assert "business days" in decision.content
    failed, done = decision.made_by.attempts
    assert (failed.provider, done.provider) == (wire, "local")
    assert failed.outcome in outcomes
    # No sentence was finished, so nothing was shown that had to be taken back.
    assert screen.retractions == 0


async def test_one_provider_stands_in_for_another(emulator: LlmEmulator) -> None:
    decision, _ = await ask(
        emulator, "LIMITED How long does delivery to Shymkent take?", "anthropic", "openai"
    )
    assert [attempt.provider for attempt in decision.made_by.attempts] == ["anthropic", "openai", "local"]


@pytest.mark.parametrize("wire", WIRES)
async def test_a_provider_that_is_busy_is_asked_once_while_another_link_is_ready(
    emulator: LlmEmulator, wire: str
) -> None:
    before = len(emulator.journal())
    await ask(emulator, "LIMITED How long does delivery to Shymkent take?", wire)
    assert len(emulator.journal()) == before + 1


async def test_a_provider_that_is_not_there_leads_to_the_next_link(emulator: LlmEmulator) -> None:
    settings = load(ai_providers="anthropic", anthropic_api_key="k", anthropic_base_url="http://127.0.0.1:9")
    models, deps, screen = Models(settings), shop(), Screen()
    chain = ChainAnswerer([*agents_from(settings, deps, models), LocalAnswerer(deps, now=lambda: NOW)])
    text = "How long does delivery to Shymkent take?"
    decision = await chain.answer(case(text), reading(text, "en"), screen)
    await models.aclose()
    assert decision.made_by.attempts[0].outcome == "connection"
    assert decision.act is Act.ANSWER


@pytest.mark.parametrize("wire", ["openai"])
async def test_a_refusal_brings_a_person(emulator: LlmEmulator, wire: str) -> None:
    decision, screen = await ask(emulator, "REFUSED How long does delivery to Shymkent take?", wire)
    assert (decision.act, decision.reason) == (Act.ESCALATE, EscalationReason.GUARDRAIL)
    assert decision.made_by.provider == wire
    assert screen.shown == ""


async def test_the_customers_words_travel_in_the_user_message_only_and_the_prefix_is_cached(
    emulator: LlmEmulator,
) -> None:
    marker = "zebra-crossing"
    await ask(emulator, f"How long does delivery to Shymkent take? {marker}", "anthropic")
    body = dict(emulator.journal()[-1]["body"])  # type: ignore[call-overload]
    messages = body["messages"]
    assert [message["role"] for message in messages if marker in json.dumps(message)] == ["user"]
    assert marker not in json.dumps([message for message in messages if message["role"] == "system"])
