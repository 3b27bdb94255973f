"""Decisions to bring a person, made by rule rather than by a model."""

import dataclasses

from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act, Decision, Provenance
from frontdesk.tickets.reading import Reading

RULES = Provenance(provider="rules", model="policy", prompt_version="1")


def escalate(reason: EscalationReason, reading: Reading | None, why: str) -> Decision:
    """A hand-over without an attempt to answer."""
    words = "; ".join(
        f"{field}: {', '.join(found)}"
        for field, found in (reading.explanation.items() if reading else ())
        if field != "nearest"
    )
    return Decision(
        act=Act.ESCALATE,
        content="",
        confidence=reading.confidence if reading else 0.0,
        reasoning=f"{why} ({words})" if words else why,
        made_by=RULES,
        reason=reason,
    )


def instead_of(decision: Decision, reason: EscalationReason) -> Decision:
    """A hand-over in place of an answer that must not be sent; the answer stays as a suggestion to the person."""
    return dataclasses.replace(decision, act=Act.ESCALATE, reason=reason)
