"""The lane of a message's files: fetched from their channel into the blob store, then read, each once."""

import asyncio
from dataclasses import dataclass

import structlog
from prometheus_client import Counter

from frontdesk.access.scope import ROAD
from frontdesk.channels.channel import Channels, MediaSource
from frontdesk.channels.inbound import RemoteMedia
from frontdesk.engine.blobs import Blobs
from frontdesk.engine.lanes import LaneRun, Lanes
from frontdesk.errors import FileRefused, LaneLost, NotFound, PermanentError, Unavailable
from frontdesk.perception.perceiver import File, Perceivers
from frontdesk.terms import LaneKind, MessageId, TicketId
from frontdesk.tickets import attachments, message, ticket
from frontdesk.tickets import conversation as conversations
from frontdesk.tickets.attachments import Attachment
from frontdesk.tickets.conversation import Conversation
from frontdesk.tickets.message import Message

FILE_SECONDS = 60.0
"""For fetching or reading one file."""
TEXT_CHARACTERS = 20_000
"""Of what is read from one file the beginning is kept."""

_log = structlog.get_logger("frontdesk.perception")
_files = Counter("support_files_total", "Files of customers", ["result"])


@dataclass(frozen=True, slots=True)
class Perception:
    lanes: Lanes
    channels: Channels
    blobs: Blobs
    perceivers: Perceivers
    most_bytes: int
    """A larger file is left with its channel."""

    async def look(self, run: LaneRun) -> None:
        """Lane perceive:<message>: look at every file of the message, then let its ticket go on.

        A file that may be read later fails the run when the others are done, so that it is tried again.
        """
        work = await self._find(run)
        if work is None:
            return
        owner, conversation, files = work
        later: Exception | None = None
        for file in files:
            try:
                await self._look_at(run, conversation, file)
            except LaneLost:
                raise
            except Exception as error:  # whatever it is: the other files are looked at all the same
                later = error
        if later is not None:
            raise later
        await self._done(run, owner.ticket_id)

    async def give_up(self, run: LaneRun, error: str) -> None:
        """The lane's dead end: staff sees why on the file, and the ticket goes on without it."""
        work = await self._find(run)
        if work is not None:
            owner, _, files = work
            for file in files:
                await self._keep(run, file, None, error)
            await self._done(run, owner.ticket_id)
        await self.lanes.finish(run.claim)

    async def _find(self, run: LaneRun) -> tuple[Message, Conversation, list[Attachment]] | None:
        async with run.transaction() as conn:
            owner = await message.get(conn, MessageId(run.subject), ROAD)
            if owner is None:
                return None
            about = await ticket.get(conn, owner.ticket_id, ROAD)
            conversation = await conversations.get(conn, about.conversation_id)
            files = (await attachments.of_messages(conn, [owner])).get(owner.message_id, [])
        if conversation is None:
            raise AssertionError("a ticket's conversation is gone")
        return owner, conversation, [file for file in files if file.looked_at is None]

    async def _look_at(self, run: LaneRun, conversation: Conversation, file: Attachment) -> None:
        try:
            async with asyncio.timeout(FILE_SECONDS):
                data = await self._data(run, conversation, file)
                perceiver = self.perceivers.of(file.content_type)
                read = File(file.filename, file.content_type, data) if perceiver else None
                text = await perceiver.read(read) if perceiver and read else None
        except TimeoutError:
            raise Unavailable("a file took too long") from None
        except (PermanentError, NotFound) as error:
            await self._keep(run, file, None, error.message)
        else:
            await self._keep(run, file, text[:TEXT_CHARACTERS] if text else None, None)

    async def _data(self, run: LaneRun, conversation: Conversation, file: Attachment) -> bytes:
        if file.blob_key is not None:
            return await self.blobs.get(file.blob_key)
        data = await self._fetch(conversation, file)
        key = await self.blobs.put(data)
        try:
            async with run.transaction() as conn:
                await attachments.keep_file(conn, file.attachment_id, key, len(data))
        except LaneLost:  # such as by an erasure: the file is nobody's
            await self.blobs.delete(key)
            raise
        return data

    async def _fetch(self, conversation: Conversation, file: Attachment) -> bytes:
        """From the channel, and never more than the limit. Raises `FileRefused` or what the channel raises."""
        source = self.channels.find(conversation.channel, conversation.account)
        if not isinstance(source, MediaSource) or file.remote is None:
            raise FileRefused("its channel account gives no files")
        if file.size > self.most_bytes:
            raise FileRefused(f"it is larger than {self.most_bytes // 2**20} MB")
        data = bytearray()
        media = RemoteMedia(file.remote, file.content_type, file.filename, file.size or None)
        async for piece in source.fetch(media):
            data += piece
            if len(data) > self.most_bytes:
                raise FileRefused(f"it is larger than {self.most_bytes // 2**20} MB")
        return bytes(data)

    async def _keep(self, run: LaneRun, file: Attachment, text: str | None, failure: str | None) -> None:
        _files.labels("failed" if failure else "read" if text else "kept").inc()
        if failure:
            _log.warning("file_not_read", attachment_id=file.attachment_id, reason=failure)
        async with run.transaction() as conn:
            await attachments.keep_look(conn, file.attachment_id, text, failure)

    async def _done(self, run: LaneRun, ticket_id: TicketId) -> None:
        async with run.transaction() as conn:
            await self.lanes.wake(conn, LaneKind.TICKET, ticket_id)
