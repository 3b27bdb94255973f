"""What people set right: kept with the change itself, to be learned from."""

from dataclasses import dataclass
from typing import Literal

from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one
from frontdesk.llm.redact import Redactor
from frontdesk.terms import TicketId

Field = Literal["category", "intent"]
FIELDS: tuple[Field, ...] = ("category", "intent")
FEWEST = 5
"""Fewer are nothing to learn from."""

# What was read wrongly: the newest of the customer's messages that got the reading, else the first one.
_SAID = """
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
    """Every fifth: never learned from, on these the old and the new are compared."""


@dataclass(frozen=True, slots=True)
class _Said:
    content: str
    language: str | None
    was: str | None
    subject: str


async def keep(
    conn: Connection, ticket_id: TicketId, field: Field, *, was: str | None, became: str, by: str
) -> None:
    """Note in the change's own transaction that a person set a field; what the AI had right teaches nothing."""
    said = await fetch_one(conn, _Said, _SAID, {"ticket": ticket_id, "field": field, "was": was})
    if said is None or (said.was or was) == became:
        await execute(conn, "delete from correction where ticket_id = %s and field = %s", (ticket_id, field))
        return
    values = {
        "ticket": ticket_id,
        "field": field,
        "was": said.was or was,
        "became": became,
        "text": Redactor().redact(said.content)[:8_000],
        "language": said.language,
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


async def counted(conn: Connection, field: Field) -> tuple[int, int]:
    """How many there are, and how many came since the field was last trained from corrections."""
    found = await fetch_one(conn, _Counted, _COUNT, {"field": field})
    return (found.total, found.fresh) if found else (0, 0)


@dataclass(frozen=True, slots=True)
class _Counted:
    total: int
    fresh: int
