"""A blob store for channels that send no files."""

from datetime import timedelta

from frontdesk.errors import NotFound


class NoBlobs:
    async def put(self, data: bytes) -> str:
        raise NotFound("nothing is kept here")

    async def get(self, key: str) -> bytes:
        raise NotFound("nothing is kept here")

    async def delete(self, key: str) -> None:
        """Nothing is here."""

    async def older_than(self, age: timedelta) -> list[str]:
        return []
