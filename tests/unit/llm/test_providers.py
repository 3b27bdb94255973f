"""Models out of settings, and what they really put on the wire."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic_ai import Agent
from pydantic_ai.exceptions import ModelAPIError

from frontdesk.errors import SetupError
from frontdesk.llm.failure import failure_of
from frontdesk.llm.providers import HUGGING_FACE_URL, Models
from frontdesk.settings import Settings, load


class Wire:
    """Takes one request after another, remembers it, and says 529 to each."""

    def __init__(self) -> None:
        self.url = ""
        self.heads: list[str] = []
        self.bodies: list[dict[str, object]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line[16:]) for line in head.splitlines() if line.lower().startswith("content-length: ")
        )
        self.bodies.append(json.loads(await reader.readexactly(length)))
        self.heads.append(head)
        answer = b'{"type":"error","error":{"type":"overloaded_error","message":"busy"}}'
        writer.write(
            b"HTTP/1.1 529 Busy\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: "
        )
        writer.write(str(len(answer)).encode() + b"\r\nx-should-retry: false\r\n\r\n" + answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Wire]:
    wire = Wire()
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield wire


async def spoken(settings: Settings, wire: Wire) -> tuple[str, dict[str, object]]:
    """The head and body of one request of the first model of the chain."""
    models = Models(settings)
    agent = Agent(models.chain[0].model, instructions="Be brief.", output_type=bool)
    with pytest.raises(ModelAPIError) as failed:
        await agent.run("hello")
    await models.aclose()
    assert failure_of(failed.value).outcome in ("overloaded", "server_error")
    return wire.heads[0], wire.bodies[0]


async def test_anthropic_gets_its_key_a_cached_prefix_and_eager_tool_streaming() -> None:
    async with listening() as wire:
        settings = load(
            ai_providers="anthropic",
            anthropic_api_key="key-a",
            anthropic_base_url=wire.url,
            claude_model="claude-x",
        )
        head, body = await spoken(settings, wire)
    assert head.startswith("POST /v1/messages ")
    assert "key-a" in head
    assert body["model"] == "claude-x"
    assert body["system"][-1]["cache_control"]["type"] == "ephemeral"  # type: ignore[index]
    assert body["tools"][-1]["cache_control"]["type"] == "ephemeral"  # type: ignore[index]
    assert body["tools"][-1]["eager_input_streaming"] is True  # type: ignore[index]


@pytest.mark.parametrize("key", ["key-o", None])
async def test_an_openai_compatible_server_is_spoken_to_by_chat_completions(key: str | None) -> None:
    async with listening() as wire:
        settings = load(
            ai_providers="openai",
            openai_api_key=key,
            openai_base_url=f"{wire.url}/v1",
            openai_model="my-model",
        )
        head, body = await spoken(settings, wire)
    assert head.startswith("POST /v1/chat/completions ")
    assert body["model"] == "my-model"
    assert "reasoning_effort" not in body


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
async def test_ollama_is_found_under_its_root_or_its_v1_address(suffix: str) -> None:
    async with listening() as wire:
        settings = load(ai_providers="ollama", ollama_base_url=wire.url + suffix, ollama_model="qwen3:8b")
        head, body = await spoken(settings, wire)
    assert head.startswith("POST /v1/chat/completions ")
    assert body["model"] == "qwen3:8b"


def test_the_chain_is_built_in_its_order_without_a_connection() -> None:
    settings = load(
        ai_providers="huggingface,ollama,anthropic,local",
        hf_token="hf",
        anthropic_api_key="a",
        anthropic_base_url="http://127.0.0.1:9",
    )
    chain = Models(settings).chain
    assert [link.provider for link in chain] == ["huggingface", "ollama", "anthropic"]
    assert chain[0].model.base_url == HUGGING_FACE_URL + "/"
    assert [link.name for link in chain] == [settings.hf_model, settings.ollama_model, settings.claude_model]


@pytest.fixture(autouse=True)
def _no_keys_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "HF_TOKEN", "USE_OLLAMA", "AI_PROVIDERS"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_key_there_is_no_model_and_no_error() -> None:
    assert Models(load()).chain == ()


@pytest.mark.parametrize(
    ("provider", "variable"),
    [("anthropic", "ANTHROPIC_API_KEY"), ("openai", "OPENAI_API_KEY"), ("huggingface", "HF_TOKEN")],
)
def test_a_provider_without_access_is_named_with_what_it_needs(provider: str, variable: str) -> None:
    with pytest.raises(SetupError, match=variable):
        Models(load(ai_providers=provider))


def test_every_model_has_both_time_outs_and_no_retries() -> None:
    settings = load(
        ai_providers="anthropic,openai,ollama,huggingface",
        anthropic_api_key="a",
        openai_api_key="o",
        hf_token="h",
        ai_request_timeout=7,
    )
    for link in Models(settings).chain:
        assert link.model.settings is not None
        assert link.model.settings["timeout"] == link.model.settings["request_timeout"] == 7
        assert link.model.settings["max_retries"] == 0
