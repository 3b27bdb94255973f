"""How long each kind of data is kept: what is older than its setting goes, in small transactions, by a clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import timedelta

import structlog

from frontdesk.access.actor import SYSTEM
from frontdesk.audit import forget
from frontdesk.db.pool import Database, execute, fetch_value
from frontdesk.escalation.mail import mail_stem
from frontdesk.kit.keys import Keys
from frontdesk.privacy import doomed_files, rows, subject
from frontdesk.privacy.doomed_files import DoomedFiles
from frontdesk.privacy.export import Exporter
from frontdesk.privacy.report import Report
from frontdesk.privacy.subject import Subject
from frontdesk.settings import Settings
from frontdesk.tickets.apply import TicketChanges

BATCH = 200
"""Rows of one transaction."""
TICKETS = 20
"""Tickets of one transaction: each has many rows."""
ROUNDS = 50
"""Batches of each kind in one round of the clock; the next round follows at once where more is left."""

_log = structlog.get_logger("frontdesk.privacy")

_RAW_EVENTS = """
    delete from raw_event where event_id in (
        select event_id from raw_event where recorded_at is not null and received_at < now() - %(age)s
         order by event_id limit %(limit)s for update skip locked)
"""
_DELIVERIES = """
    delete from raw_delivery where delivery_id in (
        select d.delivery_id from raw_delivery d where d.received_at < now() - %(age)s
           and not exists (select from raw_event e where e.delivery_id = d.delivery_id and e.recorded_at is null)
         order by d.delivery_id limit %(limit)s for update skip locked)
"""
_TICKETS = """
    select coalesce(array_agg(ticket_id), '{}') from (
        select t.ticket_id from ticket t
         where t.status in ('resolved', 'closed') and t.erased_at is null
           and coalesce(t.resolved_at, t.updated_at) < now() - %(age)s
           and not exists (select from lane where key = 'ticket:' || t.ticket_id and lease_until > now())
         order by t.number limit %(limit)s for update skip locked) old
"""
_LEASED = "select exists (select from lane where key = any(%(lanes)s) and lease_until > now())"
_ATTACHMENTS = """
    with old as (
        select a.attachment_id, a.blob_key
          from attachment a join message m using (message_id) join ticket t using (ticket_id)
         where m.created_at < now() - %(age)s and t.status in ('resolved', 'closed')
           and (a.blob_key is not null or a.text is not null or a.remote is not null)
         order by m.created_at limit %(limit)s for update of a skip locked
    ), doomed as (
        insert into doomed_file (kind, name) select 'blob', blob_key from old where blob_key is not null
        on conflict do nothing
    )
    update attachment a set blob_key = null, remote = null, text = null, filename = 'file',
        looked_at = coalesce(looked_at, now()), failure = 'it was deleted after the time that files are kept'
      from old where a.attachment_id = old.attachment_id
"""
_MAILS = """
    with old as (
        select escalation_id from escalation where created_at < now() - %(age)s and mail_html is not null
           and mail_state in ('sent', 'saved', 'parked') order by created_at limit %(limit)s for update skip locked
    ), emptied as (
        update escalation e set mail_subject = null, mail_text = null, mail_html = null, mail_error = null, note = null
          from old where e.escalation_id = old.escalation_id returning e.escalation_id
    )
    select coalesce(array_agg(escalation_id), '{}') from emptied
"""
_DRAFTS = """
    delete from reply_draft where ticket_id in (
        select ticket_id from reply_draft where created_at < now() - %(age)s limit %(limit)s for update skip locked)
"""
_LEARNING = """
    delete from correction where correction_id in (
        select correction_id from correction where corrected_at < now() - %(age)s
         order by correction_id limit %(limit)s for update skip locked)
"""
_SESSIONS = """
    delete from session where session_id in (
        select session_id from session where created_at < now() - %(age)s limit %(limit)s for update skip locked)
"""
_PORTAL_SESSIONS = """
    delete from portal_session where session_id in (
        select session_id from portal_session where asked_at < now() - %(age)s limit %(limit)s for update skip locked)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long; None: for good."""

    raw_events: timedelta | None
    tickets: timedelta | None
    attachments: timedelta | None
    mails: timedelta | None
    drafts: timedelta | None
    learning: timedelta | None
    sessions: timedelta | None
    audit: timedelta | None

    @classmethod
    def of(cls, settings: Settings) -> "Kept":
        days = {field.name: getattr(settings, f"keep_{field.name}_days") for field in fields(cls)}
        return cls(**{name: None if count is None else timedelta(days=count) for name, count in days.items()})


Batch = Callable[[timedelta], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Retention:
    db: Database
    changes: TicketChanges
    files: DoomedFiles
    exporter: Exporter
    keys: Keys
    kept: Kept

    async def run(self) -> bool:
        """One round; whether more is left to be done."""
        batches: dict[str, Batch] = {
            "raw_events": self._statements(_RAW_EVENTS, _DELIVERIES),
            "tickets": self._tickets,
            "attachments": self._statements(_ATTACHMENTS),
            "mails": self._mails,
            "drafts": self._statements(_DRAFTS),
            "learning": self._statements(_LEARNING),
            "sessions": self._statements(_SESSIONS, _PORTAL_SESSIONS),
            "audit": self._audit,
        }
        more = False
        for kind, batch in batches.items():
            age: timedelta | None = getattr(self.kept, kind)
            if age is not None:
                more = await self._all(kind, batch, age) or more
        await self.files.remove()
        await self.exporter.remove_left()
        return more

    async def _all(self, kind: str, batch: Batch, age: timedelta) -> bool:
        gone = 0
        for _ in range(ROUNDS):
            in_batch = await batch(age)
            gone += in_batch
            if not in_batch:
                break
        if gone:
            _log.info("data_no_longer_kept", kind=kind, rows=gone)
        return bool(gone and in_batch)

    def _statements(self, *statements: str) -> Batch:
        async def run(age: timedelta) -> int:
            async with self.db.transaction() as conn:
                params = {"age": age, "limit": BATCH}
                return sum([await execute(conn, statement, params) for statement in statements])

        return run

    async def _tickets(self, age: timedelta) -> int:
        """What was said in tickets that are over; the tickets stay as shells, the customers as they are."""
        async with self.db.transaction() as conn:
            whose = Subject(tickets=await fetch_value(conn, _TICKETS, {"age": age, "limit": TICKETS}))
            await subject.complete(conn, whose)
            if await fetch_value(conn, _LEASED, whose.params()):
                return 0  # something of theirs is in work: they wait for the next round
            await (await rows.files_of(conn, whose)).doom(conn)
            await rows.empty_tickets(conn, self.changes, SYSTEM, whose, Report())
            return len(whose.tickets)

    async def _mails(self, age: timedelta) -> int:
        async with self.db.transaction() as conn:
            emptied = await fetch_value(conn, _MAILS, {"age": age, "limit": BATCH})
            await doomed_files.doom(conn, "mail", [mail_stem(escalation_id) for escalation_id in emptied])
        return len(emptied)

    async def _audit(self, age: timedelta) -> int:
        async with self.db.transaction() as conn:
            return await forget.forget_older_than(conn, self.keys.audit, age, SYSTEM)
