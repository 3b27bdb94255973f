"""Which settings are not what they were at the last start: kept by name, with a keyed digest of the values."""

import hmac
from typing import Any

from psycopg.types.json import Jsonb
from pydantic import SecretStr

from frontdesk.audit.act import Act, Acting, AuditAction, Change, ObjectKind
from frontdesk.audit.door import record_all
from frontdesk.db.pool import Database, execute, fetch_value
from frontdesk.kit.canonical import canonical
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

_FACT = "settings_seen"
_DIGITS = 32
_PREFIXES = tuple(f"{name.upper()}_" for name in ChannelName)
"""Variables by which channels are configured."""


async def note_settings(db: Database, settings: Settings, key: bytes, by: Acting) -> list[str]:
    """Compare with the last start of any process, and keep what changed; the names of the changed."""
    now = digests(settings, key)
    async with db.transaction() as conn:
        await execute(conn, "select pg_advisory_xact_lock(hashtextextended(%s, 0))", (_FACT,))
        seen = await fetch_value(conn, "select value from desk_fact where name = %s", (_FACT,))
        before: dict[str, str] = seen or digests(Settings.model_construct(), key)
        changed = sorted(name for name in {*now, *before} if now.get(name) != before.get(name))
        acts = [
            Act(
                by,
                AuditAction.SETTING_CHANGED,
                ObjectKind.SETTING,
                name,
                [Change("digest", before.get(name), now.get(name))],
            )
            for name in changed
        ]
        await record_all(conn, acts)
        await execute(
            conn,
            "insert into desk_fact (name, value) values (%s, %s) on conflict (name) do update set value = excluded.value",
            (_FACT, Jsonb(now)),
        )
    return changed


def digests(settings: Settings, key: bytes) -> dict[str, str]:
    """A keyed digest for each setting: it tells that a value changed, and nothing of the value."""
    values: dict[str, Any] = {
        name.upper(): getattr(settings, name) for name in Settings.model_fields if name != "variables"
    }
    values |= {name: value for name, value in settings.variables.items() if name.startswith(_PREFIXES)}
    return {
        name: hmac.digest(key, canonical([name, _plain(value)]).encode(), "sha256").hex()[:_DIGITS]
        for name, value in values.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value if isinstance(value, int | float | None) else str(value)
