"""What erasing does to rows, as the registry says: deleted, emptied, and tickets made shells by their own door."""

import uuid
from dataclasses import dataclass
from typing import LiteralString

from frontdesk.access.actor import Actor
from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_value
from frontdesk.escalation.mail import mail_stem
from frontdesk.privacy import doomed_files
from frontdesk.privacy.place import Erasing, Kind, Personal
from frontdesk.privacy.places import DELETE_ORDER, PLACES, personal
from frontdesk.privacy.report import Report
from frontdesk.privacy.subject import Subject
from frontdesk.terms import ConversationId, TicketId
from frontdesk.tickets import ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import Erased

_BLOBS = """
    select coalesce(array_agg(distinct key), '{}') from (
        select blob_key as key from attachment where message_id = any(%(messages)s) and blob_key is not null
        union select blob #>> '{}' from raw_event r, jsonb_path_query(r.body, '$.**.blob_key') blob
         where r.event_id = any(%(raw_events)s)) files
"""
_ESCALATIONS = "select escalation_id, mail_state from escalation r where r.ticket_id = any(%(tickets)s)"
_SHELL = """
    insert into conversation (conversation_id, channel, account, address, proof, created_at)
    select %(shell)s, channel, account, 'erased:' || %(shell)s, 'none', created_at from conversation
     where conversation_id = %(conversation)s
"""


async def counted(conn: Connection, whose: Subject) -> Report:
    """How many rows of each kind there are; lanes, which come and go with the work, are not told."""
    report = Report()
    for name, place in personal().items():
        if place.kind is Kind.LANES:
            continue
        query: LiteralString = "select count(*) from " + name + " r where " + place.rows
        report.of(place.kind).rows += await fetch_value(conn, query, whose.params())
    return report


@dataclass(frozen=True, slots=True)
class Files:
    blobs: list[str]
    mails: list[str]
    """What the names of kept mails begin with."""
    mails_sent: int

    async def doom(self, conn: Connection) -> None:
        await doomed_files.doom(conn, "blob", self.blobs)
        await doomed_files.doom(conn, "mail", self.mails)


async def files_of(conn: Connection, whose: Subject) -> Files:
    blobs: list[str] = await fetch_value(conn, _BLOBS, whose.params())
    mails = await fetch_all(conn, _Mail, _ESCALATIONS, whose.params())
    stems = [mail_stem(mail.escalation_id) for mail in mails]
    return Files(blobs, stems, sum(mail.mail_state == "sent" for mail in mails))


@dataclass(frozen=True, slots=True)
class _Mail:
    escalation_id: str
    mail_state: str


async def empty_tickets(
    conn: Connection, changes: TicketChanges, actor: Actor, whose: Subject, report: Report
) -> None:
    """Everything that hangs on the subject's tickets goes; the tickets, which the caller has locked, become shells."""
    for name in DELETE_ORDER:
        await delete(conn, name, whose, report)
    for name, place in personal().items():
        if place.erasing is Erasing.EMPTIED:
            report.of(place.kind).emptied += await _empty(conn, name, place, whose)
    shells = {name: ConversationId(str(uuid.uuid4())) for name in whose.conversations}
    for conversation, shell in shells.items():
        await execute(conn, _SHELL, {"shell": shell, "conversation": conversation})
    tickets = [TicketId(ticket_id) for ticket_id in whose.tickets]
    for ticket_id in tickets:
        now = await ticket.lock(conn, ticket_id, ROAD)
        await changes.apply(conn, now, Erased(shells.get(now.conversation_id)), actor)
    await execute(conn, "update ticket set words = '' where ticket_id = any(%(tickets)s)", whose.params())
    report.of(Kind.TICKETS).emptied += len(tickets)
    report.of(Kind.ENTRIES).emptied += await changes.forget(conn, tickets)
    redact = "select audit_redact('ticket', %s, %s)"
    report.of(Kind.AUDIT).emptied += await fetch_value(conn, redact, (tickets, ["ai", "system", "rule"]))


async def delete(conn: Connection, name: LiteralString, whose: Subject, report: Report) -> None:
    place = PLACES[name]
    assert isinstance(place, Personal), "only what is declared personal is deleted"
    query: LiteralString = "delete from " + name + " r where " + place.rows
    report.of(place.kind).deleted += await execute(conn, query, whose.params())


async def _empty(conn: Connection, name: LiteralString, place: Personal, whose: Subject) -> int:
    sets: LiteralString = ", ".join([column + " = " + value for column, value in place.emptied.items()])
    query: LiteralString = "update " + name + " r set " + sets + " where " + place.rows
    return await execute(conn, query, whose.params())
