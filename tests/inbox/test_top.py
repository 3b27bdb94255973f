"""The order by indexes is the plain order: every page of it, by any condition, and the counts."""

import random
from datetime import UTC, datetime

import pytest

from frontdesk.access.scope import ROAD, Scope
from frontdesk.db.pool import Connection, Database, fetch_dicts
from frontdesk.inbox import counts, order, top
from frontdesk.inbox.alerts import hits_of
from frontdesk.inbox.order import Filters, Group, InboxCursor, Page
from frontdesk.inbox.scored import clock
from frontdesk.terms import OPEN_STATUSES, ChannelName, TicketStatus
from frontdesk.tickets.scoring import Weights
from tests.inbox.filling import fill

LIMIT = 7


@pytest.fixture(autouse=True)
def seen_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """With few tickets the first look must not see them all, or nothing would be left to the bands."""
    monkeypatch.setattr(top, "_SEEN_LEAST", 12)
    monkeypatch.setattr(top, "_SEEN_FACTOR", 1)


def drawn(draw: random.Random) -> tuple[Filters, Weights, Scope]:
    filters = Filters(
        status=draw.choice(([*OPEN_STATUSES], [TicketStatus.WAITING, TicketStatus.NEW])),
        channel=draw.choice(((), (), [ChannelName.WEB_CHAT])),
        group=draw.choice((None, Group.NEEDS_YOU, Group.AI)),
        alerts=draw.choice(((), (), ("refund",), ("parcels", "lift"))),
        assignee=draw.choice((None, None, "")),
        snoozed=draw.random() < 0.1,
    )
    weights = Weights(age_curve=draw.choice(("fresh", "growing")), topic_alert=draw.choice((5.0, 0.7)))
    limited = Scope("t.category = any(%(scope_categories)s)", {"scope_categories": ["returns"]})
    return filters, weights, draw.choice((ROAD, limited))


def cursor_of(page: Page) -> InboxCursor:
    last = page.rows[-1]
    return InboxCursor(page.now, last.total, last.waiting, last.ticket_id, 1)


async def all_pages(
    conn: Connection, filters: Filters, weights: Weights, scope: Scope, now: datetime
) -> list[Page]:
    pages = [
        await order.page(conn, scope, filters, weights, LIMIT, after=InboxCursor(now, 1e9, "infinity", "", 1))
    ]
    while pages[-1].rows:
        pages.append(await order.page(conn, scope, filters, weights, LIMIT, after=cursor_of(pages[-1])))
    return pages


@pytest.mark.parametrize("seed", range(12))
async def test_pages_by_indexes_are_those_of_the_plain_order(
    db: Database, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    draw, now = random.Random(seed), datetime.now(UTC)
    await fill(db, draw, 260, now)
    asked = [drawn(draw) for _ in range(5)]
    async with db.connection() as conn:
        ours = [await all_pages(conn, *each, now) for each in asked]

        async def none(*_: object) -> None:
            return None

        monkeypatch.setattr(order, "candidates", none)
        plain = [await all_pages(conn, *each, now) for each in asked]
    for mine, theirs in zip(ours, plain, strict=True):
        assert [_told(page) for page in mine] == [_told(page) for page in theirs]


def _told(page: Page) -> tuple[object, ...]:
    rows = [(row.ticket_id, row.total, row.matches) for row in page.rows]
    return rows, page.total, page.matches, page.needs_you, page.ai


async def test_a_page_by_its_number_begins_where_the_one_before_ends(db: Database) -> None:
    now = datetime.now(UTC)
    await fill(db, random.Random(3), 260, now)
    filters, weights = Filters(status=[*OPEN_STATUSES]), Weights()
    async with db.connection() as conn:
        whole = await order.page(conn, ROAD, filters, weights, 100)
        pieces = [await order.page(conn, ROAD, filters, weights, 10, offset=10 * n) for n in range(10)]
    # Between two requests age moves all scores a little, in one direction: the order of this many stays.
    assert [row.ticket_id for page in pieces for row in page.rows] == [row.ticket_id for row in whole.rows]


async def test_the_bands_are_what_is_read(db: Database) -> None:
    """Else the test before this one would compare the plain order with itself."""
    draw, now = random.Random(1), datetime.now(UTC)
    await fill(db, draw, 260, now)
    wanted = top.Wanted("true", clock(Weights(), now), hits_of(()), (0, 1, 2), False, LIMIT, False)
    async with db.connection() as conn:
        narrow = await top.candidates(conn, wanted, Weights(), now)
    assert narrow is not None
    assert LIMIT <= len(narrow) < 130


@pytest.mark.parametrize("seed", range(4))
async def test_kept_counts_follow_every_change(db: Database, seed: int) -> None:
    draw, now = random.Random(seed), datetime.now(UTC)
    await fill(db, draw, 40, now)
    changes = (
        "update ticket set status = 'resolved' where number % 7 = 1",
        "update ticket set owner = 'person', waiting_since = now() where number % 5 = 0",
        "update ticket set snoozed_until = now() + interval '1 day' where number % 2 = 0 and owner = 'person'",
        "update ticket set snoozed_until = null where number % 4 = 0",
        "update ticket set category = 'other', channel = 'sms' where number % 3 = 0",
        "update ticket set waiting_since = null where number % 4 = 0",
        "update ticket set subject = 'the same in every count'",
        "delete from ticket where number % 11 = 2",
    )
    async with db.connection() as conn:
        for change in draw.sample(changes, len(changes)):
            await conn.execute(change)
            if draw.random() < 0.4:
                await counts.sum_up(db)
            by_kind = (
                "status, {needs_you} as needs_you, channel, category, {count}::bigint as tickets from {table}"
            )
            kept = by_kind.format(needs_you="needs_you", count="sum(tickets)", table="ticket_count")
            real = by_kind.format(
                needs_you="owner = 'person' and waiting_since is not null and snoozed_until is null",
                count="count(*)",
                table="ticket",
            )
            having = " group by 1, 2, 3, 4 having {count} <> 0 order by 1, 2, 3, 4"
            assert await fetch_dicts(
                conn, f"select {kept}{having.format(count='sum(tickets)')}"
            ) == await fetch_dicts(conn, f"select {real}{having.format(count='count(*)')}")
