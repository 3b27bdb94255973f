"""Everything about one customer in one ZIP: a JSON file for each table, and the files that they sent and got."""

import asyncio
import re
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, LiteralString
from zipfile import ZIP_DEFLATED, ZipFile

import orjson

from frontdesk.access.actor import Actor, Permission
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.db.pool import Connection, Database, fetch_all, fetch_dicts
from frontdesk.engine.blobs import Blobs
from frontdesk.errors import NotFound
from frontdesk.kit.files import written_whole
from frontdesk.kit.keys import Keys
from frontdesk.privacy import subject
from frontdesk.privacy.erase import customer_digest
from frontdesk.privacy.places import personal
from frontdesk.privacy.subject import Subject

_LONGEST_NAME = 100
_LEFT_AFTER = 24 * 60 * 60.0
_FILES = "select attachment_id, filename, blob_key from attachment r where r.message_id = any(%(messages)s)"


@dataclass(frozen=True, slots=True)
class _File:
    attachment_id: str
    filename: str
    blob_key: str | None


@dataclass(frozen=True, slots=True)
class Exporter:
    db: Database
    blobs: Blobs
    keys: Keys
    folder: Path
    """Where exports lie while they are fetched."""

    async def export(self, actor: Actor, given: str, target: Path) -> dict[str, int]:
        """Write the ZIP, readable by its owner alone; how many rows of each table are in it.

        Raises `Forbidden`, `NotFound`.
        """
        actor.require(Permission.ADMIN)
        rows, files = await self._read(given)
        await self._note(actor, rows)
        counts = {name: len(of_table) for name, of_table in rows.items() if of_table}
        index = {"made_at": datetime.now(UTC).isoformat(), "asked_for": given, "rows": counts}
        with written_whole(target) as out, ZipFile(out, "w", ZIP_DEFLATED) as archive:
            archive.writestr("index.json", _json(index))
            for name, of_table in rows.items():
                await asyncio.to_thread(archive.writestr, f"{name}.json", _json(of_table))
            for file in files:
                await self._add(archive, file)
        return counts

    async def remove_left(self) -> int:
        """Exports that nobody fetched to the end, since yesterday; how many there were."""
        return await asyncio.to_thread(self._remove_left, time.time() - _LEFT_AFTER)

    def _remove_left(self, moment: float) -> int:
        left = [path for path in self.folder.glob("*") if path.stat().st_mtime < moment]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        return len(left)

    async def _read(self, given: str) -> tuple[dict[str, list[dict[str, Any]]], list[_File]]:
        """As it stands at one moment."""
        async with self.db.transaction() as conn:
            await conn.execute("set transaction isolation level repeatable read read only")
            whose = await subject.find(conn, given)
            rows = {
                name: await _rows(conn, name, whose) for name, place in personal().items() if place.exported
            }
            return rows, await fetch_all(conn, _File, _FILES, whose.params())

    async def _note(self, actor: Actor, rows: dict[str, list[dict[str, Any]]]) -> None:
        counts = [Change("messages", None, len(rows["message"]))]
        async with self.db.transaction() as conn:
            for customer in rows["customer"]:
                digest = customer_digest(self.keys, customer["customer_id"])
                action = AuditAction.CUSTOMER_EXPORTED
                await door.record(conn, actor, action, ObjectKind.CUSTOMER, digest, counts)

    async def _add(self, archive: ZipFile, file: _File) -> None:
        if file.blob_key is None:
            return
        try:
            data = await self.blobs.get(file.blob_key)
        except NotFound:
            return  # its row says what is known of it
        name = re.sub(r"[^\w.-]+", "_", file.filename)[-_LONGEST_NAME:].lstrip(".") or "file"
        await asyncio.to_thread(archive.writestr, f"files/{file.attachment_id}-{name}", data)


async def _rows(conn: Connection, name: LiteralString, whose: Subject) -> list[dict[str, Any]]:
    place = personal()[name]
    columns: LiteralString = ", ".join(["r." + column for column in place.exported])
    query: LiteralString = "select " + columns + " from " + name + " r where " + place.rows
    return await fetch_dicts(conn, query, whose.params())


def _json(content: object) -> bytes:
    return orjson.dumps(content, default=_other, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)


def _other(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
