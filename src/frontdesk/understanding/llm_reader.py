"""Reading by an LLM: the same analysis as the local reader's, which takes over when the model fails."""

import asyncio
import time
from datetime import datetime
from typing import Literal

import structlog
from pydantic import BaseModel, Field
from pydantic_ai import Agent, ToolOutput
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.models import Model
from pydantic_ai.usage import RunUsage, UsageLimits

from frontdesk.errors import SetupError
from frontdesk.llm import metrics
from frontdesk.llm.breaker import Breaker
from frontdesk.llm.failure import failure_of
from frontdesk.llm.fence import fence, shorten
from frontdesk.llm.prompts import load_prompt
from frontdesk.llm.providers import REMOTE, Models
from frontdesk.llm.redact import Redactor
from frontdesk.settings import Settings
from frontdesk.terms import Category, Difficulty, EntityType, EscalationReason, Intent, Priority
from frontdesk.tickets.reading import Entity, Reading
from frontdesk.understanding.reader import Reader

_log = structlog.get_logger(__name__)

PROMPT = "read.v1"
MAX_CHARACTERS = 12_000
MAX_EARLIER = 3
"""How many earlier messages a model sees, to know what "it" and "there" mean."""

_HIDDEN = frozenset({EntityType.PHONE, EntityType.EMAIL})
"""Never sent to a model: the local reader finds them."""


class FoundEntity(BaseModel):
    type: Literal["order_number", "product", "date", "amount", "tracking_number"]
    text: str = Field(description="Exactly as it stands in the message")
    value: str = Field(description="Its normal form")
    currency: str | None = None


class Analysis(BaseModel):
    """The analysis of one customer message."""

    language: str
    category: Category
    intent: Intent
    priority: Priority
    sentiment_score: float
    risk: float
    difficulty: Difficulty
    confidence: float
    summary: str
    tags: list[str] = Field(default_factory=list)
    entities: list[FoundEntity] = Field(default_factory=list)
    escalate: bool = False
    escalation_reason: EscalationReason | None = None
    out_of_scope: bool = False
    small_talk: Literal["greeting", "thanks", "goodbye", "noise"] | None = None


class LlmReader:
    """Implements `understanding.reader.Reader`; never raises for what a model does."""

    def __init__(
        self,
        provider: str,
        model: Model,
        local: Reader,
        *,
        timeout: float = 30.0,
        token_limit: int = 20_000,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = provider
        self._model = model
        self._local = local
        self._timeout = timeout
        self._limits = UsageLimits(request_limit=2, total_tokens_limit=token_limit)
        self._breaker = breaker or Breaker()
        self._agent = Agent(
            model,
            name="reader",
            output_type=ToolOutput(Analysis, name="analysis", description="Give your analysis"),
            instructions=load_prompt("frontdesk.understanding", PROMPT).text,
            retries={"output": 1},
        )

    async def read(
        self,
        text: str,
        *,
        subject: str = "",
        language_hint: str | None = None,
        earlier: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> Reading:
        local = await self._local.read(
            text, subject=subject, language_hint=language_hint, earlier=earlier, at=at
        )
        if not text.strip() or not self._breaker.admit():
            return local
        redactor = Redactor()
        analysis = await self._ask(_prompt(text, subject, earlier, redactor))
        return local if analysis is None else _merge(analysis, local, text, redactor)

    async def _ask(self, prompt: str) -> Analysis | None:
        """The model's analysis, or None where it failed; both are counted."""
        usage = RunUsage()
        started = time.monotonic()
        outcome, analysis = "ok", None
        try:
            async with asyncio.timeout(self._timeout):
                run = await self._agent.run(prompt, usage=usage, usage_limits=self._limits)
            analysis = run.output
            self._breaker.succeeded()
        except (AgentRunError, UserError, TimeoutError) as error:
            failure = failure_of(error)
            self._breaker.failed(failure)
            outcome = failure.outcome
            _log.warning("llm_reading_failed", provider=self.name, outcome=outcome, kind=type(error).__name__)
        metrics.count(
            self.name,
            self._model.model_name,
            outcome,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost=usage.cost,
        )
        _log.debug(
            "llm_reading", provider=self.name, outcome=outcome, seconds=round(time.monotonic() - started, 3)
        )
        return analysis


def reader_from(settings: Settings, provider: str, local: Reader) -> LlmReader:
    """The reader of one provider; raises `SetupError` where it is unknown or has no access."""
    name = next((known for known in REMOTE if known == provider), None)
    if name is None:
        raise SetupError(f"provider {provider!r} is not known: use {', '.join(REMOTE)} or local")
    link = Models(settings, only=name).chain[0]
    return LlmReader(
        provider, link.model, local, timeout=settings.ai_answer_timeout, token_limit=settings.ai_token_limit
    )


def _prompt(text: str, subject: str, earlier: tuple[str, ...], redactor: Redactor) -> str:
    blocks = [
        fence("turn", redactor.redact(shorten(message, 1_000)), by="customer")
        for message in earlier[-MAX_EARLIER:]
    ]
    message_text = f"{subject}\n{text}" if subject and subject not in text else text
    return "\n\n".join(
        [*blocks, fence("customer_message", redactor.redact(shorten(message_text, MAX_CHARACTERS)))]
    )


def _merge(analysis: Analysis, local: Reading, text: str, redactor: Redactor) -> Reading:
    """The model's analysis with its numbers brought into range and only entities that occur in the text."""
    escalate = analysis.escalate
    reason = analysis.escalation_reason or local.escalation_reason or EscalationReason.HIGH_RISK
    return Reading(
        language=analysis.language.strip() or local.language,
        category=analysis.category,
        intent=analysis.intent,
        priority=analysis.priority,
        sentiment_score=_share(analysis.sentiment_score),
        risk=_share(analysis.risk),
        difficulty=analysis.difficulty,
        confidence=_share(analysis.confidence),
        summary=redactor.restore(analysis.summary).strip() or local.summary,
        tags=tuple(dict.fromkeys(tag.strip().lower() for tag in analysis.tags if tag.strip()))[:5],
        entities=_entities(analysis.entities, local.entities, text, redactor),
        escalate=escalate,
        escalation_reason=reason if escalate else None,
        out_of_scope=analysis.out_of_scope,
        small_talk=analysis.small_talk,
        short_reply=local.short_reply,
    )


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _entities(
    entities: list[FoundEntity], local: tuple[Entity, ...], text: str, redactor: Redactor
) -> tuple[Entity, ...]:
    kept = [entity for entity in local if entity.type in _HIDDEN]
    for candidate in entities:
        entity = _placed(candidate, local, text, redactor, kept)
        if entity is not None:
            kept.append(entity)
    return tuple(sorted(kept, key=lambda entity: entity.start))


def _placed(
    candidate: FoundEntity, local: tuple[Entity, ...], text: str, redactor: Redactor, taken: list[Entity]
) -> Entity | None:
    """The entity with its place in the text, or None where it does not occur (models make things up)."""
    shown = redactor.restore(candidate.text).strip()
    kind = EntityType(candidate.type)
    start = text.find(shown) if shown else -1
    while start >= 0 and any(other.type is kind and other.start == start for other in taken):
        start = text.find(shown, start + 1)
    if start < 0:
        return None
    end = start + len(shown)
    # The local reader's normal forms are exact where it saw the same thing.
    for other in local:
        if other.type is kind and other.start < end and start < other.end:
            return None if other in taken else other
    value = redactor.restore(candidate.value).strip()
    if kind is EntityType.ORDER_NUMBER:
        value = value.lstrip("#№ ") or shown
    return Entity(
        kind, value or shown, shown, start, end, candidate.currency if kind is EntityType.AMOUNT else None
    )
