"""Files that come with a customer's message, the same in the chat and in the portal."""

import asyncio
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import UploadFile

from frontdesk.channels.inbound import InboundMessage, Upload
from frontdesk.desk import Desk
from frontdesk.errors import PayloadTooLarge, ValidationFailed
from frontdesk.intake.accept import Accepted, accepted_before

MAX_FILE = 10 * 1024 * 1024
MAX_FILES = 5


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    filename: str
    content_type: str
    data: bytes


async def read_files(files: Sequence[UploadFile]) -> list[ReceivedFile]:
    """Raises `ValidationFailed` for too many, `PayloadTooLarge` for one that is too large."""
    if len(files) > MAX_FILES:
        raise ValidationFailed(f"a message takes {MAX_FILES} files at most")
    received = []
    for file in files:
        data = await file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise PayloadTooLarge("a file has 10 MB at most")
        name = (file.filename or "file").replace("\\", "/").rpartition("/")[2][:200] or "file"
        received.append(ReceivedFile(name, file.content_type or "application/octet-stream", data))
    return received


async def accept_with_files(desk: Desk, inbound: InboundMessage, files: Sequence[ReceivedFile]) -> Accepted:
    """Take the message in. Files are stored for one that is new, and do not stay where it is not accepted after all."""
    if not files:
        return await desk.journey.accept(inbound)
    async with desk.db.connection() as conn:
        known = await accepted_before(conn, inbound)
    if known is not None:
        return Accepted(known, duplicate=True)
    uploads: list[Upload] = []
    try:
        for file in files:
            key = await desk.blobs.put(file.data)
            uploads.append(Upload(file.filename, file.content_type, len(file.data), key))
        accepted = await desk.journey.accept(dataclasses.replace(inbound, uploads=tuple(uploads)))
    except BaseException:
        await asyncio.shield(_delete(desk, uploads))
        raise
    if accepted.duplicate:
        await _delete(desk, uploads)
    return accepted


async def _delete(desk: Desk, uploads: Sequence[Upload]) -> None:
    for upload in uploads:
        await desk.blobs.delete(upload.blob_key)
