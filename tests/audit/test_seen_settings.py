"""Settings that changed since the last start are kept by name, never by value."""

from frontdesk.access.actor import SYSTEM
from frontdesk.audit.seen_settings import note_settings
from frontdesk.db.pool import Database, fetch_dicts
from frontdesk.settings import Settings
from tests.audit.writing import AUDIT_KEY
from tests.ground import KEY


async def test_each_changed_setting_is_named_once_and_no_value_is_kept(
    db: Database, settings: Settings
) -> None:
    first = await note_settings(db, settings, AUDIT_KEY, SYSTEM)
    assert {"SECRET_KEY", "DATABASE_URL", "EMBEDDING_MODEL"} <= set(first)
    assert await note_settings(db, settings, AUDIT_KEY, SYSTEM) == []
    other = settings.model_copy(
        update={"desk_name": "Umbrella", "variables": {"TELEGRAM_TOKEN": "12:ab", "HOME": "/x"}}
    )
    assert await note_settings(db, other, AUDIT_KEY, SYSTEM) == ["DESK_NAME", "TELEGRAM_TOKEN"]
    assert await note_settings(db, settings, AUDIT_KEY, SYSTEM) == ["DESK_NAME", "TELEGRAM_TOKEN"]
    async with db.connection() as conn:
        rows = await fetch_dicts(conn, "select * from audit_entry order by entry_id")
    written = str(rows)
    assert "Umbrella" not in written
    assert "12:ab" not in written
    assert KEY not in written
    assert rows[-1]["changes"][0]["after"] is None  # the variable is not set any more
