"""The demo's database, as it stands behind all that is shown."""

from dataclasses import dataclass
from typing import Any

import psycopg


@dataclass
class Database:
    conn: psycopg.Connection[Any]
    sessions_before: int = 0

    def value(self, query: str, *params: object) -> Any:
        row = self.conn.execute(query, params).fetchone()
        return None if row is None else row[0]

    def sessions(self) -> int:
        """Opened since the test began."""
        return int(self.value("select count(*) from session")) - self.sessions_before

    def told(self, *texts: str) -> tuple[int, list[str], int]:
        """How many tickets hold these messages, the messages in order, and how many answers the tickets have."""
        tickets = "select distinct ticket_id from message where content = any(%s)"
        count = self.value(f"select count(*) from ({tickets}) t", list(texts))
        contents = self.conn.execute(
            "select content from message where content = any(%s) order by seq", (list(texts),)
        )
        answers = self.value(
            f"select count(*) from message where sender_type = 'ai' and ticket_id in ({tickets})", list(texts)
        )
        return int(count), [row[0] for row in contents], int(answers)
