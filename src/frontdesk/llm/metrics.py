"""Prometheus counters of model requests, tokens and cost."""

from decimal import Decimal

from prometheus_client import Counter

REQUESTS = Counter(
    "support_ai_requests_total", "Attempts to let a model answer or read", ["provider", "model", "outcome"]
)
TOKENS = Counter(
    "support_ai_tokens_total", "Tokens sent to and received from models", ["provider", "model", "direction"]
)
COST = Counter("support_ai_cost_usd_total", "What models cost, in US dollars, where the price is known")


def count(
    provider: str,
    model: str,
    outcome: str,
    *,
    input_tokens: int = 0,
    output_tokens: int = 0,
    cost: Decimal | None = None,
) -> None:
    """Count one attempt; a skipped one has no tokens."""
    REQUESTS.labels(provider, model, outcome).inc()
    if input_tokens:
        TOKENS.labels(provider, model, "input").inc(input_tokens)
    if output_tokens:
        TOKENS.labels(provider, model, "output").inc(output_tokens)
    if cost:
        COST.inc(float(cost))
