"""A model that never decides is stopped: by requests and tokens, as the settings say."""

from collections.abc import AsyncIterator, Callable

import pytest
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo

from frontdesk.answering.llm.agent import AgentAnswerer, agents_from
from frontdesk.answering.llm.attempts import ModelFailed
from frontdesk.llm.providers import Models, ProviderModel
from frontdesk.settings import Settings
from tests.contracts.answering_world import Screen, case, reading, shop
from tests.unit.answering.llm.scripted import Step, model_of

QUESTION = "How long does delivery to Shymkent take?"
Limited = Callable[..., AgentAnswerer]


class Endless:
    """A scripted model that looks things up for ever."""

    def __init__(self) -> None:
        self.requests = 0

    def __call__(self, messages: list[ModelMessage], info: AgentInfo) -> Step:
        self.requests += 1
        return "search_knowledge", {"query": "more " * 100}


@pytest.fixture
def endless() -> Endless:
    return Endless()


@pytest.fixture
async def limited(endless: Endless) -> AsyncIterator[Limited]:
    """The answerer of a desk with these settings, on the endless model."""
    models = Models(Settings(_env_file=None))
    models.chain = (ProviderModel("anthropic", model_of(endless)),)

    def answerer(**limits: int) -> AgentAnswerer:
        settings = Settings(_env_file=None, **limits)  # type: ignore[arg-type]  # checked by the model itself
        [first] = agents_from(settings, shop(), models)
        return first

    yield answerer
    await models.aclose()


async def stopped_after(answerer: AgentAnswerer, endless: Endless) -> int:
    """The requests that were made until a limit stopped it."""
    before, screen = endless.requests, Screen()
    with pytest.raises(ModelFailed) as failed:
        await answerer.answer(case(QUESTION), reading(QUESTION, "en"), screen)
    assert failed.value.attempt.outcome == "limit"
    assert not failed.value.failure.provider_at_fault
    assert failed.value.attempt.input_tokens > 0
    assert screen.shown == ""
    return endless.requests - before


@pytest.mark.parametrize("most", [2, 3])
async def test_an_answer_takes_no_more_requests_than_the_settings_say(
    limited: Limited, endless: Endless, most: int
) -> None:
    assert await stopped_after(limited(ai_request_limit=most, ai_token_limit=1_000_000), endless) == most


async def test_an_answer_takes_no_more_tokens_than_the_settings_say(
    limited: Limited, endless: Endless
) -> None:
    few = await stopped_after(limited(ai_request_limit=50, ai_token_limit=500), endless)
    more = await stopped_after(limited(ai_request_limit=50, ai_token_limit=5_000), endless)
    assert few < more < 50
