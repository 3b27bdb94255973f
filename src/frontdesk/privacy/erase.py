"""Erase everything about one customer: rows, files, what was learned; tickets stay as shells with figures."""

import hmac
import uuid
from dataclasses import dataclass
from typing import LiteralString

import structlog

from frontdesk.access.actor import Actor, Permission
from frontdesk.access.scope import ROAD
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.db.pool import Connection, Database, execute, fetch_all, fetch_dicts, fetch_value
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import LaneLost, TemporaryError
from frontdesk.escalation.mail import mail_stem
from frontdesk.kit.keys import Keys
from frontdesk.privacy import doomed_files, subject
from frontdesk.privacy.doomed_files import DoomedFiles
from frontdesk.privacy.held_lanes import HeldLanes
from frontdesk.privacy.place import Erasing, Kind, Personal
from frontdesk.privacy.places import DELETE_ORDER, LAST, PLACES, personal
from frontdesk.privacy.report import Report
from frontdesk.privacy.subject import Subject
from frontdesk.terms import ConversationId, LaneKind, TicketId
from frontdesk.tickets import ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Erased
from frontdesk.understanding.learning import versions

_ATTEMPTS = 5
_DIGEST_DIGITS = 32

_log = structlog.get_logger("frontdesk.privacy")

_BLOBS = """
    select coalesce(array_agg(distinct key), '{}') from (
        select blob_key as key from attachment where message_id = any(%(messages)s) and blob_key is not null
        union select found #>> '{}' from raw_event r, jsonb_path_query(r.body, '$.**.blob_key') found
         where r.event_id = any(%(raw_events)s)) files
"""
_ESCALATIONS = "select escalation_id, mail_state from escalation r where r.ticket_id = any(%(tickets)s)"
_SHELL = """
    insert into conversation (conversation_id, channel, account, address, proof, created_at)
    select %(shell)s, channel, account, 'erased:' || %(shell)s, 'none', created_at from conversation
     where conversation_id = %(conversation)s
"""
# Somebody who proved to be another once claimed to be the erased one: the claim says nothing any more.
_CLAIMS = """
    update conversation c set claimed = '{}', words = null
     where c.claimed <> '{}' and (lower(c.claimed->>'email') = any(%(emails)s)
        or c.claimed->>'customer_id' = any(%(customers)s)
        or right(regexp_replace(coalesce(c.claimed->>'phone', ''), '\\D', '', 'g'), 10) = any(%(phones)s))
"""
_LEARNED = """
    select c.field, min(t.created_at) as since from correction c join ticket t using (ticket_id)
     where t.ticket_id = any(%(tickets)s) group by c.field
"""


@dataclass(frozen=True, slots=True)
class Eraser:
    """Both raise `Forbidden` without the permission, and `NotFound` where the desk knows no such customer."""

    db: Database
    lanes: Lanes
    changes: TicketChanges
    files: DoomedFiles
    keys: Keys

    async def look(self, actor: Actor, given: str) -> Report:
        """What an erasure would find; nothing is changed."""
        actor.require(Permission.ADMIN)
        async with self.db.transaction() as conn:
            whose = await subject.find(conn, given)
            report = await _counted(conn, whose)
            blobs, stems = await _files(conn, whose, report)
        report.files = len(blobs) + len(stems)
        report.dry_run = True
        return report

    async def erase(self, actor: Actor, given: str) -> Report:
        """By customer id, e-mail address or phone number; what is sent again later is a stranger's.

        Raises `Unavailable` where a run for this customer does not end within a minute.
        """
        actor.require(Permission.ADMIN)
        held = HeldLanes(self.db)
        try:
            report = await self._erase(actor, given, held)
        except BaseException:
            await held.give_back()
            raise
        report.files = await self.files.remove()
        _log.info("customer_erased", tickets=report.of(Kind.TICKETS).emptied, files=report.files)
        return report

    async def _erase(self, actor: Actor, given: str, held: HeldLanes) -> Report:
        for _ in range(_ATTEMPTS):
            async with self.db.transaction() as conn:
                whose = await subject.find(conn, given)
            await held.take(whose.lanes)
            try:
                async with self.db.transaction() as conn:
                    return await self._commit(conn, actor, given, held)
            except _MoreLanes:
                continue
            except LaneLost as error:
                raise TemporaryError(error.message) from error
        raise TemporaryError(
            "the customer's tickets change too often to be erased now: try again in a moment"
        )

    async def _commit(self, conn: Connection, actor: Actor, given: str, held: HeldLanes) -> Report:
        whose = await subject.find(conn, given)
        # FOR UPDATE: who is about to add anything to these tickets waits, and then finds them erased.
        tickets = (
            "select ticket_id from ticket where ticket_id = any(%(tickets)s) order by ticket_id for update"
        )
        await execute(conn, tickets, whose.params())
        await subject.complete(conn, whose)
        if not held.holds(whose.lanes):
            raise _MoreLanes
        report = await _counted(conn, whose)
        blobs, stems = await _files(conn, whose, report)
        await doomed_files.doom(conn, "blob", blobs)
        await doomed_files.doom(conn, "mail", stems)
        learned = await fetch_dicts(conn, _LEARNED, whose.params())
        await self._erase_rows(conn, actor, whose, report)
        for row in learned:
            report.classifiers += await versions.forget_since(conn, row["field"], row["since"], actor)
            await self.lanes.wake(conn, LaneKind.LEARN, row["field"])
        await self._note(conn, actor, whose, report)
        await held.end(conn, whose.lanes)
        report.of(Kind.LANES).deleted = len(whose.lanes)
        return report

    async def _erase_rows(self, conn: Connection, actor: Actor, whose: Subject, report: Report) -> None:
        for name in DELETE_ORDER:
            await _delete(conn, name, whose, report)
        for name, place in personal().items():
            if place.erasing is Erasing.EMPTIED:
                report.of(place.kind).emptied += await _empty(conn, name, place, whose)
        await self._empty_tickets(conn, actor, whose, report)
        await execute(conn, _CLAIMS, whose.params())
        report.of(Kind.CONVERSATIONS).deleted += await execute(
            conn, "delete from conversation where conversation_id = any(%(conversations)s)", whose.params()
        )
        for name in LAST:
            await _delete(conn, name, whose, report)

    async def _empty_tickets(self, conn: Connection, actor: Actor, whose: Subject, report: Report) -> None:
        shells = {name: ConversationId(str(uuid.uuid4())) for name in whose.conversations}
        for conversation, shell in shells.items():
            await execute(conn, _SHELL, {"shell": shell, "conversation": conversation})
        for ticket_id in whose.tickets:
            now = await ticket.lock(conn, TicketId(ticket_id), ROAD)
            await self.changes.apply(conn, now, Erased(shells.get(now.conversation_id)), actor)
        await execute(conn, "update ticket set words = '' where ticket_id = any(%(tickets)s)", whose.params())
        report.of(Kind.TICKETS).emptied = len(whose.tickets)
        report.of(Kind.ENTRIES).emptied = await self.changes.forget(
            conn, [TicketId(ticket_id) for ticket_id in whose.tickets]
        )

    async def _note(self, conn: Connection, actor: Actor, whose: Subject, report: Report) -> None:
        """The audit log keeps that it was done: by digests of the ids, so that a later question can be answered."""
        redact = "select audit_redact('ticket', %s, %s)"
        report.of(Kind.AUDIT).emptied = await fetch_value(
            conn, redact, (whose.tickets, ["ai", "system", "rule"])
        )
        counts = [Change("tickets", None, len(whose.tickets)), Change("messages", None, len(whose.messages))]
        for name in whose.customers or whose.emails or whose.phones:
            digest = customer_digest(self.keys, name)
            await door.record(conn, actor, AuditAction.CUSTOMER_ERASED, ObjectKind.CUSTOMER, digest, counts)


class _MoreLanes(Exception):
    """Something came to be between the look and the locks: its lanes are taken too."""


def customer_digest(keys: Keys, name: str) -> str:
    """How the audit log names a customer."""
    return hmac.digest(keys.audit, f"customer:{name}".encode(), "sha256").hex()[:_DIGEST_DIGITS]


async def _counted(conn: Connection, whose: Subject) -> Report:
    report = Report()
    for name, place in personal().items():
        query: LiteralString = "select count(*) from " + name + " r where " + place.rows
        report.of(place.kind).rows += await fetch_value(conn, query, whose.params())
    return report


async def _files(conn: Connection, whose: Subject, report: Report) -> tuple[list[str], list[str]]:
    """The keys of blobs, and what the names of kept mails begin with."""
    blobs: list[str] = await fetch_value(conn, _BLOBS, whose.params())
    mails = await fetch_all(conn, _Mail, _ESCALATIONS, whose.params())
    report.mails_sent = sum(mail.mail_state == "sent" for mail in mails)
    return blobs, [mail_stem(mail.escalation_id) for mail in mails]


@dataclass(frozen=True, slots=True)
class _Mail:
    escalation_id: str
    mail_state: str


async def _delete(conn: Connection, name: LiteralString, whose: Subject, report: Report) -> None:
    place = PLACES[name]
    assert isinstance(place, Personal), "only what is declared personal is deleted"
    query: LiteralString = "delete from " + name + " r where " + place.rows
    report.of(place.kind).deleted += await execute(conn, query, whose.params())


async def _empty(conn: Connection, name: LiteralString, place: Personal, whose: Subject) -> int:
    sets: LiteralString = ", ".join([column + " = " + value for column, value in place.emptied.items()])
    query: LiteralString = "update " + name + " r set " + sets + " where " + place.rows
    return await execute(conn, query, whose.params())
