"""Files that are to be removed: named in the transaction that decided it, removed after it, by a clock if need be."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from frontdesk.db.pool import Connection, Database, execute, fetch_all
from frontdesk.engine.blobs import Blobs

FileKind = Literal["blob", "mail"]
_BATCH = 200


@dataclass(frozen=True, slots=True)
class _Doomed:
    kind: FileKind
    name: str


async def doom(conn: Connection, kind: FileKind, names: list[str]) -> None:
    """`name` is a blob's key, or what the name of a mail's files begins with."""
    query = "insert into doomed_file (kind, name) select %s, unnest(%s::text[]) on conflict do nothing"
    await execute(conn, query, (kind, names))


@dataclass(frozen=True, slots=True)
class DoomedFiles:
    db: Database
    blobs: Blobs
    mails: Path
    """The folder where mails are kept that were not sent by SMTP."""

    async def remove(self) -> int:
        """All that are named; how many files there were. One that is gone already is no fault."""
        removed = 0
        while doomed := await self._next():
            for file in doomed:
                removed += await self._remove(file)
                async with self.db.connection() as conn:
                    query = "delete from doomed_file where kind = %s and name = %s"
                    await execute(conn, query, (file.kind, file.name))
        return removed

    async def _next(self) -> list[_Doomed]:
        async with self.db.connection() as conn:
            return await fetch_all(conn, _Doomed, "select kind, name from doomed_file limit %s", (_BATCH,))

    async def _remove(self, file: _Doomed) -> int:
        if file.kind == "blob":
            await self.blobs.delete(file.name)
            return 1
        return await asyncio.to_thread(self._remove_mail, file.name)

    def _remove_mail(self, stem: str) -> int:
        files = [path for path in self.mails.glob("*") if path.name.startswith(f"{stem}@")]
        for path in files:
            path.unlink(missing_ok=True)
        return len(files)
