"""What one link of the chain tried: how it failed, and how it is counted."""

import structlog

from frontdesk.errors import ModelUnavailable
from frontdesk.llm import metrics
from frontdesk.llm.breaker import Failure
from frontdesk.tickets.decision import Attempt

_log = structlog.get_logger(__name__)


class ModelFailed(ModelUnavailable):
    """One model did not answer; carries what the try cost and whose fault it was."""

    def __init__(self, attempt: Attempt, failure: Failure, detail: str = "") -> None:
        super().__init__(
            f"{attempt.provider} did not answer: {failure.outcome}", retry_after=failure.retry_after
        )
        self.attempt = attempt
        self.failure = failure
        self.detail = detail
        """For the log: the kind of error, never a text of the customer's or of the provider's."""


def record(attempt: Attempt, detail: str = "") -> None:
    """Count an attempt and log it; no text of anybody's is in the line."""
    metrics.count(
        attempt.provider,
        attempt.model,
        attempt.outcome,
        input_tokens=attempt.input_tokens,
        output_tokens=attempt.output_tokens,
        cost=attempt.cost,
    )
    write = _log.info if attempt.outcome in ("ok", "skipped") else _log.warning
    write(
        "ai_attempt",
        provider=attempt.provider,
        model=attempt.model,
        outcome=attempt.outcome,
        latency_ms=attempt.latency_ms,
        input_tokens=attempt.input_tokens,
        output_tokens=attempt.output_tokens,
        cost_usd=str(attempt.cost) if attempt.cost is not None else None,
        detail=detail or None,
    )
