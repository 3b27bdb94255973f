"""One bot: what it reads, says and fetches, whether Telegram calls it or it asks."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

from frontdesk.channels.body import Json, json_object, text
from frontdesk.channels.capabilities import ButtonLimits, Capabilities, Formatting, MediaLimit, Settlement
from frontdesk.channels.health import Health
from frontdesk.channels.inbound import EventKind, InboundEvent, RemoteMedia, Upload
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.request import Request
from frontdesk.channels.style import ReplyStyle
from frontdesk.channels.telegram import commands, outgoing, parse
from frontdesk.channels.telegram.account import TelegramAccount
from frontdesk.channels.telegram.bot_api import BotApi, MarkupRefused, PictureRefused, TokenRefused
from frontdesk.engine.blobs import Blobs
from frontdesk.errors import NotFound, SendRefused, SendUnknown, SetupError, TemporaryError
from frontdesk.terms import ChannelName

HOLD = timedelta(seconds=4)
"""People write here in fragments, and an album is one message for each picture."""
MEDIA = (
    MediaLimit("image/*", outgoing.FILE_BYTES),
    MediaLimit("*/*", outgoing.FILE_BYTES),
)
_TELLS = frozenset(
    {EventKind.MESSAGE, EventKind.EDIT, EventKind.REACTION, EventKind.BUTTON, EventKind.SUBSCRIPTION}
)


class Telegram:
    """What both ways of being told have in common."""

    name = ChannelName.TELEGRAM

    def __init__(self, account: str, settings: TelegramAccount, style: ReplyStyle, blobs: Blobs) -> None:
        self.account = account
        self._blobs = blobs
        self._api = BotApi(settings.api_url, settings.bot_token.get_secret_value())
        self.capabilities = Capabilities(
            Settlement.NONE,
            style,
            hold=HOLD,
            formatting=Formatting.BASIC,
            buttons=ButtonLimits(outgoing.BUTTONS, outgoing.BUTTON_LABEL, outgoing.BUTTON_PAYLOAD),
            tells=_TELLS,
            media=MEDIA,
        )

    async def open(self) -> None:
        """Connections are made when they are needed."""

    async def close(self) -> None:
        await self._api.aclose()

    def parse(self, request: Request) -> list[InboundEvent]:
        return parse.events(self.account, json_object(request.body))

    def split(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        return outgoing.split(message)

    async def send(self, message: OutboundMessage) -> Receipt:
        """Marks and pictures that Telegram cannot read go out as plain text and as documents."""
        file = await self._file(message.uploads[0]) if message.uploads else None
        plain = as_document = False
        while True:
            call = outgoing.call(message, plain=plain, as_document=as_document)
            try:
                result = await self._api.say(
                    call.method, call.fields, (call.file_field, *file) if file else None
                )
            except MarkupRefused:
                if plain:
                    raise
                plain = True
            except PictureRefused:
                if as_document or file is None:
                    raise
                as_document = True
            else:
                return _receipt(message, result)

    async def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        async for piece in self._api.file(media.reference):
            yield piece

    @property
    def _to_connect(self) -> str:
        """The command that puts right how this account is told."""
        named = "" if self.account == "default" else f" --account {self.account}"
        return f"frontdesk channels add telegram{named}"

    async def _identity(self) -> Json | Health:
        """The bot as Telegram knows it, or how it is where its token is not taken."""
        try:
            me = await self._api.ask("getMe")
        except TokenRefused as error:
            return Health(is_connected=False, error=error.message, missing=("TELEGRAM_BOT_TOKEN",))
        except SendRefused as error:
            return Health(is_connected=False, error=error.message)
        return me if isinstance(me, dict) else {}

    async def _set_up(self, method: str, **fields: Any) -> list[str]:
        """Call the bot by its name, set how it is told, and its menu; what was done."""
        try:
            me = await self._api.ask("getMe")
            await self._api.ask(method, **fields)
        except SendRefused as error:
            raise SetupError(error.message) from None
        name = f"@{text(me, 'username')}" if isinstance(me, dict) else "the bot"
        return [f"Telegram knows the token: it is {name}", *await self._set_menu()]

    async def _set_menu(self) -> list[str]:
        try:
            for language in commands.LANGUAGES:
                await self._api.ask("setMyCommands", commands=commands.menu(language), language_code=language)
            await self._api.ask("setMyCommands", commands=commands.menu("en"))
        except (SendRefused, TemporaryError) as error:
            return [f"the bot's menu could not be set: {error.message}"]
        return ["the bot's menu is set, in ru, kk and en"]

    async def _file(self, upload: Upload) -> tuple[str, bytes, str]:
        if upload.size > outgoing.FILE_BYTES:
            raise SendRefused(f"{upload.filename} is larger than Telegram takes (50 MB)")
        try:
            data = await self._blobs.get(upload.blob_key)
        except NotFound as error:
            raise SendRefused(error.message) from None
        return upload.filename or "file", data, upload.content_type


def _receipt(message: OutboundMessage, result: Json) -> Receipt:
    if not text(result, "message_id"):
        raise SendUnknown("Telegram answered without the message's id: sent or not cannot be told")
    return Receipt(parse.message_id(message.address, result))
