"""Labels that people corrected: stored together with the change, to train on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one
from frontdesk.errors import TemporaryError
from frontdesk.llm.redact import Redactor
from frontdesk.terms import TicketId

Field = Literal["category", "intent"]
FIELDS: tuple[Field, ...] = ("category", "intent")
FEWEST = 5
"""The smallest number of corrections that a training is worth."""

# The message that was read wrongly: the customer's newest with that reading, else the newest with any, else the newest.
_CORRECTED_MESSAGE = """
select m.content, m.reading->>'language' as language, m.reading->>%(field)s::text as was, t.subject
from message m join ticket t using (ticket_id)
where m.ticket_id = %(ticket)s and m.sender_type = 'customer' and m.kind = 'text'
order by (m.reading is not null) desc, (m.reading->>%(field)s::text is not distinct from %(was)s::text) desc, m.seq desc
limit 1
"""

_KEEP = """
insert into correction (ticket_id, field, was, became, text, language, corrected_by, held_out)
values (%(ticket)s, %(field)s, %(was)s, %(became)s, %(text)s, %(language)s, %(by)s,
    (select count(*) %% 5 = 4 from correction where field = %(field)s))
on conflict (ticket_id, field) do update set became = excluded.became, corrected_by = excluded.corrected_by,
    corrected_at = now()
"""


_COUNT = """
select count(*)::int as total, count(*) filter (where corrected_at > coalesce((select max(created_at)
    from model_version where task = %(field)s and made_from = 'corrections'), '-infinity'))::int as fresh
from correction where field = %(field)s
"""


@dataclass(frozen=True, slots=True)
class Correction:
    correction_id: int
    text: str
    became: str
    language: str | None
    held_out: bool
    """True for every fifth: not trained on, but used to compare the old classifier with the new."""


@dataclass(frozen=True, slots=True)
class _CorrectedMessage:
    content: str
    language: str | None
    was: str | None
    subject: str


async def keep(
    conn: Connection, ticket_id: TicketId, field: Field, *, was: str | None, became: str, by: str
) -> None:
    """Store, in the transaction of the change, that a person set a field; delete it where the AI was right."""
    message = await fetch_one(
        conn, _CorrectedMessage, _CORRECTED_MESSAGE, {"ticket": ticket_id, "field": field, "was": was}
    )
    if message is None or (message.was or was) == became:
        await execute(conn, "delete from correction where ticket_id = %s and field = %s", (ticket_id, field))
        return
    values = {
        "ticket": ticket_id,
        "field": field,
        "was": message.was or was,
        "became": became,
        "text": Redactor().redact(message.content)[:8_000],
        "language": message.language,
        "by": by,
    }
    await execute(conn, _KEEP, values)


async def of_field(conn: Connection, field: Field) -> list[Correction]:
    """All of them, oldest first."""
    return await fetch_all(
        conn,
        Correction,
        "select correction_id, text, became, language, held_out from correction where field = %s order by correction_id",
        (field,),
    )


async def require_all(conn: Connection, learned: Sequence[Correction]) -> None:
    """Hold them until the transaction ends. Raises `TemporaryError` where some were erased meanwhile."""
    ids = [correction.correction_id for correction in learned]
    query = "select correction_id from correction where correction_id = any(%s) for share"
    if len(await fetch_all(conn, _Id, query, (ids,))) < len(ids):
        raise TemporaryError("corrections were erased while they were learned from: it is learned again")


@dataclass(frozen=True, slots=True)
class _Id:
    correction_id: int


async def counted(conn: Connection, field: Field) -> tuple[int, int]:
    """How many there are, and how many of them are newer than the field's last training from corrections."""
    counts = await fetch_one(conn, _Counted, _COUNT, {"field": field})
    return (counts.total, counts.fresh) if counts else (0, 0)


@dataclass(frozen=True, slots=True)
class _Counted:
    total: int
    fresh: int
