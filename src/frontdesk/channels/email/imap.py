"""A mailbox over IMAP, by the standard library. Every call blocks; one thread at a time uses a connection."""

import imaplib
import re
import select
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from pydantic import SecretStr

from frontdesk.errors import PermanentError, Unavailable
from frontdesk.kit.text import clean, clip
from frontdesk.mail import limits

Security = Literal["tls", "starttls", "none"]
ANSWER_SECONDS = 30.0
_BATCH = 100
_PASSING = ("UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT", "CORRUPTION", "CONTACTADMIN")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"UID (\d{1,10}).*?RFC822\.SIZE (\d{1,10})|RFC822\.SIZE (\d{1,10}).*?UID (\d{1,10})")
_UID = re.compile(rb"\bUID (\d{1,10})")
_TAG = b"FRONTDESK1"
Given = TypeVar("Given")


class LoginRefused(PermanentError):
    """The server does not take the name and the password, or has no such folder."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    username: str
    password: SecretStr
    security: Security = "tls"
    folder: str = "INBOX"


@dataclass(frozen=True, slots=True)
class Fetched:
    uid: int
    raw: bytes
    too_large: bool = False
    """Only the headers were fetched."""


class Mailbox:
    """One connection with the folder open for reading: nothing in it is changed, also no mark that it was read."""

    def __init__(self, server: Server) -> None:
        """Raises `LoginRefused` or `Unavailable`."""
        self._server = server
        self._imap = self._asked(lambda: _connected(server))
        try:
            self._log_in(server)
        except BaseException:
            self.abort()
            raise
        self.validity = self._number("UIDVALIDITY")
        self.next = self._number("UIDNEXT")

    def newer_than(self, uid: int) -> list[int]:
        """In the order in which they came."""
        # The range always holds the last mail, also where that is older.
        return [newer for newer in self._search(f"UID {uid + 1}:*") if newer > uid]

    def since(self, day: date) -> list[int]:
        """Of the day and later, by the server's calendar."""
        return self._search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """In bytes; those that are gone are left out."""
        sizes: dict[int, int] = {}
        for at in range(0, len(uids), _BATCH):
            batch = ",".join(map(str, uids[at : at + _BATCH]))
            for line in self._fetch(batch, "(UID RFC822.SIZE)"):
                match = _SIZE.search(line if isinstance(line, bytes) else line[0])
                if match:
                    sizes[int(match[1] or match[4])] = int(match[2] or match[3])
        return sizes

    def fetch(self, uid: int, size: int) -> Fetched | None:
        """None where it is gone. Of one that is too large only the headers."""
        too_large = size > limits.RAW
        section = "BODY.PEEK[HEADER]" if too_large else "BODY.PEEK[]"
        for part in self._fetch(str(uid), f"(UID {section})"):
            if isinstance(part, tuple) and (match := _UID.search(part[0])) and int(match[1]) == uid:
                return Fetched(uid, part[1], too_large)
        return None

    def wait(self, seconds: float) -> None:
        """Until something changes in the folder, or so long; returns at once where the server cannot tell."""
        if "IDLE" in self._imap.capabilities:
            self._asked(lambda: self._idle(seconds))

    @property
    def tells(self) -> bool:
        """Whether `wait` waits."""
        return "IDLE" in self._imap.capabilities

    def look_again(self) -> None:
        """Hear what is new, where the server does not tell by itself."""
        self._asked(self._imap.noop)

    def abort(self) -> None:
        """End it now; may be called while another thread waits in it, which then raises `Unavailable`."""
        with suppress(OSError):
            self._imap.sock.shutdown(socket.SHUT_RDWR)
        self._imap.sock.close()

    def _log_in(self, server: Server) -> None:
        try:
            self._imap.login(server.username, server.password.get_secret_value())
        except imaplib.IMAP4.abort as error:
            raise _unreachable(server, error) from None
        except imaplib.IMAP4.error as error:
            no_login = f"{server.host} does not take the login (IMAP_USERNAME, IMAP_PASSWORD)"
            raise _refused(no_login, _words(error.args)) from None
        except OSError as error:
            raise _unreachable(server, error) from None
        answer, lines = self._asked(lambda: self._imap.select(_quoted(server.folder), readonly=True))
        if answer != "OK":
            no_folder = f"{server.host} does not open the folder {server.folder} (IMAP_FOLDER)"
            raise _refused(no_folder, _words(lines))

    def _idle(self, seconds: float) -> None:
        self._imap.send(_TAG + b" IDLE\r\n")
        while not (line := self._line()).startswith(b"+"):
            if line.startswith(_TAG):
                raise imaplib.IMAP4.abort("the server will not wait")
        self._readable(seconds)
        self._imap.send(b"DONE\r\n")
        while not self._line().startswith(_TAG):
            pass

    def _readable(self, seconds: float) -> None:
        sock = self._imap.sock
        if isinstance(sock, ssl.SSLSocket) and sock.pending():
            return
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        poll.poll(seconds * 1000)

    def _line(self) -> bytes:
        line: bytes = self._imap.readline()
        if not line:
            raise imaplib.IMAP4.abort("the server has hung up")
        return line

    def _search(self, criteria: str) -> list[int]:
        _, lines = self._asked(lambda: self._imap.uid("SEARCH", criteria))
        return sorted({int(uid) for line in lines if line for uid in line.split() if uid.isdigit()})

    def _fetch(self, uids: str, what: str) -> list[bytes | tuple[bytes, bytes]]:
        _, parts = self._asked(lambda: self._imap.uid("FETCH", uids, what))
        return [part for part in parts if part is not None]

    def _number(self, code: str) -> int:
        _, values = self._imap.response(code)
        value = next((value for value in values or () if value), b"")
        return int(value) if value.isdigit() else 0

    def _asked(self, ask: Callable[[], Given]) -> Given:
        try:
            return ask()
        except (imaplib.IMAP4.error, OSError, EOFError) as error:
            raise _unreachable(self._server, error) from None


def _connected(server: Server) -> imaplib.IMAP4:
    if server.security == "tls":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=ANSWER_SECONDS)
    imap = imaplib.IMAP4(server.host, server.port, timeout=ANSWER_SECONDS)
    if server.security == "starttls":
        imap.starttls(ssl.create_default_context())
    return imap


def _refused(what: str, words: str) -> LoginRefused | Unavailable:
    """A server that says that it is not well has refused nothing for good (RFC 5530)."""
    passes = any(f"[{code}" in words.upper() for code in _PASSING)
    return Unavailable(f"{what} now: {words}") if passes else LoginRefused(f"{what}: {words}")


def _unreachable(server: Server, error: Exception) -> Unavailable:
    why = _words(error.args) or type(error).__name__
    return Unavailable(f"the mailbox at {server.host}:{server.port} cannot be reached: {why}")


def _words(parts: Sequence[object]) -> str:
    texts = (part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in parts)
    return clip(clean(" ".join(texts)), 200)


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
