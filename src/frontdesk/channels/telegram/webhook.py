"""A bot that Telegram calls, with a secret in a header."""

import hmac
from datetime import UTC, datetime, timedelta

import orjson

from frontdesk.channels.body import Json, json_object, moment, part, text
from frontdesk.channels.health import Health
from frontdesk.channels.request import Reply, Request
from frontdesk.channels.style import ReplyStyle
from frontdesk.channels.telegram import parse
from frontdesk.channels.telegram.account import TelegramAccount
from frontdesk.channels.telegram.channel import Telegram
from frontdesk.engine.blobs import Blobs
from frontdesk.errors import BadRequest, SendRefused, Unauthorized

SECRET = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40
_RECENT = timedelta(minutes=15)


class CalledTelegram(Telegram):
    def __init__(
        self, account: str, settings: TelegramAccount, style: ReplyStyle, blobs: Blobs, public_url: str
    ) -> None:
        super().__init__(account, settings, style, blobs)
        self.webhook = f"telegram/{account}"
        self._address = f"{public_url}/webhooks/{self.webhook}"
        self._secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""

    def verify(self, request: Request) -> None:
        given = request.header(SECRET).encode("utf-8", "surrogatepass")
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            raise Unauthorized(f"{SECRET} is missing or wrong")

    def acknowledge(self, request: Request) -> Reply:
        """A pressed button stops turning: the answer is itself a call of the Bot API."""
        try:
            query = text(part(json_object(request.body), "callback_query"), "id")
        except BadRequest:
            query = ""
        if not query:
            return Reply()
        call = {"method": "answerCallbackQuery", "callback_query_id": query}
        return Reply(orjson.dumps(call), "application/json")

    async def connect(self) -> list[str]:
        """Have Telegram call this desk, with the secret."""
        done = await self._set_up(
            "setWebhook",
            url=self._address,
            secret_token=self._secret,
            allowed_updates=parse.UPDATES,
            max_connections=CONNECTIONS,
        )
        return [*done, f"Telegram calls {self._address}"]

    async def health(self) -> Health:
        me = await self._identity()
        if isinstance(me, Health):
            return me
        try:
            info = await self._api.ask("getWebhookInfo")
        except SendRefused as error:
            return Health(is_connected=False, error=error.message)
        return self._as_told(me, info if isinstance(info, dict) else {})

    def _as_told(self, me: Json, info: Json) -> Health:
        error = text(info, "last_error_message")[:200]
        error_at = moment(info, "last_error_date") if error else None
        waiting = info.get("pending_update_count")
        calls_here = text(info, "url") == self._address
        fails = bool(waiting) and error_at is not None and datetime.now(UTC) - error_at < _RECENT
        return Health(
            is_connected=calls_here and not fails,
            name=f"@{text(me, 'username')}",
            waiting=waiting if isinstance(waiting, int) else None,
            error=error,
            error_at=error_at,
            missing=() if calls_here else (self._to_connect,),
        )
