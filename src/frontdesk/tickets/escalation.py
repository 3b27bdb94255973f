"""Hand-overs to people, each with the one e-mail that tells of it."""

import uuid
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import NotFound
from frontdesk.terms import EscalationId, EscalationReason, TicketId


@dataclass(frozen=True, slots=True)
class Escalation:
    escalation_id: EscalationId
    ticket_id: TicketId
    from_seq: int
    """The message it came about."""
    reason: EscalationReason | None
    """None: nobody was called; the e-mail tells of a resolved conversation."""
    reason_text: str
    request: str
    """`auto`, or what tells one request by hand from another."""
    note: str | None
    created_at: datetime
    mail_to: str
    mail_state: str
    """`queued`, `sending`, `sent`, `saved` (no SMTP: in the home folder) or `parked`."""
    mail_subject: str | None
    mail_text: str | None
    mail_html: str | None
    mail_error: str | None
    mail_attempts: int
    mailed_at: datetime | None
    mail_first_tried_at: datetime | None
    mail_next_at: datetime | None
    """Set by the first delay: not to be tried before."""

    def __post_init__(self) -> None:
        if self.reason is not None:
            object.__setattr__(self, "reason", EscalationReason(self.reason))


_COLUMNS = ", ".join(f"e.{column.name}" for column in fields(Escalation))
"""By name: a column that a newer version has added does not disturb this one while they run side by side."""


async def add(
    conn: Connection,
    ticket_id: TicketId,
    from_seq: int,
    reason: EscalationReason | None,
    reason_text: str,
    mail_to: str,
    request: str = "auto",
    note: str | None = None,
) -> EscalationId | None:
    """Record it; None where this very escalation stands already."""
    added = await fetch_value(
        conn,
        "insert into escalation (escalation_id, ticket_id, from_seq, reason, reason_text, mail_to, request, note)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (ticket_id, from_seq, request) do nothing returning escalation_id",
        (str(uuid.uuid4()), ticket_id, from_seq, reason, reason_text, mail_to, request, note),
    )
    return None if added is None else EscalationId(added)


async def get(conn: Connection, escalation_id: str, scope: Scope) -> Escalation | None:
    query = f"select {_COLUMNS} from escalation e where e.escalation_id = %(id)s and " + scope.of(
        "e.ticket_id"
    )
    return await fetch_one(conn, Escalation, query, {"id": escalation_id, **scope.params})


async def of_ticket(conn: Connection, ticket_id: TicketId, scope: Scope) -> list[Escalation]:
    """Oldest first; without the summaries of resolved conversations."""
    query = (
        f"select {_COLUMNS} from escalation e where e.ticket_id = %(ticket_id)s and e.reason is not null and "
        + scope.of("e.ticket_id")
        + " order by e.created_at"
    )
    return await fetch_all(conn, Escalation, query, {"ticket_id": ticket_id, **scope.params})


@dataclass(frozen=True, slots=True)
class MailTiming:
    """When a mail may be tried, and how old it is, by the database's clock."""

    not_before: datetime | None
    """Where that time is still to come."""
    age: timedelta
    """Since the first attempt; of one that was never tried, since the hand-over."""


async def mail_timing(conn: Connection, escalation_id: EscalationId, scope: Scope) -> MailTiming:
    query = (
        "select case when e.mail_next_at > now() then e.mail_next_at end as not_before,"
        " now() - coalesce(e.mail_first_tried_at, e.created_at) as age"
        " from escalation e where e.escalation_id = %(id)s and " + scope.of("e.ticket_id")
    )
    timing = await fetch_one(conn, MailTiming, query, {"id": escalation_id, **scope.params})
    if timing is None:
        raise NotFound("there is no such escalation")
    return timing


async def start_mail(
    conn: Connection, escalation_id: EscalationId, subject: str, text: str, html: str
) -> None:
    """An attempt begins; nothing of the mail has left yet."""
    await execute(
        conn,
        "update escalation set mail_subject = %s, mail_text = %s, mail_html = %s,"
        " mail_attempts = mail_attempts + 1, mail_first_tried_at = coalesce(mail_first_tried_at, now())"
        " where escalation_id = %s",
        (subject, text, html, escalation_id),
    )


async def mail_leaves(conn: Connection, escalation_id: EscalationId) -> None:
    """Recorded before the first byte leaves: who finds `sending` knows that an attempt has an unseen end."""
    await execute(
        conn, "update escalation set mail_state = 'sending' where escalation_id = %s", (escalation_id,)
    )


async def postpone_mail(
    conn: Connection, escalation_id: EscalationId, error: str, wait: timedelta
) -> datetime:
    """The mail did not leave; the time of its next attempt."""
    at: datetime = await fetch_value(
        conn,
        "update escalation set mail_state = 'queued', mail_error = %s, mail_next_at = now() + %s"
        " where escalation_id = %s returning mail_next_at",
        (error, wait, escalation_id),
    )
    return at


async def end_mail(
    conn: Connection, escalation_id: EscalationId, state: str, error: str | None = None
) -> None:
    await execute(
        conn,
        "update escalation set mail_state = %s, mail_error = %s,"
        " mailed_at = case when %s in ('sent', 'saved') then clock_timestamp() end where escalation_id = %s",
        (state, error, state, escalation_id),
    )
