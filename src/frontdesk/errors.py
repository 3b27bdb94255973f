"""The tree of errors: a caller's mistakes, temporary failures, permanent failures.

FrontdeskError
├── RequestError                the caller's mistake; `status` and `code` are the HTTP contract's
│   ├── BadRequest, ValidationFailed, Unauthorized, Forbidden, NotFound, MethodNotAllowed,
│   └── Conflict, PayloadTooLarge, UnsupportedMediaType, IdempotencyMismatch, RateLimited
├── TemporaryError              try again later: a lane retries it with backoff
│   ├── Unavailable             a part that the desk needs is unavailable (HTTP 503)
│   ├── ModelUnavailable        no model of the chain answered
│   ├── SendDelayed             a channel said "later"
│   │   └── MailDelayed         a mail did not leave: tried for two days, on a schedule of its own
│   └── ToolDelayed             a tool did nothing and says "later"
├── PermanentError              trying again cannot help: a lane parks it and notifies a person
│   ├── SendRefused             a channel or mail server said "never"
│   ├── SendUnknown             unknown whether it was sent: not repeated automatically
│   ├── DeliveryUnreadable      a proven delivery that this version cannot read: kept, and set aside
│   ├── RecordInvalid           a record of the bus that cannot be taken: kept apart, with the reason
│   ├── FileRefused             a file cannot be fetched or read, or is not accepted
│   ├── ToolRefused             a tool did nothing and says "never"
│   └── ToolInputInvalid        what a tool was given is not its input
├── LaneLost                    another worker has this lane now: nothing may be written
└── SetupError                  a setting, file or program is missing or wrong; the message is one line
"""

from typing import ClassVar


class FrontdeskError(Exception):
    """Base of all; the message is safe to show to a person and holds no secret."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(self, message: str = "", details: object = None) -> None:
        super().__init__(message or type(self).__name__)
        self.message = message or type(self).__name__
        self.details = details


class RequestError(FrontdeskError):
    code = "bad_request"
    status = 400


class BadRequest(RequestError):
    pass


class ValidationFailed(RequestError):
    code = "validation_error"
    status = 422


class Unauthorized(RequestError):
    code = "unauthorized"
    status = 401


class Forbidden(RequestError):
    code = "forbidden"
    status = 403


class NotFound(RequestError):
    code = "not_found"
    status = 404


class MethodNotAllowed(RequestError):
    code = "method_not_allowed"
    status = 405


class Conflict(RequestError):
    code = "conflict"
    status = 409


class PayloadTooLarge(RequestError):
    code = "payload_too_large"
    status = 413


class UnsupportedMediaType(RequestError):
    code = "unsupported_media_type"
    status = 415


class IdempotencyMismatch(RequestError):
    code = "idempotency_mismatch"
    status = 422


class RateLimited(RequestError):
    """`retry_after`: seconds after which the same is taken."""

    code = "rate_limited"
    status = 429

    def __init__(self, message: str = "", details: object = None, retry_after: float = 1.0) -> None:
        super().__init__(message, details)
        self.retry_after = retry_after


class TemporaryError(FrontdeskError):
    """Trying again later may help; `retry_after` is the least wait in seconds, where it is known."""

    code = "unavailable"
    status = 503

    def __init__(self, message: str = "", details: object = None, retry_after: float | None = None) -> None:
        super().__init__(message, details)
        self.retry_after = retry_after


class Unavailable(TemporaryError):
    pass


class ModelUnavailable(TemporaryError):
    pass


class SendDelayed(TemporaryError):
    pass


class MailDelayed(SendDelayed):
    """Nothing left; `longest_wait`: seconds that growing waits between attempts reach at most."""

    def __init__(self, message: str, longest_wait: float) -> None:
        super().__init__(message)
        self.longest_wait = longest_wait


class ToolDelayed(TemporaryError):
    pass


class PermanentError(FrontdeskError):
    pass


class SendRefused(PermanentError):
    pass


class SendUnknown(PermanentError):
    pass


class DeliveryUnreadable(PermanentError):
    pass


class DeliverySetAside(DeliveryUnreadable):
    """Understood, and by a rule of the desk nothing to be answered, such as an automatic reply."""


class RecordInvalid(PermanentError):
    def __init__(self, reason: str, message: str) -> None:
        """`reason` is a word for programs."""
        super().__init__(message)
        self.reason = reason


class FileRefused(PermanentError):
    pass


class ToolRefused(PermanentError):
    pass


class ToolInputInvalid(PermanentError):
    pass


class LaneLost(FrontdeskError):
    pass


class SetupError(FrontdeskError):
    pass
