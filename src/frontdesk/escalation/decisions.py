"""Decisions to escalate that a rule made, not a model."""

import dataclasses

from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act, Decision, Provenance
from frontdesk.tickets.reading import Reading

RULES = Provenance(provider="rules", model="policy", prompt_version="1")


def escalate(reason: EscalationReason, reading: Reading | None, why: str) -> Decision:
    """Escalate without trying to answer; `why` is the reasoning that staff see."""
    evidence = "; ".join(
        f"{field}: {', '.join(phrases)}"
        for field, phrases in (reading.explanation.items() if reading else ())
        if field != "nearest"
    )
    return Decision(
        act=Act.ESCALATE,
        content="",
        confidence=reading.confidence if reading else 0.0,
        reasoning=f"{why} ({evidence})" if evidence else why,
        made_by=RULES,
        reason=reason,
    )


def escalate_instead(decision: Decision, reason: EscalationReason) -> Decision:
    """Escalate an answer that must not be sent; its text stays as a suggestion to the person."""
    return dataclasses.replace(decision, act=Act.ESCALATE, reason=reason)
