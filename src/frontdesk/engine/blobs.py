"""Attachments and raw mail: bytes under a key, in a folder of the home."""

import asyncio
import secrets
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from frontdesk.errors import NotFound
from frontdesk.kit.files import write_whole


class Blobs(Protocol):
    async def put(self, data: bytes) -> str:
        """Keep the bytes; the key they are found under."""
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
        await asyncio.to_thread(self._write, self._path(key), data)
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
        return [path.name for path in self._folder.glob("*/*") if path.stat().st_mtime < moment]

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise NotFound("the attachment is gone")
        return self._folder / key[:2] / key

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, data)
