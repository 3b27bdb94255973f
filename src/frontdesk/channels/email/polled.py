"""A mailbox that is asked: everything behind the last mail that was kept, then what comes."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from frontdesk.channels.channel import Polled
from frontdesk.channels.email.account import EmailAccount
from frontdesk.channels.email.channel import Email
from frontdesk.channels.email.imap import Fetched, Mailbox, Server
from frontdesk.channels.email.letter import Letterhead
from frontdesk.channels.email.webhook import CalledEmail
from frontdesk.channels.registry import ChannelDeps
from frontdesk.errors import FrontdeskError

IDLE_SECONDS = 25.0
"""One wait for the server's word; then it is asked in any case."""
ASK_SECONDS = 15.0
"""Between two questions to a server that does not tell by itself."""
OVERLAP = timedelta(days=2)
"""So much is looked at again where a mailbox counts anew; what was kept already is a duplicate."""
_MAIL = "message/rfc822"
Given = TypeVar("Given")
Details = ParamSpec("Details")


@dataclass(frozen=True, slots=True)
class Place:
    """How far a mailbox was read: numbers count only under their validity."""

    validity: int
    uid: int
    at: int
    """When, in Unix seconds."""

    def __str__(self) -> str:
        return f"{self.validity}:{self.uid}:{self.at}"

    @classmethod
    def of(cls, cursor: str | None) -> "Place | None":
        parts = (cursor or "").split(":")
        return cls(*map(int, parts)) if len(parts) == 3 and all(part.isdigit() for part in parts) else None


class PolledEmail(Email):
    def __init__(self, account: str, settings: EmailAccount, deps: ChannelDeps, head: Letterhead) -> None:
        super().__init__(account, settings, deps, head)
        self._backlog = timedelta(days=settings.imap_backlog_days)
        self._server = server_of(settings, head)

    @property
    def _asked_server(self) -> Server:
        return self._server

    async def poll(self, cursor: str | None) -> AsyncGenerator[Polled, None]:
        """Mail by mail, in the order in which they came; the mailbox stays as it is."""
        async with _opened(self._server) as box:
            place = await box.ask(_start, Place.of(cursor), self._backlog)
            if str(place) != cursor:
                yield Polled((), str(place))
            while True:
                uids = await box.ask(Mailbox.newer_than, place.uid)
                sizes = await box.ask(Mailbox.sizes, uids)
                for uid in uids:
                    place = Place(place.validity, uid, int(time.time()))
                    mail = await box.ask(Mailbox.fetch, uid, sizes.get(uid, 0))
                    if mail is None:
                        yield Polled((), str(place))
                    else:
                        yield await asyncio.to_thread(self._read, mail, str(place))
                if box.tells:
                    await box.ask(Mailbox.wait, IDLE_SECONDS)
                else:
                    await asyncio.sleep(ASK_SECONDS)
                    await box.ask(Mailbox.look_again)

    def _read(self, mail: Fetched, cursor: str) -> Polled:
        if mail.too_large:
            return Polled(
                (), cursor, mail.raw, _MAIL, "the mail is too large: its headers alone were fetched"
            )
        try:
            return Polled(tuple(self._reader.events(mail.raw)), cursor, mail.raw, _MAIL)
        except FrontdeskError as error:
            return Polled((), cursor, mail.raw, _MAIL, error.message)
        except Exception as error:  # a fault of the reader loses nothing, and holds nothing up
            return Polled((), cursor, mail.raw, _MAIL, f"{type(error).__name__} while it was read")


class PolledAndCalledEmail(PolledEmail, CalledEmail):
    """A mailbox and a relay: what comes by both is one mail."""


def server_of(settings: EmailAccount, head: Letterhead) -> Server:
    return Server(
        settings.imap_host,
        settings.imap_port,
        settings.imap_username or head.address,
        settings.imap_password,
        settings.imap_tls,
        settings.imap_folder,
    )


def _start(mailbox: Mailbox, place: Place | None, backlog: timedelta) -> Place:
    """Where to go on. Of a mailbox that is new here nothing old is answered but what `backlog` says."""
    now = datetime.now(UTC)
    if place is not None and place.validity == mailbox.validity:
        return place
    if place is not None:
        since = datetime.fromtimestamp(place.at, UTC) - OVERLAP
    elif backlog:
        since = now - backlog
    else:
        return Place(mailbox.validity, _last(mailbox), int(now.timestamp()))
    old = mailbox.since(since.date())
    return Place(mailbox.validity, old[0] - 1 if old else _last(mailbox), int(now.timestamp()))


def _last(mailbox: Mailbox) -> int:
    return mailbox.next - 1 if mailbox.next else max(mailbox.newer_than(0), default=0)


class _Asked:
    """A mailbox in a thread of its own, so that who waits there keeps nobody else's."""

    def __init__(self, mailbox: Mailbox, thread: ThreadPoolExecutor) -> None:
        self._mailbox = mailbox
        self._thread = thread

    @property
    def tells(self) -> bool:
        return self._mailbox.tells

    async def ask(
        self,
        question: Callable[Concatenate[Mailbox, Details], Given],
        *args: Details.args,
        **named: Details.kwargs,
    ) -> Given:
        """Raises `Unavailable`."""
        asked = partial(question, self._mailbox, *args, **named)
        return await asyncio.get_running_loop().run_in_executor(self._thread, asked)


@asynccontextmanager
async def _opened(server: Server) -> AsyncGenerator[_Asked, None]:
    thread = ThreadPoolExecutor(1, "imap")
    opening = asyncio.get_running_loop().run_in_executor(thread, Mailbox, server)
    try:
        mailbox = await asyncio.shield(opening)
        try:
            yield _Asked(mailbox, thread)
        finally:
            mailbox.abort()
    except asyncio.CancelledError:
        opening.add_done_callback(_abandon)
        raise
    finally:
        thread.shutdown(wait=False)


def _abandon(opening: "asyncio.Future[Mailbox]") -> None:
    """Nobody waits for it any more."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().abort()
