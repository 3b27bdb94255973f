"""Tickets in a file, as people export them."""

from collections.abc import Iterator
from pathlib import Path

from frontdesk.kit.record_file import Columns, record_lines

_COLUMNS = Columns(
    "body",
    {
        "text": "body", "message": "body", "текст": "body", "сообщение": "body", "обращение": "body", "мәтін": "body",
        "тема": "subject", "тақырып": "subject", "id": "ticket_id", "номер": "ticket_id", "канал": "channel",
        "дата": "ts", "date": "ts", "created_at": "ts",
    },
)  # fmt: skip


def ticket_lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Each ticket as a JSON object in UTF-8, with the number of its line or row; empty ones are left out.

    Raises `ValidationFailed` for a spreadsheet or a table that cannot be read, or has no column of messages.
    """
    return record_lines(file, _COLUMNS)
