"""Erase everything about one customer: rows, files, what was learned; tickets stay as shells with figures."""

import hmac
from dataclasses import dataclass

import structlog

from frontdesk.access.actor import Actor, Permission
from frontdesk.audit import door
from frontdesk.audit.act import AuditAction, Change, ObjectKind
from frontdesk.db.pool import Connection, Database, execute, fetch_dicts
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import LaneLost, TemporaryError
from frontdesk.kit.keys import Keys
from frontdesk.privacy import rows, subject
from frontdesk.privacy.doomed_files import DoomedFiles
from frontdesk.privacy.held_lanes import HeldLanes
from frontdesk.privacy.place import Kind
from frontdesk.privacy.places import LAST
from frontdesk.privacy.report import Report
from frontdesk.privacy.subject import Subject
from frontdesk.terms import LaneKind
from frontdesk.tickets.apply import TicketChanges
from frontdesk.understanding.learning import versions

_ATTEMPTS = 5
_DIGEST_DIGITS = 32

_log = structlog.get_logger("frontdesk.privacy")

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
            report = await rows.counted(conn, whose)
            files = await rows.files_of(conn, whose)
        report.files, report.mails_sent = len(files.blobs) + len(files.mails), files.mails_sent
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
        report = await rows.counted(conn, whose)
        files = await rows.files_of(conn, whose)
        report.mails_sent = files.mails_sent
        await files.doom(conn)
        learned = await fetch_dicts(conn, _LEARNED, whose.params())
        await self._erase_rows(conn, actor, whose, report)
        for row in learned:
            report.classifiers += await versions.forget_since(conn, row["field"], row["since"], actor)
            await self.lanes.wake(conn, LaneKind.LEARN, row["field"])
        await self._note(conn, actor, whose, report)
        await held.end(conn, whose.lanes)
        return report

    async def _erase_rows(self, conn: Connection, actor: Actor, whose: Subject, report: Report) -> None:
        await rows.empty_tickets(conn, self.changes, actor, whose, report)
        await execute(conn, _CLAIMS, whose.params())
        report.of(Kind.CONVERSATIONS).deleted += await execute(
            conn, "delete from conversation where conversation_id = any(%(conversations)s)", whose.params()
        )
        for name in LAST:
            await rows.delete(conn, name, whose, report)

    async def _note(self, conn: Connection, actor: Actor, whose: Subject, report: Report) -> None:
        """The audit log keeps that it was done: by digests of the ids, so that a later question can be answered."""
        counts = [Change("tickets", None, len(whose.tickets)), Change("messages", None, len(whose.messages))]
        for name in whose.customers or whose.emails or whose.phones:
            digest = customer_digest(self.keys, name)
            await door.record(conn, actor, AuditAction.CUSTOMER_ERASED, ObjectKind.CUSTOMER, digest, counts)


class _MoreLanes(Exception):
    """Something came to be between the look and the locks: its lanes are taken too."""


def customer_digest(keys: Keys, name: str) -> str:
    """How the audit log names a customer."""
    return hmac.digest(keys.audit, f"customer:{name}".encode(), "sha256").hex()[:_DIGEST_DIGITS]
