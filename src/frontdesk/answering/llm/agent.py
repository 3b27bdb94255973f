"""The LLM behind the answering port: a typed decision, with tools, streamed while it is written, checked."""

import asyncio
import json
import time
from collections.abc import AsyncIterable, Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pydantic_ai import Agent, ModelRetry, RunContext, ToolOutput
from pydantic_ai.exceptions import AgentRunError, ContentFilterError, UserError
from pydantic_ai.messages import (
    AgentStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    ToolCallPart,
    ToolCallPartDelta,
)
from pydantic_ai.models import Model
from pydantic_ai.usage import RunUsage, UsageLimits

from frontdesk.answering.answerer import Stream
from frontdesk.answering.checks import guard
from frontdesk.answering.deps import Deps
from frontdesk.answering.llm.attempts import ModelFailed
from frontdesk.answering.llm.context import ReplySetting, build_prompt
from frontdesk.answering.llm.draft import AgentDraft, DraftReader
from frontdesk.answering.llm.look_ahead import look_ahead
from frontdesk.answering.llm.run import AgentRun
from frontdesk.answering.llm.toolbox import toolbox
from frontdesk.answering.llm.writer import StreamWriter
from frontdesk.answering.proof.gate import Gate
from frontdesk.answering.proof.prover import Prover
from frontdesk.answering.tools.registry import Registry, open_registry
from frontdesk.llm.failure import failure_of
from frontdesk.llm.prompts import load_prompt
from frontdesk.llm.providers import Models
from frontdesk.settings import Settings
from frontdesk.terms import EscalationReason, Proof
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Attempt, Decision, Provenance
from frontdesk.tickets.reading import Reading

PROMPT = "answer.v4"
REPLY_TOOL = "reply"
MAX_AT_ONCE = 200
"""So many answers one process lets one model write at a time: more would only time each other out."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class AgentAnswerer:
    """One model of one provider.

    Raises `ModelFailed` where it did not answer in time; what was streamed is retracted by then.
    """

    def __init__(
        self,
        provider: str,
        model: Model,
        deps: Deps,
        *,
        tools: Registry | None = None,
        request_limit: int = 6,
        token_limit: int = 30_000,
        timeout: float = 45.0,
        min_confidence: float = 0.55,
        max_at_once: int = MAX_AT_ONCE,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.name = provider
        self._model = model
        self._deps = deps
        self._tools = tools or open_registry(deps)
        self._usage_limits = UsageLimits(request_limit=request_limit, total_tokens_limit=token_limit)
        self._timeout = timeout
        self._min_confidence = min_confidence
        self._zone = ZoneInfo(deps.timezone)
        self._slots = asyncio.Semaphore(max_at_once)
        self._clock = clock
        self._prompt = load_prompt("frontdesk.answering.llm", PROMPT)
        self._agent = self._build()

    @property
    def model_name(self) -> str:
        return self._model.model_name

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        run = AgentRun(case, reading, self._setting(case, reading))
        await look_ahead(run, self._tools)
        gate = self._gate(run)
        writer = StreamWriter(stream, run.redactor.restore, gate)
        usage = RunUsage()
        started = time.monotonic()
        try:
            draft = await self._think(run, writer, usage)
        except ContentFilterError:
            await writer.retract()
            return self._refused(self._made_by(usage, started))
        except (AgentRunError, UserError, TimeoutError) as error:
            await writer.retract()
            raise self._failed(error, usage, started) from error
        decision = self._decide(run, draft, gate, self._made_by(usage, started))
        if decision.act is Act.ESCALATE:
            await writer.retract()
        else:
            await writer.settle(decision.content)
        return decision

    def _build(self) -> Agent[AgentRun, AgentDraft]:
        agent = Agent(
            self._model,
            name="answerer",
            output_type=ToolOutput(
                AgentDraft, name=REPLY_TOOL, description="Give your decision and the reply"
            ),
            deps_type=AgentRun,
            instructions=self._prompt.text,
            tools=toolbox(self._tools),
            retries={"tools": 1, "output": 2},
            # Nothing is looked up beside a finished reply.
            end_strategy="early",
        )
        agent.output_validator(self._mend_once)
        return agent

    def _gate(self, run: AgentRun) -> Gate:
        prover = Prover(run.ground(self._prompt.text, self._tools.names))
        language = run.setting.language
        return Gate(prover, run.setting.style.allow, lambda text: guard.in_language(text, language))

    def _setting(self, case: Case, reading: Reading) -> ReplySetting:
        return ReplySetting(
            desk_name=self._deps.desk_name,
            language=reading.language or case.language_hint or self._deps.default_language,
            style=self._deps.style_of(case),
            now=self._clock().astimezone(self._zone),
            knows_orders=case.contact.customer_id is not None and case.contact.proof.reaches(Proof.ATTESTED),
            sign_in_url=self._deps.sign_in_url,
            link_hosts=self._deps.link_hosts,
        )

    async def _think(self, run: AgentRun, writer: StreamWriter, usage: RunUsage) -> AgentDraft:
        async def watch(_: RunContext[AgentRun], events: AsyncIterable[AgentStreamEvent]) -> None:
            await _follow(events, DraftReader(writer, self._min_confidence))

        prompt = build_prompt(run.case, run.setting, run.findings, run.redactor)
        async with asyncio.timeout(self._timeout):
            await self._slots.acquire()
        try:
            async with asyncio.timeout(self._timeout):
                result = await self._agent.run(
                    prompt,
                    deps=run,
                    usage=usage,
                    usage_limits=self._usage_limits,
                    event_stream_handler=watch,
                )
        finally:
            self._slots.release()
        return result.output

    def _mend_once(self, ctx: RunContext[AgentRun], draft: AgentDraft) -> AgentDraft:
        """Ask the model once to mend what is only wrong in form; what is wrong in fact goes to a person."""
        run = ctx.deps
        content = run.redactor.restore(draft.content).strip()
        if run.corrected or draft.act == "escalate":
            return draft
        if not content:
            run.corrected = True
            raise ModelRetry("The reply is empty. Write it.")
        if guard.wrong_language(content, run.setting.language):
            run.corrected = True
            raise ModelRetry(f"The reply must be in the language {run.setting.language}. Write it again.")
        if not run.setting.style.allow(content):
            run.corrected = True
            raise ModelRetry(f"The reply is too long: {run.setting.style.in_words}. Keep what matters most.")
        return draft

    def _decide(self, run: AgentRun, draft: AgentDraft, gate: Gate, made_by: Provenance) -> Decision:
        """The reply as far as it is proven; what is not goes to nobody, not even as a draft."""
        act = Act(draft.act)
        gate.begin()
        gate.grow(run.redactor.restore(draft.content).strip(), whole=True)
        problems = gate.why_not(answers=act is Act.ANSWER, small_talk=run.reading.asks_nothing)
        reason = _why_a_person(draft, act, problems, self._min_confidence)
        return Decision(
            act=Act.ESCALATE if reason else act,
            content="" if gate.stopped else gate.passed,
            confidence=draft.probability,
            reasoning=_reasoning(run.redactor.restore(draft.reasoning), reason, [*problems, *gate.problems]),
            made_by=made_by,
            sources=gate.sources(run.findings),
            reason=reason,
            actions=tuple(run.actions),
            awaits_proof=not reason and act is Act.ASK and run.lacks_proof,
            proof=() if gate.stopped else tuple(gate.proof),
        )

    def _refused(self, made_by: Provenance) -> Decision:
        return Decision(
            act=Act.ESCALATE,
            content="",
            confidence=0.0,
            reasoning="the model refused to answer this message",
            made_by=made_by,
            reason=EscalationReason.GUARDRAIL,
        )

    def _made_by(self, usage: RunUsage, started: float) -> Provenance:
        return Provenance(
            provider=self.name,
            model=self.model_name,
            prompt_version=self._prompt.version,
            latency_ms=_since(started),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost=usage.cost,
        )

    def _failed(self, error: Exception, usage: RunUsage, started: float) -> ModelFailed:
        failure = failure_of(error)
        attempt = Attempt(
            self.name,
            self.model_name,
            failure.outcome,
            _since(started),
            usage.input_tokens,
            usage.output_tokens,
            usage.cost,
        )
        return ModelFailed(attempt, failure, type(error).__name__)


def agents_from(
    settings: Settings, deps: Deps, models: Models | None = None, tools: Registry | None = None
) -> list[AgentAnswerer]:
    """One answerer for each configured model, in the order of the chain.

    Whoever wants to close the connections makes the `models` and hands them in.
    """
    return [
        AgentAnswerer(
            link.provider,
            link.model,
            deps,
            tools=tools,
            request_limit=settings.ai_request_limit,
            token_limit=settings.ai_token_limit,
            timeout=settings.ai_answer_timeout,
            min_confidence=settings.answer_confidence,
        )
        for link in (models or Models(settings)).chain
    ]


async def _follow(events: AsyncIterable[AgentStreamEvent], reader: DraftReader) -> None:
    """Hand the pieces of the reply call to the reader; all else of the stream is not for the customer."""
    call: int | None = None
    async for event in events:
        if isinstance(event, PartStartEvent):
            if isinstance(event.part, ToolCallPart) and event.part.tool_name == REPLY_TOOL:
                call = event.index
                await reader.begin()
                await _grow(reader, event.part.args)
        elif (
            isinstance(event, PartDeltaEvent)
            and event.index == call
            and isinstance(event.delta, ToolCallPartDelta)
        ):
            await _grow(reader, event.delta.args_delta)


async def _grow(reader: DraftReader, piece: str | Mapping[str, object] | None) -> None:
    # Some servers send the arguments whole, as an object.
    if piece:
        await reader.grow(piece if isinstance(piece, str) else json.dumps(piece))


def _why_a_person(
    draft: AgentDraft, act: Act, problems: list[str], min_confidence: float
) -> EscalationReason | None:
    if act is Act.ESCALATE:
        return EscalationReason(draft.reason or EscalationReason.LOW_CONFIDENCE)
    if problems:
        return EscalationReason.GUARDRAIL
    return EscalationReason.LOW_CONFIDENCE if draft.probability < min_confidence else None


def _reasoning(thought: str, reason: EscalationReason | None, problems: list[str]) -> str:
    mark = "check failed" if reason is EscalationReason.GUARDRAIL else "left out"
    return "; ".join(filter(None, (thought.strip(), *(f"{mark}: {problem}" for problem in problems))))


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
