"""A suggested reply for each ticket of a file: what the desk would answer without a model, else a plain receipt."""

from datetime import UTC, datetime
from typing import Any

from frontdesk.answering.deps import Deps, KnowledgePort
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.answering.local.shape import shape
from frontdesk.channels.style import ReplyStyle, reply_styles
from frontdesk.db.pool import Database
from frontdesk.knowledge import Knowledge
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
"""Of a longer message the beginning is answered."""
_OPENINGS = frozenset(EscalationReason) - {EscalationReason.ASKS_HUMAN}
"""That a person will come is a promise, and not this file's to give."""
_BY_INTENT = {Intent.CANCEL: "cancel", Intent.RETURN: "return"}
_NOBODY = Contact(None, None, None, None, None, vip=False, ltv=0.0, churn_risk=0.0, proof=Proof.NONE)


class Replies:
    """Suggestions in the customer's language and within the channel's limit; nothing is sent, asked or kept.

    Without a database of the desk's only small talk, questions back and receipts are left.
    """

    def __init__(self, config: Settings, knowledge: Knowledge | None, database: Database | None) -> None:
        self._config = config
        self._knowledge = knowledge
        self._database = database
        self._opened = False
        self._styles = reply_styles(config.reply_limits)
        port: KnowledgePort = knowledge or _NothingKnown()
        self._answerer = LocalAnswerer(
            Deps(
                port,
                _NoOrders(),
                config.desk_name,
                config.kb_top_k,
                default_language=config.default_language,
                style_of=lambda case: self._styles[case.channel],
            )
        )

    async def suggest(self, ticket: dict[str, Any], body: str, subject: str, reading: Reading) -> str:
        """Never empty. Raises `Unavailable` where the database went away."""
        if self._database is not None and not self._opened:
            await self._database.open()
            self._opened = True
        channel = ChannelName(ticket.get("channel") or ChannelName.WEB_CHAT)
        case = _case(channel, body[:_MOST_CHARACTERS], subject)
        decision = await self._answerer.answer(case, reading, _Unheard())
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
    """That the message came, by its matter; with a word of regret first where something went wrong."""
    reason = reading.escalation_reason
    matter = _BY_INTENT.get(reading.intent, str(reading.category))
    paragraphs = [say(f"received.{matter}", language), say("received.add", language)]
    if reason in _OPENINGS:
        paragraphs.insert(0, say(f"escalation.{reason}", language))
    elif reading.intent is Intent.COMPLAINT or reading.sentiment is Sentiment.NEGATIVE:
        paragraphs.insert(0, say("sorry", language))
    return shape(paragraphs, case, language, desk_name, style) or say(f"received.{Category.OTHER}", language)


def _case(channel: ChannelName, body: str, subject: str) -> Case:
    """A first message from somebody unknown."""
    said = Turn(1, SenderType.CUSTOMER, body, datetime.now(UTC))
    ids = TicketId(""), 0, ConversationId("")
    return Case(*ids, channel, TicketStatus.NEW, subject, _NOBODY, (said,), (said,), language_hint=None)


class _Unheard:
    """A stream that nobody listens to."""

    async def text(self, chunk: str) -> None:
        pass

    async def retract(self) -> None:
        pass


class _NothingKnown:
    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        return []


class _NoOrders:
    """Whose the tickets of a file are is not proven: no order is told."""

    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        return None

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        return []
