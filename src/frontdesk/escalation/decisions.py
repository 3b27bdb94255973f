"""Decisions to escalate that a rule made, not a model."""

import dataclasses

from frontdesk.terms import EscalationReason
from frontdesk.tickets.decision import Act, Decision, Provenance
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import Reading

RULES = Provenance(provider="rules", model="policy", prompt_version="1")


def escalate(reason: EscalationReason, reading: Reading | None, why: RationaleCode) -> Decision:
    """Escalate without trying to answer."""
    rationale = Rationale(why)
    return Decision(
        act=Act.ESCALATE,
        content="",
        confidence=reading.confidence if reading else 0.0,
        reasoning=str(rationale),
        rationale=(rationale,),
        made_by=RULES,
        reason=reason,
    )


def escalate_instead(decision: Decision, reason: EscalationReason) -> Decision:
    """Escalate an answer that must not be sent; its text stays as a suggestion to the person."""
    return dataclasses.replace(decision, act=Act.ESCALATE, reason=reason)
