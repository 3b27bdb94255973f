"""Suggested replies for the tickets of a file: the desk's answer without an LLM, else a receipt."""

from datetime import UTC, datetime
from typing import Any

from frontdesk.answering.costs import Costs
from frontdesk.answering.deps import Deps, KnowledgePort
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.answering.local.shape import shape
from frontdesk.channels.style import ReplyStyle, reply_styles
from frontdesk.db.pool import Database
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.passage import Passage
from frontdesk.phrases import say, supported_language
from frontdesk.settings import Settings
from frontdesk.store.order import Order
from frontdesk.terms import (
    Category,
    ChannelName,
    ConversationId,
    CustomerId,
    EscalationReason,
    Intent,
    Proof,
    SenderType,
    Sentiment,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.case import Case, Contact, Turn
from frontdesk.tickets.reading import Reading

_MOST_CHARACTERS = 4_000
"""Longer messages are cut before they are answered."""
_WITH_OPENING = frozenset(EscalationReason) - {EscalationReason.ASKS_HUMAN}
"""Reasons with an opening sentence; the one of ASKS_HUMAN would promise a person."""
_BY_INTENT = {Intent.CANCEL: "cancel", Intent.RETURN: "return"}
_UNKNOWN_CONTACT = Contact(None, None, None, None, None, vip=False, ltv=0.0, churn_risk=0.0, proof=Proof.NONE)


class Replies:
    """Suggestions in the customer's language and within the channel's limit; nothing is sent or stored.

    Without the desk's database they are only small talk, questions and receipts.
    """

    def __init__(self, config: Settings, knowledge: Knowledge | None, database: Database | None) -> None:
        self._config = config
        self._knowledge = knowledge
        self._database = database
        self._opened = False
        self._styles = reply_styles(config.reply_limits)
        port: KnowledgePort = knowledge or _NoKnowledge()
        self._answerer = LocalAnswerer(
            Deps(
                port,
                _NoOrders(),
                config.desk_name,
                config.kb_top_k,
                default_language=config.default_language,
                costs=Costs.of(config),
                style_of=lambda case: self._styles[case.channel],
            )
        )

    async def suggest(self, ticket: dict[str, Any], body: str, subject: str, reading: Reading) -> str:
        """Never empty. Raises `Unavailable` where the database cannot be reached."""
        if self._database is not None and not self._opened:
            await self._database.open()
            self._opened = True
        channel = ChannelName(ticket.get("channel") or ChannelName.WEB_CHAT)
        case = _case(channel, body[:_MOST_CHARACTERS], subject)
        decision = await self._answerer.answer(case, reading, _NoStream())
        if decision.content and self._styles[channel].allow(decision.content):
            return decision.content
        language = supported_language(reading.language, self._config.default_language)
        return receipt(case, reading, language, self._config.desk_name, self._styles[channel])

    async def aclose(self) -> None:
        if self._knowledge is not None:
            await self._knowledge.aclose()
        if self._database is not None and self._opened:
            await self._database.close()


def receipt(case: Case, reading: Reading, language: str, desk_name: str, style: ReplyStyle) -> str:
    """A confirmation that the message was received, by its topic; after an apology where something went wrong."""
    reason = reading.escalation_reason
    topic = _BY_INTENT.get(reading.intent, str(reading.category))
    paragraphs = [say(f"received.{topic}", language), say("received.add", language)]
    if reason in _WITH_OPENING:
        paragraphs.insert(0, say(f"escalation.{reason}", language))
    elif reading.intent is Intent.COMPLAINT or reading.sentiment is Sentiment.NEGATIVE:
        paragraphs.insert(0, say("sorry", language))
    return shape(paragraphs, case, language, desk_name, style) or say(f"received.{Category.OTHER}", language)


def _case(channel: ChannelName, body: str, subject: str) -> Case:
    """A case with one message of an unknown customer."""
    turn = Turn(1, SenderType.CUSTOMER, body, datetime.now(UTC))
    ids = TicketId(""), 0, ConversationId("")
    return Case(
        *ids, channel, TicketStatus.NEW, subject, _UNKNOWN_CONTACT, (turn,), (turn,), language_hint=None
    )


class _NoStream:
    """A stream without a reader."""

    async def text(self, chunk: str) -> None:
        pass

    async def retract(self) -> None:
        pass


class _NoKnowledge:
    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        return []


class _NoOrders:
    """The customers of a file are not proven, so their orders are not shown."""

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        return None

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        return []
