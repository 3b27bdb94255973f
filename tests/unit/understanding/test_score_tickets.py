import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import ValidationFailed
from frontdesk.terms import Category, Difficulty, EntityType, EscalationReason, Intent, Priority
from frontdesk.tickets.reading import Entity, Reading
from frontdesk.understanding.labelled import LabelledTicket, entity_value, tickets_of_lines
from frontdesk.understanding.score_tickets import Hits, score, score_tickets


def reading(
    category: Category = Category.ORDER,
    priority: Priority = Priority.NORMAL,
    language: str = "en",
    confidence: float = 0.9,
    reason: EscalationReason | None = None,
    entities: tuple[tuple[EntityType, str], ...] = (),
) -> Reading:
    return Reading(
        language=language,
        category=category,
        intent=Intent.QUESTION,
        priority=priority,
        sentiment_score=0.5,
        risk=0.1,
        difficulty=Difficulty.EASY,
        confidence=confidence,
        summary="",
        entities=tuple(Entity(kind, value, value, 0, len(value)) for kind, value in entities),
        escalate=reason is not None,
        escalation_reason=reason,
    )


def ticket(**labels: Any) -> LabelledTicket:
    [labelled] = tickets_of_lines([json.dumps({"text": "x"} | labels)])
    return labelled


def test_a_field_that_a_ticket_lacks_is_not_counted() -> None:
    pairs = [(ticket(category="order"), reading()), (ticket(intent="request"), reading(Category.DELIVERY))]
    scores = score(pairs)
    assert scores.accuracy == {"category": 1.0, "intent": 0.0}
    assert scores.escalate is None
    assert scores.entities is None
    assert scores.category_ece == pytest.approx(0.1)


def test_priority_within_one_level_has_its_own_accuracy() -> None:
    pairs = [
        (ticket(priority="critical"), reading(priority=Priority.HIGH)),
        (ticket(priority="medium"), reading(priority=Priority.NORMAL)),
        (ticket(priority="low"), reading(priority=Priority.HIGH)),
        (ticket(priority="urgent"), reading(priority=Priority.NORMAL)),
    ]
    assert score(pairs).accuracy == {"priority": 0.25, "priority_within_one": 0.5}


def test_escalation_has_precision_and_recall_and_its_reason_an_accuracy() -> None:
    pairs = [
        (ticket(escalate=True, escalate_reason="safety"), reading(reason=EscalationReason.SAFETY)),
        (ticket(escalate=True, escalate_reason="fraud"), reading(reason=EscalationReason.ANGER)),
        (ticket(escalate=True, escalate_reason="legal"), reading()),
        (ticket(escalate=False, escalate_reason=None), reading(reason=EscalationReason.ANGER)),
        (ticket(escalate=False), reading()),
    ]
    scores = score(pairs)
    assert scores.escalate == Hits(predicted=3, labelled=3, correct=2)
    assert scores.accuracy == {"escalate": 0.6, "escalate_reason": pytest.approx(1 / 3)}


def test_entities_are_matched_within_their_ticket_by_type_and_value() -> None:
    order, amount = EntityType.ORDER_NUMBER, EntityType.AMOUNT
    pairs = [
        (
            ticket(entities={"order_number": ["A-1"], "amount": ["45 000.00"]}),
            reading(entities=((order, "A-1"), (amount, "45000"))),
        ),
        (ticket(entities=[{"type": "order_number", "value": "B-2"}]), reading(entities=((order, "A-1"),))),
        (ticket(entities={}), reading(entities=((order, "C-3"), (order, "C-3")))),
        (ticket(), reading(entities=((order, "D-4"),))),
    ]
    scores = score(pairs)
    assert scores.entity_types == {"order_number": Hits(3, 2, 1), "amount": Hits(1, 1, 1)}
    assert scores.entities == Hits(4, 3, 2)


def test_a_foreign_language_is_right_whichever_it_is() -> None:
    pairs = [(ticket(lang="other"), reading(language="de")), (ticket(lang="other"), reading(language="ru"))]
    assert score(pairs).accuracy == {"language": 0.5}


def test_the_parts_are_by_language_and_by_kind() -> None:
    tickets = [ticket(lang="en", kind="short"), ticket(lang="ru"), ticket(lang="ru", kind="long")]
    report = score_tickets(tickets, [reading()] * 3).as_json()
    assert {name: part["tickets"] for name, part in report["by_language"].items()} == {"en": 1, "ru": 2}
    assert set(report["by_kind"]) == {"short", "long"}
    assert report["by_language"]["ru"]["accuracy"] == {"language": 0.0}


@given(st.decimals(0, 10**12, allow_nan=False, places=2), st.integers(0, 3))
def test_amounts_are_compared_as_numbers(amount: Decimal, zeros: int) -> None:
    padded = f"{amount:,.2f}".replace(",", " ") + "0" * zeros
    assert entity_value("amount", padded) == entity_value("amount", str(amount))
    assert entity_value("amount", padded) != entity_value("amount", str(amount + 1))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_f1_lies_between_precision_and_recall(cases: list[tuple[bool, bool]]) -> None:
    pairs = [
        (ticket(escalate=label), reading(reason=EscalationReason.LEGAL if predicted else None))
        for label, predicted in cases
    ]
    hits = score(pairs).escalate
    assert hits is not None
    report = hits.as_json()
    if report["precision"] is not None and report["recall"] is not None and report["f1"] is not None:
        assert (
            min(report["precision"], report["recall"])
            <= report["f1"]
            <= max(report["precision"], report["recall"])
        )
    assert 0 <= hits.correct <= min(hits.predicted, hits.labelled)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"lang": "en"}', "`text` is missing"),
        ('{"text": 7}', "`text` must be a text"),
        ('{"text": "x", "category": []}', "`category`"),
        ('{"text": "x", "priority": "huge"}', "low, normal, high, urgent"),
        ('{"text": "x", "escalate": "yes"}', "`escalate`"),
        ('{"text": "x", "entities": "A-1"}', "`entities`"),
        ('{"text": "x", "entities": ["A-1"]}', "`entities`"),
        ('{"text": "x", "entities": [{"type": "amount"}]}', "a type and a value"),
        ('{"text": "x", "entities": {"amount": [null]}}', "a type and a value"),
    ],
)
def test_a_line_that_is_no_labelled_ticket_is_named(line: str, says: str) -> None:
    with pytest.raises(ValidationFailed) as raised:
        tickets_of_lines(['{"text": "good"}', "", line])
    assert raised.value.message.startswith("line 3: ")
    assert says in raised.value.message


def test_a_file_without_tickets_is_refused() -> None:
    with pytest.raises(ValidationFailed):
        tickets_of_lines(["", "\n"])
