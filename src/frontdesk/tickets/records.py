"""How readings and decisions are written down with their messages (JSON, for staff)."""

import dataclasses
from typing import Any

from frontdesk.tickets.decision import Decision, Source
from frontdesk.tickets.reading import Reading


def reading_record(reading: Reading) -> dict[str, Any]:
    """The contract's analysis fields, with the explanation."""
    return {
        "language": reading.language,
        "category": reading.category,
        "intent": reading.intent,
        "priority": reading.priority,
        "sentiment": reading.sentiment,
        "sentiment_score": round(reading.sentiment_score, 4),
        "risk": round(reading.risk, 4),
        "difficulty": reading.difficulty,
        "confidence": round(reading.confidence, 4),
        "tags": list(reading.tags),
        "entities": [_entity(entity) for entity in reading.entities],
        "summary": reading.summary,
        "escalate": reading.escalate,
        "escalation_reason": reading.escalation_reason,
        "explanation": reading.explanation,
    }


def _entity(entity: Any) -> dict[str, Any]:
    fields = dataclasses.asdict(entity)
    if fields["currency"] is None:
        del fields["currency"]
    return fields


def source_record(source: Source) -> dict[str, Any]:
    return dataclasses.asdict(source)


def decision_record(decision: Decision) -> dict[str, Any]:
    """What stands in a message's `ai`."""
    made_by = decision.made_by
    return {
        "provider": made_by.provider,
        "model": made_by.model,
        "prompt_version": made_by.prompt_version,
        "confidence": round(decision.confidence, 4),
        "sources": [source_record(source) for source in decision.sources],
        "cost": None if made_by.cost is None else str(made_by.cost),
        "input_tokens": made_by.input_tokens,
        "output_tokens": made_by.output_tokens,
        "latency_ms": made_by.latency_ms,
        "reasoning": decision.reasoning,
        "rationale": [sentence.record() for sentence in decision.rationale],
        "decision": decision.act,
        "awaits_proof": decision.awaits_proof,
        "choices": list(decision.choices),
        "proof": [dataclasses.asdict(proof) for proof in decision.proof],
    }
