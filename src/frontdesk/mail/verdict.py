"""What an e-mail turns out to be: one closed union. Whatever is not `Accepted` is kept aside with its reason."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Accepted:
    """Somebody writes to the desk."""

    kind: ClassVar[str] = "accepted"
    may_answer: bool = True
    """Whether a program may answer without a person; False where a program seems to have written."""
    reason: str = ""
    """Why no program may answer."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What became of one recipient."""

    recipient: str
    status: str
    """Of RFC 3463, such as `5.1.1`; empty where the report has none."""
    permanent: bool
    diagnostic: str
    """What the refusing server said, in one line."""


@dataclass(frozen=True, slots=True)
class Bounced:
    """A mail of ours did not arrive, or has not arrived yet (`permanent` is False)."""

    kind: ClassVar[str] = "bounced"
    original_message_id: str
    """Empty where the report does not tell."""
    recipient: str
    status: str
    permanent: bool
    diagnostic: str
    failures: tuple[Failure, ...] = ()
    """Every recipient of the report, the one above first."""
    reason: str = "report"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A server says that it has delivered or passed on a mail of ours."""

    kind: ClassVar[str] = "delivered"
    original_message_id: str
    recipient: str
    reason: str = "report"


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A mail of ours was displayed, or deleted unread (RFC 8098)."""

    kind: ClassVar[str] = "read_report"
    original_message_id: str
    recipient: str
    displayed: bool
    reason: str = "disposition"


@dataclass(frozen=True, slots=True)
class Complaint:
    """A recipient called a mail of ours spam (RFC 5965)."""

    kind: ClassVar[str] = "complaint"
    original_message_id: str
    recipient: str
    reason: str = "feedback"


@dataclass(frozen=True, slots=True)
class AutoReply:
    """A program answered for a person, such as an out-of-office notice."""

    kind: ClassVar[str] = "auto_reply"
    reason: str
    answers: tuple[str, ...] = ()
    """Message-IDs that it answers, the nearest first."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A mail of our own came back."""

    kind: ClassVar[str] = "loop"
    reason: str


@dataclass(frozen=True, slots=True)
class MailingList:
    """Written to a list or to many, not to the desk."""

    kind: ClassVar[str] = "mailing_list"
    reason: str


@dataclass(frozen=True, slots=True)
class Spam:
    kind: ClassVar[str] = "spam"
    reason: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same message was already taken in."""

    kind: ClassVar[str] = "duplicate"
    message_id: str
    reason: str = "known_message_id"


@dataclass(frozen=True, slots=True)
class TooLarge:
    kind: ClassVar[str] = "too_large"
    size: int
    reason: str = "size"


@dataclass(frozen=True, slots=True)
class Empty:
    """Neither words nor files."""

    kind: ClassVar[str] = "empty"
    reason: str = "no_content"


Verdict = (
    Accepted
    | Bounced
    | Delivered
    | ReadReport
    | Complaint
    | AutoReply
    | Loop
    | MailingList
    | Spam
    | Duplicate
    | TooLarge
    | Empty
)
