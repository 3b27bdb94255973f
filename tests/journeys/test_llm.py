"""The same road with an LLM behind it, over the provider's real wire; local intelligence when it is gone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.desk import Desk, open_desk
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from tests.emulators.answers import FIXTURES
from tests.emulators.llm import PROGRAM, WHY_NOT, LlmEmulator
from tests.journeys.talk import quiet, said, until

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason=WHY_NOT)

ARTICLE = (
    "# Delivery\n\n## Shymkent\n\nDelivery to Shymkent takes 3–5 business days. Delivery costs 1,500 KZT.\n"
)


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[LlmEmulator]:
    running = LlmEmulator(FIXTURES, tmp_path)
    running.start()
    yield running
    running.stop()


async def converse(desk: Desk, emulator: LlmEmulator) -> list[str]:
    """One question with the model there, one with it gone; who answered each."""
    await desk.journey.accept(said("ann", "How long does delivery to Shymkent take?"))
    await until(desk, lambda s: len(s.by_ai) == 1)
    emulator.stop()
    await desk.journey.accept(said("bob", "How long does delivery to Shymkent take?"))
    replies = (await until(desk, lambda s: len(s.by_ai) == 2, seconds=40)).by_ai
    await quiet(desk)
    assert all("3–5 business days" in reply.content for reply in replies)
    assert all(reply.ai and reply.ai["sources"] for reply in replies)
    return [str((reply.ai or {})["provider"]) for reply in replies]


async def test_the_model_answers_and_local_intelligence_takes_over_when_it_is_gone(
    settings: Settings, emulator: LlmEmulator
) -> None:
    with_model = settings.model_copy(
        update={
            "anthropic_api_key": "a-key-of-the-test",
            "anthropic_base_url": emulator.url,
            "ai_request_timeout": 8.0,
            "default_language": "en",
        }
    )
    config = Settings(_env_file=None, **with_model.model_dump(exclude_unset=True))
    async with open_desk(config) as desk:
        await desk.knowledge.add_file("delivery.md", ARTICLE.encode(), language="en")
        worker = asyncio.create_task(desk.worker().run())
        assert await converse(desk, emulator) == ["anthropic", "local"]
        await end([worker])
