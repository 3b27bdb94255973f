"""The files of messages: where each lies, and what was read from it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.terms import MessageId
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Attachment:
    attachment_id: str
    message_id: MessageId
    filename: str
    content_type: str
    size: int
    """In bytes; 0 where the channel did not tell it and the file is not here yet."""
    blob_key: str | None
    """None while the file still lies with its channel, or where it could not be fetched."""
    remote: str | None
    """What its channel finds it by."""
    text: str | None
    """What was read from it."""
    failure: str | None
    looked_at: datetime | None
    """When it was read, or given up; the AI waits for it, but not long."""


COLUMNS = ", ".join(f"a.{field.name}" for field in fields(Attachment))


async def add(
    conn: Connection,
    message_id: MessageId,
    filename: str,
    content_type: str,
    size: int,
    *,
    blob_key: str | None = None,
    remote: str | None = None,
) -> None:
    await execute(
        conn,
        "insert into attachment (attachment_id, message_id, filename, content_type, size, blob_key, remote)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        (str(uuid.uuid4()), message_id, filename, content_type, size, blob_key, remote),
    )


async def get(conn: Connection, attachment_id: str, scope: Scope) -> Attachment | None:
    query = (
        f"select {COLUMNS} from attachment a join message m using (message_id)"
        " where a.attachment_id = %(attachment_id)s and " + scope.of("m.ticket_id")
    )
    return await fetch_one(conn, Attachment, query, {"attachment_id": attachment_id, **scope.params})


async def of_messages(conn: Connection, messages: Sequence[Message]) -> dict[str, list[Attachment]]:
    """The files of these messages, by message id."""
    files = await fetch_all(
        conn,
        Attachment,
        f"select {COLUMNS} from attachment a where a.message_id = any(%s) order by a.filename",
        ([message.message_id for message in messages],),
    )
    grouped: dict[str, list[Attachment]] = {}
    for file in files:
        grouped.setdefault(file.message_id, []).append(file)
    return grouped


async def unseen_since(conn: Connection, now: Ticket) -> datetime | None:
    """When the newest unanswered message came of which a file is still to be looked at."""
    newest: datetime | None = await fetch_value(
        conn,
        "select max(m.created_at) from message m join attachment a using (message_id)"
        " where m.ticket_id = %s and m.seq > %s and m.deleted_at is null and a.looked_at is null",
        (now.ticket_id, now.answered_seq),
    )
    return newest


async def keep_file(conn: Connection, attachment_id: str, blob_key: str, size: int) -> None:
    """The file is here now."""
    query = "update attachment set blob_key = %s, size = %s where attachment_id = %s"
    await execute(conn, query, (blob_key, size, attachment_id))


async def keep_look(conn: Connection, attachment_id: str, text: str | None, failure: str | None) -> None:
    """What was read from it, or why nothing could be."""
    await execute(
        conn,
        "update attachment set looked_at = clock_timestamp(), text = %s, failure = %s where attachment_id = %s",
        (text, failure, attachment_id),
    )
