"""Answers without an LLM: small talk, the customer's orders, and sentences out of the knowledge base."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from frontdesk.answering import local_orders, local_passages
from frontdesk.answering.answerer import Stream
from frontdesk.answering.deps import Deps
from frontdesk.answering.local_passages import Choice
from frontdesk.answering.local_reply import Writer
from frontdesk.answering.local_shape import chunks, first_name
from frontdesk.kit.words import words
from frontdesk.knowledge.passage import Passage
from frontdesk.phrases import LANGUAGES, spoken
from frontdesk.store.order import Order
from frontdesk.terms import Category, ChannelName, CustomerId, EscalationReason, Intent, Proof, SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.reading import Reading

_PROVEN = frozenset({Proof.ATTESTED, Proof.VERIFIED})
_GOOD = 0.55
"""Below this an answer is only a suggestion to a person; the policy stage has the last word."""
_FOREIGN_GOOD = 0.7
"""The same for a customer whose language the knowledge base does not speak."""
_HURT_BELOW = 0.4
"""A message below this score is met with a word of regret first."""
_CERTAIN = 0.93
_DOUBT = 0.2
"""Below this nothing in the knowledge base is about the question."""
_CANDIDATES = 8
"""How many passages are weighed against each other."""
_FRAGMENT = 3
"""So few words are taken for the rest of what was asked before."""


class LocalAnswerer:
    """Implements `answering.answerer.Answerer`; says nothing that is not in an article or an order."""

    name = "local"

    def __init__(self, deps: Deps, now: Callable[[], datetime] | None = None) -> None:
        self._deps = deps
        self._now = now or (lambda: datetime.now(UTC))

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        """Streams an answer or a question back; what a person must answer is only suggested to them."""
        started = time.perf_counter()
        decision = await self._decide(case, reading)
        if decision.act is not Act.ESCALATE:
            for chunk in chunks(decision.content):
                await stream.text(chunk)
        took = int((time.perf_counter() - started) * 1000)
        return replace(decision, made_by=replace(decision.made_by, latency_ms=took))

    async def _decide(self, case: Case, reading: Reading) -> Decision:
        language = spoken(reading.language, self._deps.default_language)
        writer = Writer(case, language, self._deps.desk_name, _is_hurt(reading))
        if reading.escalate and reading.escalation_reason is not None:
            return await self._for_person(writer, reading, reading.escalation_reason)
        is_number = _is_the_number_asked_for(case, reading)
        if reading.small_talk is not None and not is_number:
            return _small_talk(writer, reading.small_talk)
        if reading.intent is Intent.PRAISE and reading.sentiment_score > 0.6:
            return writer.answer([writer.phrase("small_talk.praise")], 0.9, "Praise that asks for nothing.")
        if "order_status" in reading.tags or is_number:
            return await self._order(writer, reading)
        return await self._knowledge(writer, reading)

    async def _order(self, writer: Writer, reading: Reading) -> Decision:
        contact = writer.case.contact
        if contact.customer_id is None or contact.proof not in _PROVEN:
            return self._ask_to_sign_in(writer)
        numbers = local_orders.numbers_asked(reading)
        if numbers:
            return await self._named_orders(writer, contact.customer_id, numbers)
        mentioned = await local_orders.mentioned_earlier(writer.case, self._deps.orders, contact.customer_id)
        if mentioned is not None:
            return self._tell(writer, [mentioned])
        newest = await self._deps.orders.orders_of(contact.customer_id)
        if not newest:
            return writer.ask([writer.phrase("ask.order_number")], 0.7, "The customer has no orders here.")
        under_way = local_orders.open_orders(newest) or newest[:1]
        return self._tell(writer, under_way[:1], others=under_way[1:4])

    async def _named_orders(self, writer: Writer, customer: CustomerId, numbers: list[str]) -> Decision:
        found: list[Order] = []
        for number in numbers[:3]:
            order = await self._deps.orders.order_of(customer, number)
            if order is None:
                text = writer.phrase("ask.order_not_found", number=number)
                return writer.ask([text], 0.75, "No order of this customer has that number.")
            found.append(order)
        return self._tell(writer, found)

    def _tell(self, writer: Writer, orders: list[Order], others: list[Order] | None = None) -> Decision:
        now, zone = self._now(), self._deps.timezone
        told = [(order, local_orders.describe(order, writer.language, now, zone)) for order in orders]
        paragraphs = [" ".join(lines) for _, lines in told]
        if others:
            numbers = ", ".join(order.number for order in others)
            paragraphs.append(writer.phrase("order.others", numbers=numbers))
        sources = tuple(local_orders.source_of(order, lines) for order, lines in told)
        late = any(local_orders.is_late(order, now, zone) for order in orders)
        writer = replace(writer, regret=writer.regret or late)
        confidence = 0.85 if others else 0.93
        return writer.answer(paragraphs, confidence, "Told from the customer's own order.", sources)

    def _ask_to_sign_in(self, writer: Writer) -> Decision:
        note = "Orders are told only to a customer whose identity is proven."
        if writer.case.channel is ChannelName.SMS:
            return writer.ask([writer.phrase("ask.sign_in_short")], 0.9, note)
        here = writer.case.channel is ChannelName.WEB_CHAT
        paragraphs = [writer.phrase("ask.sign_in_here" if here else "ask.sign_in")]
        if self._deps.sign_in_url:
            paragraphs.append(writer.phrase("ask.sign_in_link", url=self._deps.sign_in_url))
        return writer.ask(paragraphs, 0.9, note)

    async def _knowledge(self, writer: Writer, reading: Reading) -> Decision:
        question = _question(writer.case)
        choice = await self._choose(question, writer.language, reading)
        if choice is None or choice.confidence < _DOUBT or _is_foreign_matter(reading, choice):
            strange = reading.out_of_scope or reading.category is Category.OTHER
            strange = strange and reading.language in LANGUAGES
            reason = EscalationReason.OUT_OF_SCOPE if strange else EscalationReason.LOW_CONFIDENCE
            return writer.escalate(reason, choice.confidence if choice else 0.1, "No article is about this.")
        if choice.rival is not None and not _asked_already(writer.case):
            return _which_of_two(writer, choice.passage, choice.rival, choice.confidence)
        return _from_article(writer, reading, choice, question)

    async def _choose(self, question: str, language: str, reading: Reading) -> Choice | None:
        limit = max(self._deps.top_k, _CANDIDATES)
        passages = await self._deps.knowledge.search(question, language=language, limit=limit)
        return local_passages.choose(passages, question, language, reading.category, reading.confidence)

    async def _for_person(self, writer: Writer, reading: Reading, reason: EscalationReason) -> Decision:
        """A person must answer; the best article is suggested to them."""
        shown = ", ".join(reading.explanation.get("escalation_reason", [])) or reason.value
        note = f"The message calls for a person: {shown}."
        if reason is EscalationReason.ASKS_HUMAN:
            return writer.escalate(reason, 0.95, note)
        question = _question(writer.case)
        choice = await self._choose(question, writer.language, reading)
        if choice is None or choice.confidence < _GOOD:
            return writer.escalate(reason, 0.9, note)
        quoted = local_passages.answer_sentences(choice.passage, question, writer.room)
        sources = (local_passages.source_of(choice.passage, quoted),) if quoted else ()
        return writer.escalate(reason, 0.9, note, suggestion=quoted, sources=sources)


def _small_talk(writer: Writer, kind: str) -> Decision:
    if kind == "noise":
        return writer.ask([writer.phrase("small_talk.noise")], 0.6, "There is nothing to understand in it.")
    name = first_name(writer.case)
    if kind == "greeting" and name and writer.case.channel not in {ChannelName.EMAIL, ChannelName.WEB_FORM}:
        text = writer.phrase("small_talk.greeting_name", name=name)
    else:
        text = writer.phrase(f"small_talk.{kind}")
    return writer.answer([text], 0.95, f"Small talk: {kind}.")


def _which_of_two(writer: Writer, first: Passage, second: Passage, confidence: float) -> Decision:
    text = writer.phrase("ask.which_topic", first=first.title, second=second.title)
    sources = tuple(local_passages.source_of(passage, passage.quote) for passage in (first, second))
    return writer.ask(
        [text], max(0.6, confidence), "Two articles compete, or neither is sure enough.", sources
    )


def _from_article(writer: Writer, reading: Reading, choice: Choice, question: str) -> Decision:
    quoted = local_passages.answer_sentences(choice.passage, question, writer.room)
    source = local_passages.source_of(choice.passage, quoted or choice.passage.quote)
    least = _GOOD if reading.language in LANGUAGES else _FOREIGN_GOOD
    if not quoted or choice.confidence < least:
        note = f"Unsure: the best article is “{choice.passage.title}” ({choice.confidence:.2f})."
        reason = EscalationReason.LOW_CONFIDENCE
        return writer.escalate(reason, choice.confidence, note, suggestion=quoted, sources=(source,))
    note = f"From the article “{choice.passage.title}”."
    return writer.answer([quoted], choice.confidence, note, (source,))


def _is_hurt(reading: Reading) -> bool:
    return reading.intent is not Intent.PRAISE and reading.sentiment_score < _HURT_BELOW


def _is_foreign_matter(reading: Reading, choice: Choice) -> bool:
    return reading.out_of_scope and choice.confidence < _CERTAIN


def _is_the_number_asked_for(case: Case, reading: Reading) -> bool:
    """Whether this message is the order number that the desk asked for."""
    return bool(local_orders.numbers_asked(reading)) and _asked_already(case) and len(words(case.text)) <= 6


def _question(case: Case) -> str:
    """What to search for: the pending text; a mere fragment is joined to what was asked before."""
    text = case.text.strip()
    if len(words(text)) > _FRAGMENT:
        return text
    pending = {turn.seq for turn in case.pending}
    before = [t.content for t in case.turns if t.sender_type is SenderType.CUSTOMER and t.seq not in pending]
    return f"{before[-1][:500]}\n{text}" if before else text


def _asked_already(case: Case) -> bool:
    """One question back is enough: after it the desk answers or brings a person."""
    said = [turn.decision for turn in case.turns if turn.sender_type is SenderType.AI]
    return bool(said) and said[-1] == "ask"
