"""Attachments and raw mail: bytes under a key, in a folder of the home."""

import asyncio
import secrets
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from frontdesk.engine.disk import FULL_DISK, RETRY_AFTER, is_full
from frontdesk.errors import NotFound, Unavailable
from frontdesk.kit.files import write_whole


class Blobs(Protocol):
    async def put(self, data: bytes) -> str:
        """Keep the bytes; the key they are found under. Raises `Unavailable` where there is no room."""
        ...

    async def get(self, key: str) -> bytes:
        """Raises `NotFound` for an unknown key."""
        ...

    async def delete(self, key: str) -> None:
        """A key that is gone already is no fault."""

    async def older_than(self, age: timedelta) -> list[str]:
        """The keys of what was kept longer ago than that."""
        ...


class FolderBlobs:
    """Files under a folder, two levels deep; a file is complete or not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, data: bytes) -> str:
        key = secrets.token_hex(16)
        try:
            await asyncio.to_thread(self._write, self._path(key), data)
        except OSError as error:
            if is_full(error):
                raise Unavailable(FULL_DISK, retry_after=RETRY_AFTER) from error
            raise
        return key

    async def get(self, key: str) -> bytes:
        try:
            return await asyncio.to_thread(self._path(key).read_bytes)
        except FileNotFoundError:
            raise NotFound("the attachment is gone") from None

    async def delete(self, key: str) -> None:
        with suppress(FileNotFoundError, NotFound):
            await asyncio.to_thread(self._path(key).unlink)

    async def older_than(self, age: timedelta) -> list[str]:
        return await asyncio.to_thread(self._older_than, time.time() - age.total_seconds())

    def _older_than(self, moment: float) -> list[str]:
        old = [path for path in self._folder.glob("*/*") if path.stat().st_mtime < moment]
        for half_written in (path for path in old if path.suffix == ".part"):
            half_written.unlink(missing_ok=True)  # a process was killed while it wrote
        return [path.name for path in old if path.name.isalnum()]

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise NotFound("the attachment is gone")
        return self._folder / key[:2] / key

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, data)
