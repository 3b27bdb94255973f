"""A bot that is asked: Telegram holds each question until something comes."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import suppress

from frontdesk.channels.body import Json, text
from frontdesk.channels.channel import Polled
from frontdesk.channels.health import Health
from frontdesk.channels.telegram import parse
from frontdesk.channels.telegram.bot_api import PollingRefused, TokenRefused
from frontdesk.channels.telegram.channel import Telegram
from frontdesk.errors import (
    BadRequest,
    DeliveryUnreadable,
    PermanentError,
    SendRefused,
    TemporaryError,
    Unavailable,
)

ASK_SECONDS = 25
UPDATES = 10
"""In one answer; so many are well below the largest answer that is read."""
NUMBERS_HOLD = 6 * 24 * 3600
"""Seconds: after a week of silence Telegram's numbers begin anew, anywhere."""
_PAUSE = 1.0
"""Where a server answers at once that there is nothing."""


class PolledTelegram(Telegram):
    async def poll(self, cursor: str | None) -> AsyncGenerator[Polled, None]:
        """Each update is kept before the next question, which tells Telegram to forget it."""
        offset = _offset(cursor)
        while True:
            began = time.monotonic()
            updates = await self._updates(offset)
            for update in updates:
                update_id = update.get("update_id")
                if not isinstance(update_id, int):
                    continue
                offset = update_id + 1
                yield self._read(update, f"{offset}@{int(time.time())}")
                await self._stop_turning(update)
            if not updates and time.monotonic() - began < _PAUSE:
                await asyncio.sleep(_PAUSE)

    async def connect(self) -> list[str]:
        """Telegram must call nobody, or it may not be asked."""
        done = await self._set_up("deleteWebhook")
        return [*done, "there is no public address with a secret: Telegram is asked (role `channels`)"]

    async def health(self) -> Health:
        me = await self._identity()
        if isinstance(me, Health):
            return me
        try:
            info = await self._api.ask("getWebhookInfo")
        except SendRefused as error:
            return Health(is_connected=False, error=error.message)
        known = info if isinstance(info, dict) else {}
        waiting = known.get("pending_update_count")
        is_called = bool(text(known, "url"))
        return Health(
            is_connected=not is_called,
            name=f"@{text(me, 'username')}",
            waiting=waiting if isinstance(waiting, int) else None,
            error="Telegram calls a webhook, so that it cannot be asked" if is_called else "",
            missing=(self._to_connect,) if is_called else (),
        )

    async def _updates(self, offset: int | None) -> list[Json]:
        behind = {} if offset is None else {"offset": offset}
        try:
            updates = await self._api.ask(
                "getUpdates",
                ASK_SECONDS,
                timeout=ASK_SECONDS,
                limit=UPDATES,
                allowed_updates=parse.UPDATES,
                **behind,
            )
        except TokenRefused as error:
            raise PermanentError(error.message) from None
        except PollingRefused as error:
            raise Unavailable(error.message, retry_after=30.0) from None
        except SendRefused as error:
            raise Unavailable(error.message) from None
        return [update for update in updates if isinstance(update, dict)] if isinstance(updates, list) else []

    def _read(self, update: Json, cursor: str) -> Polled:
        body = json.dumps(update).encode()
        try:
            return Polled(tuple(parse.events(self.account, update)), cursor, body, "application/json")
        except (BadRequest, DeliveryUnreadable) as error:
            return Polled((), cursor, body, "application/json", error.message)

    async def _stop_turning(self, update: Json) -> None:
        """A pressed button turns until it is answered; where it cannot be, it stops by itself."""
        query = update.get("callback_query")
        if isinstance(query, dict) and text(query, "id"):
            with suppress(SendRefused, TemporaryError):
                await self._api.ask("answerCallbackQuery", callback_query_id=text(query, "id"))


def _offset(cursor: str | None) -> int | None:
    """None: whatever Telegram still has. What comes again is a duplicate and has no effect."""
    number, _, at = (cursor or "").partition("@")
    if not (number.isdigit() and at.isdigit()) or time.time() - int(at) > NUMBERS_HOLD:
        return None
    return int(number)
