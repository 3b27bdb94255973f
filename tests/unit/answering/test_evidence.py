"""Evidence: one shape whatever gave it, one short name in a run."""

from dataclasses import replace

from frontdesk.answering.evidence import Evidence, EvidenceKind, Findings, passage_evidence
from frontdesk.answering.tools.orders import order_evidence
from frontdesk.tickets.decision import Source
from tests.contracts.answering_world import AIGERIM, PASSAGES, order

DELIVERY, RETURNS = PASSAGES[2], PASSAGES[3]


def result(name: str) -> Evidence:
    return Evidence(
        name, EvidenceKind.RESULT, "a slot is free at 10:00", Source(name, "Slots", "", "10:00", 1.0)
    )


def test_passages_get_short_names_in_order_and_everything_else_goes_by_its_id() -> None:
    findings = Findings()
    names = [
        findings.add(piece)
        for piece in (
            passage_evidence(DELIVERY),
            order_evidence(order("54321", AIGERIM), "en", None),
            result("slots:1"),
            passage_evidence(RETURNS),
        )
    ]
    assert names == ["p1", "order:54321", "slots:1", "p2"]
    assert findings.names == tuple(names)


def test_what_is_looked_up_again_keeps_its_name() -> None:
    findings = Findings()
    first = findings.add(passage_evidence(DELIVERY))
    findings.add(passage_evidence(RETURNS))
    assert findings.add(passage_evidence(replace(DELIVERY, score=0.1))) == first
    assert len(findings.names) == 2


def test_another_text_of_the_same_document_is_another_piece() -> None:
    changed = passage_evidence(replace(DELIVERY, text="Delivery takes a week."))
    assert changed.id != passage_evidence(DELIVERY).id


def test_names_are_understood_as_models_write_them() -> None:
    findings = Findings()
    findings.add(passage_evidence(DELIVERY))
    findings.add(order_evidence(order("54321", AIGERIM), "en", None))
    assert findings.cited(["[P1]", "#54321", "p1", "p7", "order:99999"]) == ("p1", "order:54321")


def test_a_reply_may_state_the_text_and_what_its_source_is_called() -> None:
    basis = passage_evidence(DELIVERY).basis
    for part in (DELIVERY.title, DELIVERY.text, DELIVERY.url or ""):
        assert part in basis
