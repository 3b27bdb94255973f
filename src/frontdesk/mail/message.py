"""What an e-mail says, once read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MailAddress:
    address: str
    """With its domain in lower case; empty where the header has none that could be written to."""
    name: str


@dataclass(frozen=True, slots=True)
class MailFile:
    part: int
    """What `file_bytes` finds it by."""
    filename: str
    """Without folders and control characters; never empty."""
    content_type: str
    """As declared, in lower case; nobody has looked into the file."""
    size: int
    """In bytes, decoded."""
    content_id: str
    """Without its angle brackets."""
    inline: bool
    """The body shows it in its place, such as a pasted screenshot or a logo of a signature."""


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part that a mail server wrote for programs, or what it returned of the original message."""

    content_type: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadMail:
    message_id: str
    """With its angle brackets; empty where there is none, or none that is one."""
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    """The oldest first, as they stand."""
    date: datetime | None
    """What the sender's clock said, in UTC."""
    sender: MailAddress
    reply_to: MailAddress | None
    to: tuple[MailAddress, ...]
    cc: tuple[MailAddress, ...]
    delivered_to: tuple[str, ...]
    """Envelope recipients that servers wrote down, the newest first."""
    subject: str
    text: str
    """The whole visible body as plain text; quoted lines of an HTML body begin with `> `."""
    reply: str
    """What the sender newly wrote; empty where the body is nothing but quotes."""
    html: str
    """The HTML body as it came, of foreign making: never to be shown as it is."""
    files: tuple[MailFile, ...]
    headers: tuple[tuple[str, str], ...]
    """Decoded, in their order, without control characters."""
    warnings: tuple[str, ...]
    """What was broken, guessed or cut, a sentence each."""
    reports: tuple[ReportPart, ...] = ()
    size: int = 0
    """Of the raw message, in bytes."""

    def header(self, name: str) -> str:
        """The first header of a name, in any letter case; empty where there is none."""
        return next(iter(self.every_header(name)), "")

    def every_header(self, name: str) -> tuple[str, ...]:
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)
