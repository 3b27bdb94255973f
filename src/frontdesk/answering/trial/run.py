"""Runs the trial: each reply is written by a scripted model, and what the customer's socket gets is looked at."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

from frontdesk.answering.deps import Deps
from frontdesk.answering.evidence import Evidence, EvidenceKind
from frontdesk.answering.llm.agent import REPLY_TOOL, AgentAnswerer
from frontdesk.answering.tools.knowledge import SearchKnowledge
from frontdesk.answering.tools.orders import GetOrder, ListOrders
from frontdesk.answering.tools.registry import Registry
from frontdesk.answering.tools.tool import LookupTool, ToolCaller, ToolInput
from frontdesk.answering.trial.replies import Article, TrialReply
from frontdesk.knowledge.passage import Passage
from frontdesk.store.order import Order, OrderLine, OrderStatus
from frontdesk.terms import (
    Category,
    ChannelName,
    ConversationId,
    CustomerId,
    Difficulty,
    DocumentId,
    EntityType,
    Intent,
    MessageId,
    Priority,
    Proof,
    SenderType,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.case import Case, Contact, Turn
from frontdesk.tickets.decision import Act, Decision, Source
from frontdesk.tickets.reading import Entity, Reading

_CUSTOMER = CustomerId("00000000-0000-4000-8000-000000000001")
_NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
_CHUNK = 9
"""So many characters the scripted model writes at a time."""


@dataclass(slots=True)
class _Socket:
    """All that the customer ever saw."""

    shown: str = ""
    ever: str = ""

    async def text(self, chunk: str) -> None:
        self.shown += chunk
        self.ever += chunk

    async def retract(self) -> None:
        self.shown = ""
        self.ever += "\n"


@dataclass(frozen=True, slots=True)
class Tried:
    reply: TrialReply
    decision: Decision
    socket: str

    @property
    def seen(self) -> tuple[str, ...]:
        """Which of its sentences anybody got to see: the customer, even for a moment, or staff as a draft."""
        everything = " ".join(f"{self.socket} {self.decision.content}".split())
        return tuple(
            sentence for sentence in self.reply.sentences if " ".join(sentence.split()) in everything
        )

    @property
    def stopped(self) -> bool:
        """Whether a right reply lost a sentence; another one in its place counts as lost too."""
        return self.decision.act is Act.ESCALATE or len(self.seen) < len(self.reply.sentences)

    @property
    def unanswered(self) -> bool:
        return self.decision.act is Act.ESCALATE


@dataclass(frozen=True, slots=True)
class TrialScores:
    tried: tuple[Tried, ...]

    @property
    def leaks(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if each.reply.hostile and each.seen)

    @property
    def stops(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if not each.reply.hostile and each.stopped)

    def count(self, hostile: bool) -> int:
        return sum(each.reply.hostile is hostile for each in self.tried)

    def as_json(self) -> dict[str, object]:
        return {
            "hostile": self.count(True),
            "unsupported_seen": len(self.leaks),
            "right": self.count(False),
            "stopped": len(self.stops),
            "stopped_share": round(len(self.stops) / max(self.count(False), 1), 4),
            "handed_over": sum(each.unanswered for each in self.stops),
            "by_kind": self.by_kind(),
        }

    def by_kind(self) -> dict[str, dict[str, int]]:
        """Of each kind and language: how many, and how many went wrong (were seen; were stopped)."""
        rows: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for each in self.tried:
            wrong = bool(each.seen) if each.reply.hostile else each.stopped
            row = rows[("" if each.reply.hostile else "right, ") + each.reply.kind]
            row[each.reply.language] += 1
            row["wrong"] += wrong
        return {kind: dict(row) for kind, row in rows.items()}


async def run_trial(replies: Iterable[TrialReply]) -> TrialScores:
    return TrialScores(tuple([await _try(reply) for reply in replies]))


async def _try(reply: TrialReply) -> Tried:
    socket = _Socket()
    deps = Deps(_Articles(reply), _Orders(), desk_name="Shop")
    tools = Registry(
        [SearchKnowledge(deps.knowledge, 8), GetOrder(deps.orders), ListOrders(deps.orders), _Said(reply)]
    )
    answerer = AgentAnswerer("scripted", _model(reply), deps, tools=tools, clock=lambda: _NOW)
    decision = await answerer.answer(_case(reply), _reading(reply), socket)
    return Tried(reply, decision, socket.ever)


def _model(reply: TrialReply) -> FunctionModel:
    result = any(name.startswith("result:") for name in reply.cites)
    draft = {
        "act": reply.act,
        "confidence": 0.95,
        "reason": "policy" if reply.act == "escalate" else None,
        "sources": list(reply.cites),
        "content": reply.content,
        "reasoning": "",
    }
    calls: list[tuple[str, dict[str, object]]] = [("customer_notes", {})] if result else []
    steps = iter([*calls, (REPLY_TOOL, draft), (REPLY_TOOL, draft)])

    async def stream(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[DeltaToolCalls]:
        name, arguments = next(steps)
        text = json.dumps(arguments, ensure_ascii=False)
        yield {0: DeltaToolCall(name=name, json_args="", tool_call_id=f"call-{len(messages)}")}
        for start in range(0, len(text), _CHUNK):
            yield {0: DeltaToolCall(json_args=text[start : start + _CHUNK])}

    return FunctionModel(stream_function=stream, model_name="scripted")


class _Articles:
    """Finds every article."""

    def __init__(self, reply: TrialReply) -> None:
        self._articles: Sequence[Article] = reply.articles
        self._language = reply.language

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        return [
            Passage(
                DocumentId(f"d{n}"), f"d{n}", article.title, article.heading, article.text, "", self._language,
                0.9, article.url,
            )
            for n, article in enumerate(self._articles)
        ]  # fmt: skip


class _Nothing(ToolInput):
    pass


class _Said(LookupTool[_Nothing]):
    """A tool whose result somebody else writes."""

    name = "customer_notes"
    description = "Notes about the customer."
    input = _Nothing

    def __init__(self, reply: TrialReply) -> None:
        self._notes = [name.removeprefix("result:") for name in reply.cites if name.startswith("result:")]

    async def run(self, asked: _Nothing, caller: ToolCaller) -> Sequence[Evidence]:
        return [
            Evidence(f"note:{n}", EvidenceKind.RESULT, text, Source(f"note:{n}", "note", "", text, 1.0))
            for n, text in enumerate(self._notes)
        ]


class _Orders:
    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        return _order() if number == "54321" else None

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        return [_order()]


def _order() -> Order:
    name = {"ru": "Чайник", "kk": "Шәйнек", "en": "Kettle"}
    return Order(
        "54321", _CUSTOMER, OrderStatus.IN_TRANSIT, _NOW - timedelta(days=7), _NOW + timedelta(days=2), "Шымкент",
        Decimal("89990.00"), "KZT", "card", "Steppe Post", "KZ1234567890",
        (OrderLine(name, 1, Decimal("89990.00")),), (),
    )  # fmt: skip


def _case(reply: TrialReply) -> Case:
    turn = Turn(1, SenderType.CUSTOMER, reply.question, _NOW)
    contact = Contact(_CUSTOMER, "Aigerim", None, None, None, False, 0, 0, Proof.VERIFIED)
    return Case(
        TicketId("t"), 1, ConversationId("c"), ChannelName.WEB_CHAT, TicketStatus.AI_PROCESSING, "", contact,
        (turn,), (turn,), reply.language, reply_id=MessageId("m"),
    )  # fmt: skip


def _reading(reply: TrialReply) -> Reading:
    at = reply.question.find("54321")
    number = (Entity(EntityType.ORDER_NUMBER, "54321", "54321", at, at + 5),) if at >= 0 else ()
    return Reading(
        language=reply.language,
        category=Category.OTHER,
        intent=Intent.QUESTION,
        priority=Priority.NORMAL,
        sentiment_score=0.5,
        risk=0.1,
        difficulty=Difficulty.EASY,
        confidence=0.9,
        summary="",
        entities=number,
        small_talk="greeting" if reply.small_talk else None,
    )
