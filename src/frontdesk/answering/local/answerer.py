"""Answers without an LLM: small talk, the customer's orders, and sentences out of the knowledge base."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from frontdesk.answering.answerer import Stream
from frontdesk.answering.deps import Deps
from frontdesk.answering.local import orders, own_order
from frontdesk.answering.local.articles import Articles, asked_already
from frontdesk.answering.local.injection import tries_to_instruct
from frontdesk.answering.local.outcomes import ArticleAnswer
from frontdesk.answering.local.parts import asks_how_first
from frontdesk.answering.local.reply import ReplyBuilder
from frontdesk.answering.local.shape import chunks, first_name
from frontdesk.answering.local.short_replies import said_before, to_short_reply
from frontdesk.answering.tools.orders import order_evidence
from frontdesk.kit.words import words
from frontdesk.phrases import LANGUAGES, say, supported_language
from frontdesk.terms import ChannelName, EscalationReason, Intent, Proof, SenderType
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import Reading

_HURT_BELOW = 0.4
"""A message below this score is met with a word of regret first."""
_SIGN_IN = ("ask.sign_in", "ask.sign_in_here")
AT_ONCE = 4
"""It computes rather than waits: of more at once none is answered sooner, and all that the process does is later."""


class LocalAnswerer:
    """Implements `answering.answerer.Answerer`; says nothing that is not in an article or an order."""

    name = "local"

    def __init__(self, deps: Deps, now: Callable[[], datetime] | None = None) -> None:
        self._deps = deps
        self._articles = Articles(deps)
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
        language = supported_language(reading.language, self._deps.default_language)
        builder = ReplyBuilder(
            case, language, self._deps.desk_name, self._deps.style_of(case), _is_hurt(reading)
        )
        if reading.short_reply is not None and not self._means_more(case, reading, language):
            return to_short_reply(builder, reading.short_reply)
        if reading.escalate and reading.escalation_reason is not None:
            return await self._for_person(builder, reading, reading.escalation_reason)
        if tries_to_instruct(case.question):
            return builder.ask(
                [builder.phrase("small_talk.instructed")], 0.9, Rationale(RationaleCode.SMALL_TALK)
            )
        is_number = _is_the_number_asked_for(case, reading)
        if reading.small_talk is not None and not is_number:
            return _small_talk(builder, reading.small_talk)
        if _is_praise(reading):
            return builder.answer([builder.phrase("small_talk.praise")], 0.9, Rationale(RationaleCode.PRAISE))
        if is_number or "order_status" in reading.tags or await self._is_about_own_order(builder, reading):
            return await self._order(builder, reading)
        return await self._articles.answer(builder, reading)

    def _means_more(self, case: Case, reading: Reading, language: str) -> bool:
        """Whether a short reply chooses what was offered, or praises although nothing was said before."""
        praise = _is_praise(reading) and said_before(case) is None
        return praise or self._articles.is_choice(case, language)

    async def _is_about_own_order(self, builder: ReplyBuilder, reading: Reading) -> bool:
        """Whether a proven customer names an order of their own, or a product in one that is under way."""
        text, contact = builder.case.question, builder.case.contact
        numbered = bool(orders.numbers_asked(reading))
        if contact.customer_id is None or not contact.proof.reaches(Proof.ATTESTED):
            return numbered and reading.intent is Intent.CANCEL
        if numbered:
            return True
        own, expected = own_order.speaks_of_own(text, reading), own_order.expects(text)
        if not own and not expected:
            return False
        newest = await self._deps.orders.orders_of(contact.customer_id)
        return (
            bool(newest) if own else bool(orders.holding(orders.open_orders(newest), text, builder.language))
        )

    async def _order(self, builder: ReplyBuilder, reading: Reading) -> Decision:
        """How the order stands, and the rule where one is asked for as well ("can I still change it?")."""
        contact = builder.case.contact
        if contact.customer_id is None or not contact.proof.reaches(Proof.ATTESTED):
            return self._ask_to_sign_in(builder, await self._articles.rule(builder, reading))
        meant = await own_order.meant(
            builder.case, builder.language, reading, contact.customer_id, self._deps.orders
        )
        if meant.unknown is not None:
            text = builder.phrase("ask.order_not_found", number=meant.unknown)
            return builder.ask([text], 0.75, Rationale(RationaleCode.ORDER_NOT_FOUND))
        if not meant.shown:
            return builder.ask([builder.phrase("ask.order_number")], 0.7, Rationale(RationaleCode.NO_ORDERS))
        state = builder.phrase(f"order.state.{meant.shown[0].status}")
        rule = await self._articles.rule(builder, reading, state)
        return self._describe(builder, meant, rule, own_order.corrected(reading))

    def _describe(
        self,
        builder: ReplyBuilder,
        meant: own_order.Meant,
        rule: ArticleAnswer | None,
        corrected: Iterable[str],
    ) -> Decision:
        now, zone = self._now(), self._deps.timezone
        described = [(order, orders.describe(order, builder.language, now, zone)) for order in meant.shown]
        paragraphs = [" ".join(lines) for _, lines in described]
        if meant.others:
            numbers = ", ".join(order.number for order in meant.others)
            paragraphs.append(builder.phrase("order.others", numbers=numbers))
        paragraphs[:0] = [builder.phrase("order.meant", number=number) for number in corrected]
        evidence = tuple(
            order_evidence(order, builder.language, ZoneInfo(zone), quote=" ".join(lines))
            for order, lines in described
        )
        late = any(orders.is_late(order, now, zone) for order in meant.shown)
        builder = replace(builder, regret=builder.regret or late)
        confidence, own = 0.85 if meant.others else 0.93, Rationale(RationaleCode.OWN_ORDER)
        if rule is None:
            return builder.answer(paragraphs, confidence, own, evidence=evidence)
        why = (own, Rationale(RationaleCode.ORDER_RULE, {"title": rule.choice.passage.title}))
        confidence = min(confidence, rule.choice.confidence)
        parts = [(paragraphs, evidence), (rule.paragraphs, rule.evidence)]
        if asks_how_first(builder.case.question):
            parts.reverse()
        (first, first_evidence), (second, second_evidence) = parts
        return builder.answer([*first, *second], confidence, *why, evidence=first_evidence + second_evidence)

    def _ask_to_sign_in(self, builder: ReplyBuilder, rule: ArticleAnswer | None) -> Decision:
        why = Rationale(RationaleCode.IDENTITY_NEEDED)
        if builder.case.channel is ChannelName.SMS:
            return replace(builder.ask([builder.phrase("ask.sign_in_short")], 0.9, why), awaits_proof=True)
        paragraphs = [*rule.paragraphs] if rule else []
        paragraphs.append(builder.phrase(_sign_in_phrase(builder.case)))
        if self._deps.sign_in_url:
            paragraphs.append(builder.phrase("ask.sign_in_link", url=self._deps.sign_in_url))
        asked = builder.ask(paragraphs, 0.9, why, evidence=rule.evidence if rule else ())
        return replace(asked, awaits_proof=asked.act is Act.ASK)

    async def _for_person(
        self, builder: ReplyBuilder, reading: Reading, reason: EscalationReason
    ) -> Decision:
        """A person must answer; the best article is suggested to them."""
        why = Rationale(RationaleCode.NEEDS_PERSON)
        if reason is EscalationReason.ASKS_HUMAN:
            return builder.escalate(reason, 0.95, why)
        suggestion = await self._articles.suggestion(builder, reading)
        if suggestion is None or not suggestion.paragraphs:
            return builder.escalate(reason, 0.9, why)
        suggested = "\n\n".join(suggestion.paragraphs)
        return builder.escalate(reason, 0.9, why, suggestion=suggested, evidence=suggestion.evidence)


def _sign_in_phrase(case: Case) -> str:
    """Who has just been asked to and asks on is told something else."""
    last = next((turn for turn in reversed(case.turns) if turn.sender_type is SenderType.AI), None)
    asked = [say(key, language) for key in _SIGN_IN for language in LANGUAGES]
    if last is not None and any(text in last.content for text in asked):
        return "ask.sign_in_still"
    return "ask.sign_in_here" if case.channel is ChannelName.WEB_CHAT else "ask.sign_in"


def _small_talk(builder: ReplyBuilder, kind: str) -> Decision:
    if kind == "noise":
        return builder.ask([builder.phrase("small_talk.noise")], 0.6, Rationale(RationaleCode.NOISE))
    name = first_name(builder.case)
    if kind == "greeting" and name and builder.case.channel not in {ChannelName.EMAIL, ChannelName.WEB_FORM}:
        text = builder.phrase("small_talk.greeting_name", name=name)
    else:
        text = builder.phrase(f"small_talk.{kind}")
    return builder.answer([text], 0.95, Rationale(RationaleCode.SMALL_TALK))


def _is_praise(reading: Reading) -> bool:
    return reading.intent is Intent.PRAISE and reading.sentiment_score > 0.6


def _is_hurt(reading: Reading) -> bool:
    return reading.intent is not Intent.PRAISE and reading.sentiment_score < _HURT_BELOW


def _is_the_number_asked_for(case: Case, reading: Reading) -> bool:
    """Whether this message is the order number that the desk asked for."""
    return bool(orders.numbers_asked(reading)) and asked_already(case) and len(words(case.question)) <= 6
