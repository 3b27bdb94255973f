"""Tickets by words: of the subject, of any message, of the customer's name, address and phone."""

import re
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from frontdesk.db.pool import Connection, Database, execute, fetch_all
from frontdesk.db.words import WORDS, twice
from frontdesk.kit.findable import asked_words, findable
from frontdesk.kit.plain import plain

_NUMBER = re.compile(r"\s*(?:[TtТт]-)?(\d{1,18})\s*", re.ASCII)
"""With the Latin or the Cyrillic letter, which look alike."""

_WORD = "(to_tsquery('simple', %(beginning_{at})s) || plainto_tsquery('russian', %(word_{at})s))"
"""The word of number `at`: it begins a word, or has the stem of one."""

_HAS_WORD = """
    t.ticket_id in (
        select ticket_id from ticket where words @@ {word}
        union all select m.ticket_id from message m where m.words @@ {word}
        union all select ticket_id from ticket join customer u using (customer_id) where u.words @@ {word}
        union all select ticket_id from ticket join conversation c using (conversation_id) where c.words @@ {word}
        {or_number}
    )
"""
"""True for a ticket `t` that has the word; each part goes by its own index, and only their finds are looked at."""
_NUMBER_IS = "union all select ticket_id from ticket where number = %(number)s"


def found_by(text: str) -> tuple[str, dict[str, Any]]:
    """SQL and its values: true for a ticket `t` that has every word of the text, or the number that it is."""
    words, number = asked_words(text), number_of(text)
    or_number = _NUMBER_IS if number is not None else ""
    conditions = [_HAS_WORD.format(word=_WORD.format(at=at), or_number=or_number) for at in range(len(words))]
    params: dict[str, Any] = {f"beginning_{at}": f"'{word}':*" for at, word in enumerate(words)}
    params |= {f"word_{at}": word for at, word in enumerate(words)}
    return " and ".join(conditions) or "false", params | {"number": number}


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
