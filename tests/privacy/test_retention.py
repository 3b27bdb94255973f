"""What is older than its setting goes, and nothing else; what has no setting is kept for good."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.audit.door import record_all
from frontdesk.audit.sealer import seal
from frontdesk.audit.verify import verify
from frontdesk.db.pool import execute, fetch_value
from frontdesk.desk import Desk
from frontdesk.privacy.retention import Kept, Retention
from frontdesk.settings import Settings
from frontdesk.terms import TicketId
from tests.audit.writing import acts
from tests.journeys.conftest import OpenDesk, desk_on
from tests.journeys.conftest import settings as journey_settings
from tests.journeys.talk import look, quiet, said, until

__all__ = ["desk_on", "settings"]
settings = journey_settings

KEEP_ALL = Kept(**{field.name: None for field in fields(Kept)})
DAY = timedelta(days=1)
OLD = {
    "raw_events": "update raw_event set received_at = now() - interval '2 days'",
    "tickets": "update ticket set resolved_at = now() - interval '2 days'",
    "attachments": "update message set created_at = now() - interval '2 days'",
    "mails": "update escalation set created_at = now() - interval '2 days'",
    "drafts": "update reply_draft set created_at = now() - interval '2 days'",
    "learning": "update correction set corrected_at = now() - interval '2 days'",
    "sessions": "update session set created_at = now() - interval '2 days'",
}
LEFT = {
    "raw_events": "select count(*) from raw_event",
    "tickets": "select count(*) from message where content <> ''",
    "attachments": "select count(*) from attachment where blob_key is not null or text is not null",
    "mails": "select count(*) from escalation where mail_html is not null",
    "drafts": "select count(*) from reply_draft",
    "learning": "select count(*) from correction",
    "sessions": "select count(*) from session",
}


def kept(desk: Desk, **ages: timedelta) -> Retention:
    return replace(desk.privacy.retention, kept=replace(KEEP_ALL, **ages))


async def count(desk: Desk, query: str) -> int:
    async with desk.db.connection() as conn:
        return int(await fetch_value(conn, query))


async def with_everything(desk: Desk) -> None:
    """A closed ticket with a row of each kind."""
    await desk.journey.accept(said("dana", "HUMAN marmalade"))
    seen = await until(desk, lambda now: bool(now.tickets) and now.tickets[0].owner == "person")
    await quiet(desk)
    ticket_id = TicketId(seen.tickets[0].ticket_id)
    key = await desk.blobs.put(b"a file")
    async with desk.db.transaction() as conn:
        await desk.ticket_actions.close(conn, OPERATOR, ticket_id)
        message_id = seen.messages[0].message_id
        for statement, values in (
            ("insert into reply_draft (ticket_id, seq, draft) values (%s, 1, '{}')", (ticket_id,)),
            (
                "insert into correction (ticket_id, field, became, text, held_out, corrected_by)"
                " values (%s, 'category', 'payment', 'marmalade', false, 'x')",
                (ticket_id,),
            ),
            (
                "insert into attachment (attachment_id, message_id, filename, content_type, size, blob_key, looked_at)"
                " values ('a', %s, 'x.txt', 'text/plain', 6, %s, now())",
                (message_id, key),
            ),
            (
                "insert into session (session_id, token_hash, conversation_id, proof, expires_at)"
                " values ('s', 'h', %s, 'none', now() + interval '1 day')",
                (seen.tickets[0].conversation_id,),
            ),
        ):
            await execute(conn, statement, values)


@pytest.mark.parametrize("kind", sorted(OLD))
async def test_what_is_too_old_goes_and_the_rest_stays(desk_on: OpenDesk, kind: str) -> None:
    async with desk_on() as desk:
        await with_everything(desk)
        before = {name: await count(desk, query) for name, query in LEFT.items()}
        assert all(before.values()), before
        assert await kept(desk).run() is False
        assert await kept(desk, **{kind: DAY}).run() is False
        assert {name: await count(desk, query) for name, query in LEFT.items()} == before
        async with desk.db.connection() as conn:
            await execute(conn, OLD[kind])
        await kept(desk, **{kind: DAY}).run()
        after = {name: await count(desk, query) for name, query in LEFT.items()}
        assert after[kind] == 0
        if kind != "tickets":
            assert {**after, kind: before[kind]} == before
        files = [path for path in (desk.home / "blobs").rglob("*") if path.is_file()]
        assert bool(files) == (kind not in ("attachments", "tickets"))
        mails = list((desk.home / "mail").glob("*.eml"))
        assert bool(mails) == (kind not in ("mails", "tickets"))


async def test_an_open_ticket_is_not_emptied(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("dana", "marmalade"))
        await until(desk, lambda now: len(now.by_ai) == 1)
        async with desk.db.connection() as conn:
            await execute(conn, "update ticket set updated_at = now() - interval '9 days'")
            await execute(conn, "update message set created_at = now() - interval '9 days'")
        await kept(desk, tickets=DAY, attachments=DAY).run()
        assert [m.content for m in (await look(desk)).messages] == ["marmalade", "RE: MARMALADE"]


async def test_the_audit_log_begins_later_and_is_whole(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        async with desk.db.transaction() as conn:
            await record_all(conn, acts(30))
            await execute(conn, "update audit_head set sealed_at = now()")
            await seal(conn, desk.keys.audit)
        await kept(desk, audit=DAY).run()
        assert (await verify(desk.db, desk.keys.audit)).entries == 30
        await kept(desk, audit=timedelta(0)).run()
        async with desk.db.transaction() as conn:
            await record_all(conn, acts(5))
            await seal(conn, desk.keys.audit)
        verdict = await verify(desk.db, desk.keys.audit)
        assert (verdict.entries, verdict.faults) == (6, [])  # five, and that the others were forgotten
        assert verdict.head is not None
        assert (verdict.head.base_number, verdict.head.number) == (30, 36)


def test_nothing_is_forgotten_by_default() -> None:
    assert Kept.of(Settings(_env_file=None)) == KEEP_ALL
    assert Kept.of(Settings(_env_file=None, keep_audit_days=30)).audit == timedelta(days=30)
