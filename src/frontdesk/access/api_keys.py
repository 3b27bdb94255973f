"""API keys of programs: `fdk_<id>_<secret>`, shown once; the database has the secret's hash."""

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, LiteralString

from frontdesk.access.actor import ACCESS_CHANGED, Actor, ActorKind, Permission
from frontdesk.access.secrets import hash_of, new_secret
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.audit.door import record
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one
from frontdesk.errors import NotFound

PREFIX: Final = "fdk_"
_KEY = re.compile(r"fdk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_EXACT_TO = timedelta(minutes=1)
_COLUMNS: Final[LiteralString] = (
    "key_id, name, secret_hash, scopes, created_at, expires_at, revoked_at, used_at"
)


@dataclass(frozen=True, slots=True)
class ApiKey:
    key_id: str
    name: str
    secret_hash: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None
    """Exact to a minute, so that reading costs no write."""

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.KEY, self.key_id, self.name, frozenset(map(Permission, self.scopes)))


async def create(
    conn: Connection, by: Actor, name: str, scopes: Iterable[Permission], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """The key, and the text that its holder sends: it can never be read again."""
    key_id, secret = secrets.token_hex(6), new_secret()
    key = await fetch_one(
        conn,
        ApiKey,
        "insert into api_key (key_id, name, secret_hash, scopes, expires_at) values (%s, %s, %s, %s, %s)"
        f" returning {_COLUMNS}",
        (key_id, name, hash_of(secret), sorted(scopes), expires_at),
    )
    assert key is not None
    granted = Change("scopes", None, ",".join(key.scopes))
    await record(conn, by, AuditAction.KEY_CREATED, ObjectKind.KEY, key_id, [granted])
    return key, f"{PREFIX}{key_id}_{secret}"


async def holder_of(conn: Connection, text: str) -> Actor | None:
    """Who sends this key; None for one that is unknown, wrong, revoked or has ended."""
    parts = _KEY.fullmatch(text)
    if parts is None:
        return None
    key_id, secret = parts.groups()
    key = await _usable(conn, key_id)
    if key is None or not hmac.compare_digest(key.secret_hash, hash_of(secret)):
        return None
    if key.used_at is None or datetime.now(UTC) - key.used_at > _EXACT_TO:
        await execute(conn, "update api_key set used_at = now() where key_id = %s", (key_id,))
    return key.actor


async def every(conn: Connection) -> list[ApiKey]:
    """The newest first, revoked ones too."""
    return await fetch_all(conn, ApiKey, f"select {_COLUMNS} from api_key order by created_at desc, key_id")


async def revoke(conn: Connection, by: Actor, key_id: str) -> ApiKey:
    """Raises `NotFound`."""
    key = await fetch_one(
        conn,
        ApiKey,
        f"update api_key set revoked_at = coalesce(revoked_at, now()) where key_id = %s returning {_COLUMNS}",
        (key_id,),
    )
    if key is None:
        raise NotFound("there is no such key")
    await record(conn, by, AuditAction.KEY_REVOKED, ObjectKind.KEY, key_id)
    conn.signals.add(ACCESS_CHANGED)
    return key


async def actor_of(conn: Connection, key_id: str) -> Actor | None:
    """Who a key that was shown before is by now; None where it was revoked or has ended."""
    key = await _usable(conn, key_id)
    return None if key is None else key.actor


async def _usable(conn: Connection, key_id: str) -> ApiKey | None:
    query = (
        f"select {_COLUMNS} from api_key where key_id = %s and revoked_at is null"
        " and coalesce(expires_at > now(), true)"
    )
    return await fetch_one(conn, ApiKey, query, (key_id,))
