"""Tickets by words: of the subject, of any message, of the customer's name, address and phone."""

import re
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from frontdesk.db.pool import Connection, Database, execute, fetch_all
from frontdesk.db.words import WORDS, twice
from frontdesk.kit.findable import findable
from frontdesk.kit.plain import plain

_NUMBER = re.compile(r"\s*(?:[TtТт]-)?(\d{1,18})\s*", re.ASCII)
"""With the Latin or the Cyrillic letter, which look alike."""

WORD = "to_tsquery('simple', %(beginning_{at})s) || plainto_tsquery('russian', %(word_{at})s)"
"""The word of number `at`: it begins a word, or has the stem of one."""

HAS_WORD = """
    (t.words @@ ({word})
     or t.customer_id in (select customer_id from customer where words @@ ({word}))
     or t.conversation_id in (select conversation_id from conversation where words @@ ({word}))
     or t.ticket_id in (select m.ticket_id from message m where m.words @@ ({word})))
"""
"""True for a ticket `t` that has the word; each part goes by its own index."""


def word_params(words: list[str]) -> dict[str, Any]:
    """What `WORD` takes for each of them."""
    beginnings = {f"beginning_{at}": f"'{word}':*" for at, word in enumerate(words)}
    return beginnings | {f"word_{at}": word for at, word in enumerate(words)}


def number_of(text: str) -> int | None:
    """The number of a ticket, where the text is one."""
    number = _NUMBER.fullmatch(plain(text).text)
    return int(number[1]) if number else None


@dataclass(frozen=True, slots=True)
class _Wordless:
    id: str
    text: str


_TEXTS = {
    "message": "content",
    "ticket": "subject",
    "customer": "concat_ws(E'\\n', name, email, phone)",
    "conversation": "concat_ws(E'\\n', claimed->>'customer_id', claimed->>'name', claimed->>'email',"
    " claimed->>'phone')",
}
"""What the rows of each table are found by."""


async def fill_words(db: Database, batch: int) -> bool:
    """Make the words of up to `batch` rows of each table that lack them; whether there may be more."""
    full = False
    for table, text in _TEXTS.items():
        wanted = sql.SQL(
            f"select {table}_id as id, {text} as text from {table} where words is null"
            " limit %s for no key update skip locked"
        )
        async with db.transaction() as conn:
            rows = await fetch_all(conn, _Wordless, wanted, (batch,))
            await _fill(conn, table, rows)
        full = full or len(rows) == batch
    return full


async def _fill(conn: Connection, table: str, rows: list[_Wordless]) -> None:
    filling = sql.SQL(f"update {table} set words = {WORDS} where {table}_id = %s")
    for row in rows:
        await execute(conn, filling, (*twice(findable(row.text)), row.id))
