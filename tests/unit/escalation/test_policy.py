from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.escalation.policy import EscalationRules, after_answer, before_answer, rules_from
from frontdesk.settings import Settings
from frontdesk.terms import Category, EntityType, EscalationReason, Intent
from frontdesk.tickets.decision import Act
from frontdesk.tickets.reading import Entity
from tests.unit.escalation.cases import case, decision, reading

R = EscalationReason
RULES = EscalationRules()
IN_ORDER: list[tuple[EscalationReason, dict[str, Any]]] = [
    (R.SAFETY, {"escalate": True, "escalation_reason": R.SAFETY}),
    (R.FRAUD, {"escalate": True, "escalation_reason": R.FRAUD}),
    (R.LEGAL, {"escalate": True, "escalation_reason": R.LEGAL}),
    (R.ASKS_HUMAN, {"escalate": True, "escalation_reason": R.ASKS_HUMAN}),
    (R.ANGER, {"escalate": True, "escalation_reason": R.ANGER, "sentiment_score": 0.1}),
    (R.REFUND_ABOVE_POLICY, {"escalate": True, "escalation_reason": R.REFUND_ABOVE_POLICY}),
    (R.POLICY, {"escalate": True, "escalation_reason": R.POLICY}),
    (R.HIGH_RISK, {"risk": 0.71}),
    (R.CHURN, {"intent": Intent.COMPLAINT}),
    (R.SENTIMENT_DROP, {"sentiment_score": 0.1}),
    (R.OUT_OF_SCOPE, {"out_of_scope": True}),
]
SOURED = (("customer", "a", 0.6), ("answer", "b"), ("customer", "c", 0.5), ("answer", "d"), ("customer", "e"))


def _amount(value: str, currency: str | None = "KZT") -> tuple[Entity, ...]:
    return (Entity(EntityType.AMOUNT, value, value, 0, len(value), currency),)


def test_an_ordinary_question_is_answered() -> None:
    assert before_answer(reading(), case(), RULES) is None


@pytest.mark.parametrize(("reason", "fields"), IN_ORDER, ids=[reason for reason, _ in IN_ORDER])
def test_each_reason_alone_brings_a_person(reason: EscalationReason, fields: dict[str, Any]) -> None:
    opened = {R.CHURN: case(ltv=3500, churn_risk=0.8), R.SENTIMENT_DROP: case(*SOURED)}.get(reason, case())
    assert before_answer(reading(**fields), opened, RULES) is reason


@pytest.mark.parametrize(("first", "second"), list(combinations(range(len(IN_ORDER)), 2)))
def test_of_two_reasons_the_more_serious_is_given(first: int, second: int) -> None:
    (graver, fields), (_, also) = IN_ORDER[first], IN_ORDER[second]
    opened = case(*SOURED, ltv=3500, churn_risk=0.8)
    assert before_answer(reading(**(also | fields)), opened, RULES) is graver


@pytest.mark.parametrize("kind", ["greeting", "thanks", "goodbye", "noise"])
@pytest.mark.parametrize(("reason", "fields"), IN_ORDER, ids=[reason for reason, _ in IN_ORDER])
def test_small_talk_never_escalates(reason: EscalationReason, fields: dict[str, Any], kind: str) -> None:
    opened = case(*SOURED, ltv=3500, churn_risk=0.8)
    assert before_answer(reading(**fields, small_talk=kind), opened, RULES) is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sentiment_score": 0.05}, "disappointment alone is no anger"),
        (
            {"escalate": True, "escalation_reason": R.ANGER, "sentiment_score": 0.3},
            "abusive but not frustrated",
        ),
        ({"escalation_reason": R.SAFETY}, "understanding itself does not want a person"),
        ({"risk": 0.7}, "the risk is at its threshold, not above"),
        (
            {"escalate": True, "escalation_reason": R.LOW_CONFIDENCE, "confidence": 0.1},
            "an answer may still be found",
        ),
    ],
)
def test_what_is_not_enough(fields: dict[str, Any], why: str) -> None:
    assert before_answer(reading(**fields), case(), RULES) is None, why


def test_a_wish_to_escalate_without_a_reason_is_kept_for_people() -> None:
    assert before_answer(reading(escalate=True), case(), RULES) is R.POLICY


@pytest.mark.parametrize(
    ("value", "currency", "reason"),
    [
        ("200000.01", "KZT", R.REFUND_ABOVE_POLICY),
        ("250000", None, R.REFUND_ABOVE_POLICY),
        ("200000", "KZT", None),
        ("250000", "RUB", None),
        ("NaN", "KZT", None),
        ("Infinity", "KZT", None),
        ("a lot", "KZT", None),
    ],
)
def test_a_refund_above_the_limit_is_a_persons(
    value: str, currency: str | None, reason: EscalationReason | None
) -> None:
    wants = reading(intent=Intent.RETURN, category=Category.RETURNS, entities=_amount(value, currency))
    assert before_answer(wants, case(), RULES) is reason


def test_a_large_sum_in_a_mere_question_is_no_refund() -> None:
    asks = reading(category=Category.RETURNS, entities=_amount("900000"))
    assert before_answer(asks, case(), RULES) is None


@pytest.mark.parametrize(
    ("ltv", "risk", "intent", "reason"),
    [
        (1000.01, 0.71, Intent.COMPLAINT, R.CHURN),
        (1000, 0.71, Intent.COMPLAINT, None),
        (1000.01, 0.7, Intent.COMPLAINT, None),
        (9000, 0.99, Intent.QUESTION, None),
    ],
)
def test_churn_needs_value_risk_and_a_complaint(
    ltv: float, risk: float, intent: Intent, reason: EscalationReason | None
) -> None:
    assert before_answer(reading(intent=intent), case(ltv=ltv, churn_risk=risk), RULES) is reason


@pytest.mark.parametrize(("ltv", "risk", "reason"), [(51, 0.21, R.CHURN), (50, 0.9, None), (900, 0.2, None)])
def test_from_which_value_and_risk_a_complaint_is_churn_the_settings_say(
    ltv: float, risk: float, reason: EscalationReason | None
) -> None:
    rules = rules_from(Settings(_env_file=None, churn_risk_above=0.2, churn_value_above=50))
    complains = reading(intent=Intent.COMPLAINT)
    assert before_answer(complains, case(ltv=ltv, churn_risk=risk), rules) is reason


@pytest.mark.parametrize(
    ("scores", "now", "dropped"),
    [
        ((0.6, 0.5), 0.1, True),
        ((0.4, 0.4), 0.1, True),
        ((0.35, 0.3), 0.1, False),  # too small a drop
        ((0.6, 0.5), 0.3, False),  # not frustrated
        ((0.3, 0.6), 0.1, False),  # up and down
        ((0.9, None), 0.1, False),  # too little is known
    ],
)
def test_a_mood_that_falls_from_message_to_message(
    scores: tuple[float | None, float | None], now: float, dropped: bool
) -> None:
    first, second = scores
    opened = case(
        ("customer", "a", first),
        ("answer", "b"),
        ("customer", "c", second),
        ("answer", "d"),
        ("customer", "e"),
    )
    assert before_answer(reading(sentiment_score=now), opened, RULES) is (
        R.SENTIMENT_DROP if dropped else None
    )


def test_a_mood_that_fell_before_the_ai_said_anything_is_no_drop() -> None:
    opened = case(("customer", "a", 0.6), ("customer", "b", 0.4), ("customer", "c"))
    assert before_answer(reading(sentiment_score=0.1), opened, RULES) is None


@pytest.mark.parametrize(("confidence", "reason"), [(0.55, None), (0.549, R.LOW_CONFIDENCE), (1, None)])
def test_an_unsure_answer_is_not_said(confidence: float, reason: EscalationReason | None) -> None:
    assert after_answer(decision(Act.ANSWER, "Завтра.", confidence), case(), RULES) is reason


def test_asking_back_needs_no_confidence() -> None:
    assert after_answer(decision(Act.ASK, "Номер заказа?", 0.1), case(), RULES) is None


@pytest.mark.parametrize("reason", list(R))
def test_a_guards_or_answerers_own_reason_passes_through(reason: EscalationReason) -> None:
    assert after_answer(decision(Act.ESCALATE, reason=reason), case(), RULES) is reason


def test_an_escalation_without_a_reason_was_unsure() -> None:
    assert after_answer(decision(Act.ESCALATE), case(), RULES) is R.LOW_CONFIDENCE


def test_the_same_question_back_twice_is_a_failure() -> None:
    opened = case(("customer", "где заказ"), ("ask", "Назовите номер заказа."), ("customer", "не знаю"))
    again = decision(Act.ASK, "Назовите номер заказа!")
    assert after_answer(again, opened, RULES) is R.REPEATED_FAILURE


def test_another_question_back_is_allowed_and_a_third_is_not() -> None:
    once = case(("customer", "где заказ"), ("ask", "Войдите в аккаунт."), ("customer", "вошёл"))
    number = decision(Act.ASK, "Назовите номер заказа.")
    assert after_answer(number, once, RULES) is None
    twice = case(
        ("customer", "где заказ"), ("ask", "Войдите в аккаунт."), ("customer", "вошёл"),
        ("ask", "О каком заказе речь?"), ("customer", "о моём"),
    )  # fmt: skip
    assert after_answer(number, twice, RULES) is R.REPEATED_FAILURE


def test_a_second_request_to_sign_in_is_no_failure_and_a_third_is() -> None:
    turns = [("customer", "где заказ"), ("ask", "Войдите в аккаунт."), ("customer", "а когда привезут")]
    again = replace(decision(Act.ASK, "Войдите в аккаунт!"), awaits_proof=True)
    assert after_answer(again, case(*turns), RULES) is None
    turns += [("ask", "Войдите в аккаунт!"), ("customer", "ну так когда")]
    assert after_answer(again, case(*turns), RULES) is R.REPEATED_FAILURE


def test_noise_may_be_asked_about_as_often_as_it_comes() -> None:
    opened = case(("customer", "asdf"), ("ask", "Что случилось?"), ("customer", "asdf"))
    again = decision(Act.ASK, "Что случилось?", 0.2)
    assert after_answer(again, opened, RULES, reading(small_talk="noise")) is None
    assert after_answer(again, opened, RULES, reading()) is R.REPEATED_FAILURE


@pytest.mark.parametrize("between", ["answer", "manager"])
def test_an_answer_in_between_forgives_the_questions_before(between: str) -> None:
    opened = case(
        ("customer", "где заказ"), ("ask", "Назовите номер заказа."), ("customer", "54321"),
        (between, "Он в пути."), ("customer", "а второй"),
    )  # fmt: skip
    assert after_answer(decision(Act.ASK, "Назовите номер заказа."), opened, RULES) is None


def _asked(*questions: str) -> Any:
    messages = [
        message
        for question in questions[:-1]
        for message in (("customer", question), ("answer", "См. правила."))
    ]
    return case(*messages, ("customer", questions[-1]))


@pytest.mark.parametrize(
    ("questions", "failed"),
    [
        (("Как вернуть телефон?", "как вернуть телефон???", "КАК ВЕРНУТЬ ТЕЛЕФОН"), True),
        (("Как вернуть телефон?", "Как вернуть телефон?"), False),
        (("Где заказ 11111?", "Где заказ 22222?", "Где заказ 33333?"), False),
        (
            (
                "Доставка в Шымкент сколько идёт?",
                "Доставка в Актау сколько идёт?",
                "Доставка в Тараз сколько идёт?",
            ),
            False,
        ),
        (("Тапсырысым қайда?", "Тапсырысым қайда", "тапсырысым кайда"), True),
        (("👍", "👍", "👍"), False),
    ],
)
def test_a_question_answered_twice_without_success_goes_to_a_person(
    questions: tuple[str, ...], failed: bool
) -> None:
    expected = R.REPEATED_FAILURE if failed else None
    assert after_answer(decision(Act.ANSWER, "См. правила."), _asked(*questions), RULES) is expected


def test_thresholds_are_settings() -> None:
    settings = Settings(_env_file=None, answer_confidence=0.8, refund_limit=Decimal(5), refund_currency="usd")
    rules = rules_from(settings)
    assert (rules.confidence, rules.refund_limit, rules.refund_currency) == (0.8, Decimal(5), "USD")
    assert after_answer(decision(Act.ANSWER, "Да.", 0.79), case(), rules) is R.LOW_CONFIDENCE
    wants = reading(intent=Intent.RETURN, category=Category.RETURNS, entities=_amount("6", "USD"))
    assert before_answer(wants, case(), rules) is R.REFUND_ABOVE_POLICY


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.text(max_size=40))
def test_no_text_makes_the_policy_fail(texts: list[str], content: str) -> None:
    opened = _asked(*texts)
    for act in Act:
        after_answer(decision(act, content), opened, RULES)
    before_answer(reading(), opened, RULES)
