"""E-mail out of the house: over SMTP, or, where no server is set, into a folder of the home."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, getaddresses, localtime
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import aiosmtplib
from pydantic import SecretStr

from frontdesk.engine.mail_schedule import SERVER_AWAY, SERVER_DEFERS
from frontdesk.errors import MailDelayed, SendRefused, SendUnknown
from frontdesk.kit.files import write_whole
from frontdesk.kit.text import clean, clip
from frontdesk.settings import Settings

Security = Literal["starttls", "tls", "none"]
Leaving = Callable[[], Awaitable[None]]
"""Called when the first byte of a message is about to leave; what it raises stops the mail, unsent."""

_SERVICE_NOT_AVAILABLE = 421

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_ID_HEADERS = frozenset({"in-reply-to", "references"})
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
"""Addresses that mail is sent to."""
_OWN_HEADERS = frozenset(
    {"from", "to", "subject", "date", "message-id", "mime-version", "cc", "bcc", "sender"}
)


class _MailPolicy(EmailPolicy):
    """Lines of CRLF. Ids of messages stay as they are: the email package encodes one that is longer than a line,
    and then no program finds the thread."""

    def fold(self, name: str, value: str) -> str:
        return _id_lines(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        lines = _id_lines(name, value)
        return lines.encode("ascii") if lines else super().fold_binary(name, value)


def _id_lines(name: str, value: str) -> str:
    """An id a line; empty for another header."""
    is_ids = name.lower() in _ID_HEADERS and value.isascii() and value.isprintable()
    return f"{name}: " + "\r\n ".join(value.split()) + "\r\n" if is_ids else ""


_SMTP_POLICY = _MailPolicy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class MailFile:
    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to one address; `message_id` (`<id@domain>`) is the same in every attempt."""

    message_id: str
    sender: str
    """`a@b`, or `Name <a@b>`; so is `to`."""
    to: str
    subject: str
    text: str
    html: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    attachments: tuple[MailFile, ...] = ()


class Mailer(Protocol):
    @property
    def leaves(self) -> Literal["sent", "saved"]:
        """What a mail is after `send` has returned."""
        ...

    async def send(self, mail: Mail, leaving: Leaving | None = None) -> None:
        """Send it once. Raises `MailDelayed` (nothing was sent), `SendRefused` or `SendUnknown`.

        Until `leaving` is called an attempt may end unseen and be repeated: nothing was handed over. A mailer
        that may repeat in any case never calls it.
        """


@runtime_checkable
class Reaches(Protocol):
    """A mailer whose server can be asked whether it would take mail."""

    async def check(self) -> None:
        """Log in and leave. Raises `MailDelayed` or `SendRefused`."""


def mailer_from(settings: Settings, home: Path) -> Mailer:
    """SMTP where `SMTP_HOST` is set, else the folder `<home>/mail`."""
    if not settings.smtp_host:
        return FolderMailer(home / "mail")
    return SmtpMailer(
        settings.smtp_host,
        settings.smtp_port,
        username=settings.smtp_username,
        password=settings.smtp_password,
        security=settings.smtp_tls,
    )


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """A connection for each mail: they are few, and a connection that idled is the commonest ambiguity."""

    host: str
    port: int
    username: str = ""
    password: SecretStr | None = None
    security: Security = "starttls"
    timeout: float = 20.0
    """Seconds for one exchange with the server."""
    leaves: Literal["sent", "saved"] = "sent"

    async def send(self, mail: Mail, leaving: Leaving | None = None) -> None:
        message = mime(mail)
        sender, to = _address(mail.sender)[1], _address(mail.to)[1]
        client = self._client(sender)
        try:
            await self._offer(client, sender, to)
            if leaving is not None:
                await leaving()
            await self._hand_over(client, message.as_bytes())
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=min(self.timeout, 3.0))
        finally:
            client.close()

    async def check(self) -> None:
        """Log in and leave. Raises `MailDelayed` or `SendRefused`."""
        client = self._client("desk@localhost")
        try:
            async with self._before_data():
                await client.connect()
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=min(self.timeout, 3.0))
        finally:
            client.close()

    def _client(self, sender: str) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            # Given, because asking the resolver for this machine's own name may take many seconds.
            local_hostname=sender.rpartition("@")[2],
            username=self.username or None,
            password=self.password.get_secret_value() if self.username and self.password else None,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            timeout=self.timeout,
        )

    async def _offer(self, client: aiosmtplib.SMTP, sender: str, to: str) -> None:
        async with self._before_data():
            await client.connect()
            await client.mail(sender)
            await client.rcpt(to)

    @asynccontextmanager
    async def _before_data(self) -> AsyncIterator[None]:
        """Everything before DATA: whatever fails here, nothing was sent."""
        try:
            async with asyncio.timeout(self.timeout * 3):
                yield
        except aiosmtplib.SMTPResponseException as error:
            raise _answered(error) from error
        except (OSError, TimeoutError) as error:
            unreachable = f"the mail server {self.host}:{self.port} cannot be reached: {_why(error)}"
            raise MailDelayed(unreachable, SERVER_AWAY) from error
        except aiosmtplib.SMTPException as error:
            raise SendRefused(f"the mail server cannot do what is asked: {_why(error)}") from error

    async def _hand_over(self, client: aiosmtplib.SMTP, message: bytes) -> None:
        """DATA: once it has begun, only the server's answer tells whether the mail is on its way."""
        try:
            async with asyncio.timeout(self.timeout * 2):
                await client.data(message)
        except aiosmtplib.SMTPResponseException as error:
            if not 400 <= error.code < 600:
                raise SendUnknown("the mail server's answer to the mail made no sense") from error
            raise _answered(error) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise SendUnknown(
                f"the connection ended while the mail was handed over: {_why(error)}"
            ) from error


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Keeps each mail as `<message-id>.eml`, which any mail program opens, with its `.html` beside it."""

    folder: Path
    leaves: Literal["sent", "saved"] = "saved"

    async def send(self, mail: Mail, leaving: Leaving | None = None) -> None:
        message = mime(mail).as_bytes()
        try:
            await asyncio.to_thread(self._keep, mail, message)
        except OSError as error:
            raise MailDelayed(f"the mail folder cannot be written: {error.strerror}", SERVER_AWAY) from error

    def path(self, message_id: str) -> Path:
        """Where the mail of this id lies."""
        name = re.sub(r"[^A-Za-z0-9@._-]", "_", message_id.strip("<>")).lstrip(".")
        return self.folder / f"{name[:180]}.eml"

    def _keep(self, mail: Mail, message: bytes) -> None:
        path = self.path(mail.message_id)
        if path.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if mail.html:
            write_whole(path.with_suffix(".html"), clean(mail.html).encode())
        # Last, so that a mail which is there is complete.
        write_whole(path, message)


def mime(mail: Mail) -> EmailMessage:
    """The mail as RFC 5322 wants it. Raises `SendRefused` for what can never be sent."""
    if not _MESSAGE_ID.fullmatch(mail.message_id):
        raise SendRefused("the mail's Message-ID is not of the form <id@domain>")
    message = EmailMessage(policy=_SMTP_POLICY)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(localtime())
    message["From"] = formataddr(_address(mail.sender))
    message["To"] = formataddr(_address(mail.to))
    message["Subject"] = _line(mail.subject)
    for name, value in mail.headers.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN_HEADERS:
            raise SendRefused(f"{_line(name)!r} cannot be set as a header")
        message[name] = _line(value)
    # base64 keeps every line short and needs no 8BITMIME from the server.
    message.set_content(clean(mail.text), cte="base64")
    if mail.html:
        message.add_alternative(clean(mail.html), subtype="html", cte="base64")
    for file in mail.attachments:
        maintype, _, subtype = _content_type(file.content_type).partition("/")
        message.add_attachment(file.data, maintype, subtype, filename=_line(file.filename))
    return message


def _address(text: str) -> tuple[str, str]:
    """Display name and address; the domain in its ASCII form."""
    addresses = getaddresses([text]) if text.isprintable() else []
    name, spec = addresses[0] if len(addresses) == 1 else ("", "")
    local, _, domain = spec.rpartition("@")
    with suppress(UnicodeError):
        spec = f"{local}@{domain.encode('idna').decode('ascii')}"
    if not ADDRESS.fullmatch(spec) or "=?" in spec:
        raise SendRefused("an e-mail address of the mail is not valid")
    return _line(name), spec


def _line(text: str) -> str:
    """One line without control characters and without RFC 2047 words: nothing typed can become a header.

    The email package decodes such words in what it is given and, on several Python versions, writes the line
    ends that they hide into the header block. Broken up, they are shown as they were typed.
    """
    line = " ".join(clean(text).split())
    while "=?" in line:
        line = line.replace("=?", "= ?")
    return line


def _content_type(text: str) -> str:
    known = re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", text.strip().lower())
    structural = known is None or known.group().startswith(("multipart/", "message/"))
    return "application/octet-stream" if known is None or structural else known.group()


def _answered(error: aiosmtplib.SMTPResponseException) -> MailDelayed | SendRefused:
    reply = f"the mail server answered {error.code}: {clip(_line(str(error.message)), 200)}"
    if 500 <= error.code < 600:
        return SendRefused(reply)
    return MailDelayed(reply, SERVER_AWAY if error.code == _SERVICE_NOT_AVAILABLE else SERVER_DEFERS)


def _why(error: BaseException) -> str:
    return clip(_line(str(error)), 200) or type(error).__name__
