"""What the filters of the intake look at: a mail, and what the desk knows of itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from frontdesk.mail.message import ReadMail


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """Every field has a default under which its filter lets everything pass."""

    own_addresses: frozenset[str] = frozenset()
    """Addresses that the desk writes from and is written to, in lower case; addresses with a token are matched too."""
    is_own_id: Callable[[str], bool] = _never
    """Whether a Message-ID, with its brackets, was made by this desk."""
    is_known: Callable[[str], bool] = _never
    """Whether a message of this Message-ID has been taken in through this mailbox already."""
    loop_header: str = "X-Frontdesk-Loop"
    """What every mail of the desk carries."""
    most_bytes: int = 30 * 1024 * 1024
    spam_score: float = 5.0
    """From which score of a spam filter a mail counts as spam."""
    own_lists: frozenset[str] = frozenset()
    """List-Ids that lead to the desk itself, such as a group of that name; own addresses need not be repeated."""


def ids_of_domain(domain: str) -> Callable[[str], bool]:
    """A test for `is_own_id`: the Message-ID ends in this domain."""
    ending = f"@{domain.lower()}>"
    return lambda message_id: message_id.lower().endswith(ending)


@dataclass(frozen=True, slots=True)
class Draft:
    mail: ReadMail
    context: IntakeContext
    answers_us: bool = field(default=False)
    """It names a Message-ID of ours as what it answers."""

    @classmethod
    def of(cls, mail: ReadMail, context: IntakeContext) -> "Draft":
        named = (*mail.in_reply_to, *mail.references)
        return cls(mail, context, any(context.is_own_id(message_id) for message_id in named))

    def header(self, name: str) -> str:
        return self.mail.header(name).strip().lower()

    @property
    def auto_submitted(self) -> str:
        """The keyword of RFC 3834, without parameters and comments; empty where there is none."""
        return next(iter(re.split(r"[;(\s]", self.header("auto-submitted"), maxsplit=1)))

    @property
    def is_report(self) -> bool:
        """Whether a server or a mail program reports, as opposed to a person who forwards such a report."""
        return (
            self.header("content-type").startswith("multipart/report") or self.header("return-path") == "<>"
        )

    def is_own(self, address: str) -> bool:
        """Whether an address is the desk's, with or without a token behind a plus."""
        local, _, domain = address.lower().rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return address.lower() in self.context.own_addresses or plain in self.context.own_addresses
