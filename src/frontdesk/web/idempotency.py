"""Idempotency-Key: a POST that is sent again gets the first result, and has no second effect."""

import asyncio
import hashlib
import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import structlog
from fastapi import Header, Request

from frontdesk.db.pool import Connection, Database, execute, fetch_one
from frontdesk.errors import BadRequest, Conflict, IdempotencyMismatch
from frontdesk.web.caller import Caller, desk_of
from frontdesk.web.reply import Json

_KEY = re.compile(r'"([\x21\x23-\x7e]{1,200})"|([\x21-\x7e]{1,200})')
_NAMESPACE = uuid.UUID("0c5f9a52-0a9e-4c62-9d6d-6a1c2f4b7d10")
_ABANDONED_AFTER = timedelta(seconds=90)
"""A first request that has been silent so long died on the way; its key may be taken again."""
_WAITS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)

_log = structlog.get_logger("frontdesk.web")

Act = Callable[["IdempotentRequest"], Awaitable[Json]]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Send a POST again with the same key and body: the first result comes back.",
        json_schema_extra={"pattern": '^("[!#-~]{1,200}"|[!#-~][!-~]{0,199})$'},
    ),
]

_CLAIM = """
    insert into idempotency (caller, path, key, fingerprint)
    values (%(caller)s, %(path)s, %(key)s, %(fingerprint)s)
    on conflict (caller, path, key) do update set created_at = now()
        where idempotency.status is null and idempotency.fingerprint = excluded.fingerprint
          and idempotency.created_at < now() - %(abandoned)s
    returning status, response, fingerprint
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    status: int | None
    response: bytes | None
    fingerprint: str


@dataclass(slots=True)
class IdempotentRequest:
    """One POST under its key; without a key it is simply done.

    What has its own transaction should `keep` the answer in it: then effect and answer are one.
    """

    db: Database
    caller: str
    path: str
    key: str | None
    kept: bool = False

    @classmethod
    def of(cls, request: Request, caller: Caller, key: str | None) -> "IdempotentRequest":
        """Raises `BadRequest` for a key that is none."""
        return cls(desk_of(request).db, caller.key_space, request.url.path, _bare(key))

    def stable_id(self, purpose: str) -> str:
        """A new id; under a key always the same, so that a repetition after a crash meets its first try."""
        if self.key is None:
            return str(uuid.uuid4())
        return str(uuid.uuid5(_NAMESPACE, "\x1f".join((purpose, self.caller, self.path, self.key))))

    async def run(self, body: bytes, act: Act) -> Json:
        """Raises `IdempotencyMismatch` for another body, `Conflict` while the first request runs."""
        if self.key is None:
            return await act(self)
        fingerprint = hashlib.sha256(body).hexdigest()
        first = await self._claim(fingerprint)
        if first is not None:
            return first
        try:
            answer = await act(self)
            if not self.kept:
                async with self.db.connection() as conn:
                    await self.keep(conn, answer)
        except BaseException:
            await asyncio.shield(self._let_go())
            raise
        return answer

    async def keep(self, conn: Connection, answer: Json) -> None:
        if self.key is not None:
            await execute(
                conn,
                "update idempotency set status = %s, response = %s"
                " where caller = %s and path = %s and key = %s",
                (answer.status_code, bytes(answer.body), self.caller, self.path, self.key),
            )
            self.kept = True

    async def _claim(self, fingerprint: str) -> Json | None:
        """None where this request is the first; else the first one's answer."""
        if await self._try_claim(fingerprint):
            return None
        for wait in (*_WAITS, None):
            found = await self._look()
            if found is None:  # the first request failed and let go
                if await self._try_claim(fingerprint):
                    return None
                continue
            if found.fingerprint != fingerprint:
                raise IdempotencyMismatch("this Idempotency-Key was used for another body")
            if found.status is not None:
                return Json(found.response or b"", found.status, {"Idempotency-Replayed": "true"})
            if wait is not None:
                await asyncio.sleep(wait)
        raise Conflict("the first request with this Idempotency-Key is still running; ask again in a moment")

    async def _try_claim(self, fingerprint: str) -> bool:
        params = {**self._names(), "fingerprint": fingerprint, "abandoned": _ABANDONED_AFTER}
        async with self.db.connection() as conn:
            return await fetch_one(conn, _Kept, _CLAIM, params) is not None

    async def _look(self) -> _Kept | None:
        query = (
            "select status, response, fingerprint from idempotency"
            " where caller = %(caller)s and path = %(path)s and key = %(key)s"
        )
        async with self.db.connection() as conn:
            return await fetch_one(conn, _Kept, query, self._names())

    async def _let_go(self) -> None:
        """A request that failed keeps no key: it may be mended and sent again."""
        query = (
            "delete from idempotency where caller = %(caller)s and path = %(path)s and key = %(key)s"
            " and status is null"
        )
        async with self.db.connection() as conn:
            await execute(conn, query, self._names())

    def _names(self) -> dict[str, object]:
        return {"caller": self.caller, "path": self.path, "key": self.key}


def _bare(given: str | None) -> str | None:
    if given is None:
        return None
    found = _KEY.fullmatch(given.strip())
    if found is None:
        raise BadRequest("Idempotency-Key has 1 to 200 visible ASCII characters")
    return found[1] or found[2]
