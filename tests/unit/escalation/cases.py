"""Cases and readings to decide about."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from frontdesk.terms import (
    Category,
    ChannelName,
    ConversationId,
    CustomerId,
    Difficulty,
    Intent,
    Priority,
    Proof,
    SenderType,
    TicketId,
    TicketStatus,
)
from frontdesk.tickets.case import Case, Contact, Turn
from frontdesk.tickets.decision import Act, Decision, Provenance
from frontdesk.tickets.reading import Reading

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def reading(**changes: Any) -> Reading:
    plain: dict[str, Any] = {
        "language": "ru",
        "category": Category.DELIVERY,
        "intent": Intent.QUESTION,
        "priority": Priority.NORMAL,
        "sentiment_score": 0.5,
        "risk": 0.1,
        "difficulty": Difficulty.NORMAL,
        "confidence": 0.9,
        "summary": "Спрашивает, где заказ.",
    }
    return Reading(**(plain | changes))


def case(
    *messages: tuple[str, str] | tuple[str, str, object],
    pending: int = 1,
    ltv: float = 0,
    churn_risk: float = 0,
) -> Case:
    """`messages`: (`customer` | `answer` | `ask` | `manager`, text, sentiment score or None)."""
    turns = _turns(messages or [("customer", "Где мой заказ?")])
    return Case(
        ticket_id=TicketId("t"),
        number=1,
        conversation_id=ConversationId("c"),
        channel=ChannelName.WEB_CHAT,
        status=TicketStatus.AI_PROCESSING,
        subject="",
        contact=Contact(CustomerId("u"), None, None, None, None, False, ltv, churn_risk, Proof.NONE),
        turns=turns,
        pending=turns[-pending:],
        language_hint="ru",
    )


def _turns(messages: Sequence[tuple[Any, ...]]) -> tuple[Turn, ...]:
    return tuple(
        Turn(
            seq=at + 1,
            sender_type=SenderType.AI if who in ("answer", "ask") else SenderType(who),
            content=text,
            at=START + timedelta(minutes=at),
            sentiment_score=rest[0] if rest else None,
            decision=who if who in ("answer", "ask") else None,
        )
        for at, (who, text, *rest) in enumerate(messages)
    )


def decision(act: Act, content: str = "", confidence: float = 0.9, **changes: Any) -> Decision:
    return Decision(act, content, confidence, "because", Provenance("local", "local", "1"), **changes)
