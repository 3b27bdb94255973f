"""One mail account: what all have, however their mail comes in."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable

from frontdesk.channels.capabilities import Capabilities, Formatting, MediaLimit, Settlement
from frontdesk.channels.email import checks
from frontdesk.channels.email.account import EmailAccount
from frontdesk.channels.email.files import KeptFiles
from frontdesk.channels.email.imap import Server
from frontdesk.channels.email.letter import Letterhead, letter
from frontdesk.channels.email.parse import MOST_BYTES, MailReader
from frontdesk.channels.health import Health, HealthState
from frontdesk.channels.inbound import EventKind, InboundEvent, RemoteMedia
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.request import Request
from frontdesk.engine.mailer import MailFile
from frontdesk.errors import SendRefused
from frontdesk.terms import ChannelName, DeliveryState

FILE_BYTES = 15 * 1024 * 1024
"""Mail servers take some 25 MB, and a file grows by a third on its way."""
_WELL_SECONDS = 300.0
"""Providers count logins."""
_TELLS = frozenset({EventKind.MESSAGE, EventKind.RECEIPT, EventKind.STAFF_REPLY})


class Email:
    name = ChannelName.EMAIL

    def __init__(self, account: str, settings: EmailAccount, deps: ChannelDeps, head: Letterhead) -> None:
        self.account = account
        self.source = f"{ChannelName.EMAIL}/{account}"
        self._deps = deps
        self._well: tuple[Health, float] | None = None
        self._files = KeptFiles(deps.deliveries)
        self.tokens = deps.tokens
        self.head = head
        self._reader = MailReader(
            account, head.address, self.source, deps.tokens, settings.authserv_id, settings.named_aliases
        )
        self.capabilities = Capabilities(
            Settlement.NONE,
            deps.styles[ChannelName.EMAIL],
            formatting=Formatting.FULL,
            tells=_TELLS,
            receipts=frozenset({DeliveryState.FAILED}),
            media=(MediaLimit("*/*", FILE_BYTES),),
            answers_per_hour=settings.answers_per_hour,
            delivery_bytes=MOST_BYTES,
        )

    def parse(self, request: Request) -> list[InboundEvent]:
        return self._reader.events(request.body)

    async def send(self, message: OutboundMessage) -> Receipt:
        return await self._send(message, None)

    async def send_announced(
        self, message: OutboundMessage, leaving: Callable[[], Awaitable[None]]
    ) -> Receipt:
        return await self._send(message, leaving)

    def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        return self._files.fetch(media)

    async def health(self) -> Health:
        """By a login to each server; a good answer holds for some minutes."""
        if self._well is not None and time.monotonic() - self._well[1] < _WELL_SECONDS:
            return self._well[0]
        health = await checks.health(self.head, self._deps.mailer, self._asked_server)
        self._well = (health, time.monotonic()) if health.state is HealthState.OK else None
        return health

    async def connect(self) -> list[str]:
        """Try every login; raises `SetupError` where one is refused."""
        webhook = getattr(self, "webhook", None)
        return await checks.connect(self.head, self._deps.mailer, self._asked_server, webhook)

    @property
    def _asked_server(self) -> Server | None:
        """The mailbox that is asked, where there is one."""
        return None

    async def _send(self, message: OutboundMessage, leaving: Callable[[], Awaitable[None]] | None) -> Receipt:
        if self._deps.mailer is None:
            raise SendRefused("no mail can be sent: SMTP_HOST is not set")
        files = [
            MailFile(upload.filename, upload.content_type, await self._deps.blobs.get(upload.blob_key))
            for upload in message.uploads
        ]
        to = message.email if message.email and "@" not in message.address else message.address
        mail = letter(message, to, self.head, self.tokens, files)
        await self._deps.mailer.send(mail, leaving)
        return Receipt(mail.message_id)
