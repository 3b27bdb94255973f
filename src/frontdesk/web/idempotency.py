"""Idempotency-Key: a POST that is sent again gets the first result, and has no second effect."""

import asyncio
import hashlib
import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import structlog
from fastapi import Header, Request

from frontdesk.db.pool import Connection
from frontdesk.engine.idempotency import Claims, RequestKey
from frontdesk.errors import BadRequest, Conflict, IdempotencyMismatch, TemporaryError
from frontdesk.web.caller import Caller, desk_of
from frontdesk.web.reply import Json

_KEY = re.compile(r'"([\x21\x23-\x7e]{1,200})"|([\x21-\x7e]{1,200})')
_NAMESPACE = uuid.UUID("0c5f9a52-0a9e-4c62-9d6d-6a1c2f4b7d10")
_WAITS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)

_log = structlog.get_logger("frontdesk.web")

Act = Callable[["IdempotentRequest"], Awaitable[Json]]


def key_header(least: int) -> Any:
    """The header's declaration, for keys of so many characters at least."""
    return Header(
        alias="Idempotency-Key",
        description="Send a POST again with the same key and body: the first result comes back.",
        json_schema_extra={"pattern": f'^("[!#-~]{{{least},200}}"|[!#-~][!-~]{{{least - 1},199}})$'},
    )


KeyHeader = Annotated[str | None, key_header(1)]


@dataclass(slots=True)
class IdempotentRequest:
    """One POST under its key; without a key it is simply done.

    What has its own transaction should `keep` the answer in it: then effect and answer are one.
    """

    claims: Claims
    caller: str
    path: str
    key: str | None
    kept: bool = False
    _request_key: RequestKey = field(init=False)

    def __post_init__(self) -> None:
        self._request_key = RequestKey(self.caller, self.path, self.key or "", self.claims.process)

    @classmethod
    def of(cls, request: Request, caller: Caller, key: str | None) -> "IdempotentRequest":
        """Raises `BadRequest` for a key that is none."""
        return cls(desk_of(request).claims, caller.key_space, request.url.path, _bare(key))

    def for_its_holder(self) -> "IdempotentRequest":
        """The same for whoever holds the key, wherever they are by now; what is kept of it opens nothing."""
        if self.key is None:
            return self
        return replace(self, caller="holder", key=hashlib.sha256(self.key.encode()).hexdigest())

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
        try:
            earlier = await self._claim(fingerprint)
        except TemporaryError:  # it may have been taken although nobody heard of it
            await self.claims.let_go(self._request_key)
            raise
        return await self._act(act) if earlier is None else earlier

    async def _act(self, act: Act) -> Json:
        self.claims.begin(self._request_key)
        try:
            answer = await act(self)
            if not self.kept:
                async with self.claims.db.connection() as conn:
                    await self.keep(conn, answer)
        except BaseException:
            self.claims.end(self._request_key)
            await asyncio.shield(self.claims.let_go(self._request_key))
            raise
        self.claims.end(self._request_key)
        return answer

    async def keep(self, conn: Connection, answer: Json) -> None:
        if self.key is not None:
            await self._request_key.keep(conn, answer.status_code, bytes(answer.body))
            self.kept = True

    async def _claim(self, fingerprint: str) -> Json | None:
        """None where this request is the first; else the first one's answer."""
        key, db = self._request_key, self.claims.db
        if await key.claim(db, fingerprint):
            return None
        was_missing: set[int | None] = set()
        for wait in (*_WAITS, None):
            first = await key.answer(db)
            if first is None:  # the first request failed and let go
                if await key.claim(db, fingerprint):
                    return None
                continue
            if first.fingerprint != fingerprint:
                raise IdempotencyMismatch("this Idempotency-Key was used for another body")
            if first.status is not None:
                return Json(first.response or b"", first.status, {"Idempotency-Replayed": "true"})
            was_missing = was_missing or {first.process} if first.is_missing else set()
            if wait is not None:
                await asyncio.sleep(wait)
            elif first.process in was_missing and await key.claim(db, fingerprint, dead=first.process):
                return None
        raise Conflict("the first request with this Idempotency-Key is still running; ask again in a moment")


def _bare(given: str | None) -> str | None:
    if given is None:
        return None
    match = _KEY.fullmatch(given.strip())
    if match is None:
        raise BadRequest("Idempotency-Key has 1 to 200 visible ASCII characters")
    return match[1] or match[2]
