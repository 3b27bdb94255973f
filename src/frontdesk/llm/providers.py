"""The models of the settings, in the order of the chain; they connect at the first request."""

from dataclasses import dataclass
from typing import Literal, assert_never, get_args

import structlog
from pydantic import SecretStr
from pydantic_ai.models import Model, create_async_httpx2_client
from pydantic_ai.models.anthropic import AnthropicModel, AnthropicModelSettings
from pydantic_ai.models.ollama import OllamaModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIChatModelSettings
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.ollama import OllamaProvider
from pydantic_ai.providers.openai import OpenAIProvider

from frontdesk.errors import SetupError
from frontdesk.llm.retired import retired_model
from frontdesk.settings import Settings

HUGGING_FACE_URL = "https://router.huggingface.co/v1"
_log = structlog.get_logger("frontdesk.llm")
_ANTHROPIC_URL = "https://api.anthropic.com"
_OPENAI_URL = "https://api.openai.com/v1"

MAX_TOKENS = 4_000
"""For one reply, with the thinking of models that think first."""
MAX_RETRIES = 0
"""The next link of the chain is the better retry: an SDK would sleep as long as a 429 says while that one is ready."""

Remote = Literal["anthropic", "openai", "ollama", "huggingface"]
REMOTE: tuple[Remote, ...] = get_args(Remote)


@dataclass(frozen=True, slots=True)
class ProviderModel:
    provider: Remote
    model: Model

    @property
    def name(self) -> str:
        return self.model.model_name


class Models:
    """All models of one process, over one pool of HTTP connections."""

    def __init__(self, settings: Settings, only: Remote | None = None) -> None:
        """The models of the chain, or only one. Raises `SetupError` for a provider without access."""
        self._http = create_async_httpx2_client(timeout=int(settings.ai_request_timeout) or 1)
        self.chain: tuple[ProviderModel, ...] = tuple(
            ProviderModel(name, self._build(name, settings))
            for name in ((only,) if only else settings.providers)
            if name != "local"
        )

    async def aclose(self) -> None:
        await self._http.aclose()

    def _build(self, name: Remote, settings: Settings) -> Model:
        match name:
            case "anthropic":
                return self._anthropic(settings)
            case "openai":
                return self._openai(settings)
            case "ollama":
                return self._ollama(settings)
            case "huggingface":
                return self._hugging_face(settings)
            case _:
                assert_never(name)

    def _anthropic(self, settings: Settings) -> Model:
        if warning := retired_model(settings):
            _log.warning("model_retired", reason=warning)
        return AnthropicModel(
            settings.claude_model,
            provider=AnthropicProvider(
                api_key=_key(settings.anthropic_api_key, "ANTHROPIC_API_KEY", "sk-ant-..."),
                base_url=settings.anthropic_base_url or _ANTHROPIC_URL,
                http_client=self._http,
            ),
            settings=AnthropicModelSettings(
                max_tokens=MAX_TOKENS,
                timeout=settings.ai_request_timeout,
                request_timeout=settings.ai_request_timeout,
                max_retries=MAX_RETRIES,
                anthropic_cache_instructions=True,
                anthropic_cache_tool_definitions=True,
                # Without it the text of a tool call arrives in one piece, so nothing streams.
                anthropic_eager_input_streaming=True,
            ),
        )

    def _openai(self, settings: Settings) -> Model:
        # A compatible server of your own may need no key.
        needs_key = not settings.openai_base_url or settings.openai_api_key is not None
        key = _key(settings.openai_api_key, "OPENAI_API_KEY", "sk-...") if needs_key else "none"
        provider = OpenAIProvider(
            api_key=key, base_url=settings.openai_base_url or _OPENAI_URL, http_client=self._http
        )
        # For support, speed matters more than thinking; models that cannot think ignore it.
        return OpenAIChatModel(
            settings.openai_model, provider=provider, settings=_chat_settings(settings, thinking="low")
        )

    def _ollama(self, settings: Settings) -> Model:
        root = settings.ollama_base_url.rstrip("/").removesuffix("/v1")
        provider = OllamaProvider(base_url=f"{root}/v1", http_client=self._http)
        return OllamaModel(settings.ollama_model, provider=provider, settings=_chat_settings(settings))

    def _hugging_face(self, settings: Settings) -> Model:
        provider = OpenAIProvider(
            api_key=_key(settings.hf_token, "HF_TOKEN", "hf_..."),
            base_url=HUGGING_FACE_URL,
            http_client=self._http,
        )
        return OpenAIChatModel(settings.hf_model, provider=provider, settings=_chat_settings(settings))


def _chat_settings(settings: Settings, thinking: Literal["low"] | None = None) -> OpenAIChatModelSettings:
    chat = OpenAIChatModelSettings(
        max_tokens=MAX_TOKENS,
        timeout=settings.ai_request_timeout,
        request_timeout=settings.ai_request_timeout,
        max_retries=MAX_RETRIES,
    )
    if thinking is not None:
        chat["thinking"] = thinking
    return chat


def _key(secret: SecretStr | None, name: str, looks_like: str) -> str:
    value = secret.get_secret_value().strip() if secret else ""
    if not value:
        raise SetupError(f"a model provider is wanted that has no access: set {name} ({looks_like})")
    return value
