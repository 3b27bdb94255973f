"""Maps exceptions of the model layer to the desk's failures."""

from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
)

from frontdesk.llm.breaker import Failure

_TABLE: tuple[tuple[type[BaseException], Failure], ...] = (
    # The first match counts: subclasses come before their bases.
    (TimeoutError, Failure("timeout", provider_at_fault=True)),
    (ModelRequestTimeout, Failure("timeout", provider_at_fault=True)),
    (ModelTimeoutError, Failure("timeout", provider_at_fault=True)),
    (ModelRateLimitError, Failure("rate_limited", provider_at_fault=True)),
    (ModelQuotaExceededError, Failure("quota", provider_at_fault=True, lasting=True)),
    (ModelUnavailableError, Failure("overloaded", provider_at_fault=True)),
    (ModelServerError, Failure("server_error", provider_at_fault=True)),
    (ModelConnectionError, Failure("connection", provider_at_fault=True)),
    (ModelAuthenticationError, Failure("auth", provider_at_fault=True, lasting=True)),
    (ModelNotFoundError, Failure("not_found", provider_at_fault=True, lasting=True)),
    (ModelRequestRejectedError, Failure("rejected", provider_at_fault=False)),
    (ModelHTTPError, Failure("http_error", provider_at_fault=True)),
    (ModelAPIError, Failure("api_error", provider_at_fault=True)),
    (UsageLimitExceeded, Failure("limit", provider_at_fault=False)),
    (ContentFilterError, Failure("refused", provider_at_fault=False)),
    (UnexpectedModelBehavior, Failure("bad_output", provider_at_fault=False)),
)


def failure_of(error: BaseException) -> Failure:
    """The failure for an exception of the model layer."""
    for kind, failure in _TABLE:
        if isinstance(error, kind):
            wait = getattr(error, "retry_after", None)
            if isinstance(wait, int | float) and wait > 0:
                return Failure(failure.outcome, failure.provider_at_fault, failure.lasting, float(wait))
            return failure
    return Failure("error", provider_at_fault=False)
