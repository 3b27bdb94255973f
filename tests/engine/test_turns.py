"""Lanes of one flow take turns with all others; alone, a flow has every turn."""

from datetime import UTC, datetime, timedelta

from frontdesk.db.pool import Database, execute
from frontdesk.engine.lanes import CLAIM_AND_LOOK, Lanes
from frontdesk.engine.signals import Signals


async def opened(dsn: str) -> Lanes:
    db = Database(dsn, size=2)
    await db.open()
    async with db.connection() as conn:
        await execute(conn, "truncate lane")
    return Lanes(db, Signals(), lease=600)


async def wake(lanes: Lanes, subject: str, flow: str | None, **when: timedelta) -> None:
    async with lanes.db.transaction() as conn:
        at = datetime.now(UTC) + when["at"] if "at" in when else None
        await lanes.wake(conn, "t", subject, at, flow=flow, head_start=when.get("head_start", timedelta(0)))


async def order(lanes: Lanes, most: int) -> list[str]:
    """Who is taken, one after the other."""
    taken = []
    for _ in range(most):
        taken += [claim.subject for claim in await lanes.claim({"t": 1})]
    return taken


async def test_a_flood_has_one_turn_before_each_other(dsn: str) -> None:
    lanes = await opened(dsn)
    for n in range(30):
        await wake(lanes, f"flood-{n}", "flood")
    for other in ("ann", "bob"):
        await wake(lanes, other, other)
    assert await order(lanes, 4) == ["flood-0", "ann", "bob", "flood-1"]
    await lanes.db.close()


async def test_who_has_waited_longer_is_not_overtaken_for_ever(dsn: str) -> None:
    lanes = await opened(dsn)
    for n in range(3):
        await wake(lanes, f"flood-{n}", "flood")
    async with lanes.db.connection() as conn:
        await execute(
            conn, "update lane set turn = turn - interval '1 min', due_at = due_at - interval '1 min'"
        )
    await wake(lanes, "ann", "ann")
    assert await order(lanes, 4) == ["flood-0", "flood-1", "flood-2", "ann"]
    await lanes.db.close()


async def test_a_flow_alone_has_every_turn_and_what_is_done_counts_no_more(dsn: str) -> None:
    lanes = await opened(dsn)
    for n in range(5):
        await wake(lanes, f"flood-{n}", "flood")
    for claim in await lanes.claim({"t": 100}):
        await lanes.finish(claim)
    await wake(lanes, "flood-again", "flood")
    await wake(lanes, "ann", "ann")
    assert await order(lanes, 2) == ["flood-again", "ann"]
    await lanes.db.close()


async def test_a_head_start_goes_first_and_a_hold_is_kept(dsn: str) -> None:
    lanes = await opened(dsn)
    await wake(lanes, "form", "form")
    await wake(lanes, "chat", "chat", head_start=timedelta(minutes=10))
    await wake(lanes, "held", "held", head_start=timedelta(minutes=10), at=timedelta(hours=1))
    assert await order(lanes, 3) == ["chat", "form"]
    await lanes.db.close()


async def test_another_wake_up_neither_loses_nor_wins_a_turn(dsn: str) -> None:
    lanes = await opened(dsn)
    for n in range(3):
        await wake(lanes, f"flood-{n}", "flood")
    await wake(lanes, "flood-0", "flood")
    await wake(lanes, "flood-2", "flood")
    await wake(lanes, "ann", "ann")
    assert await order(lanes, 4) == ["flood-0", "ann", "flood-1", "flood-2"]
    await lanes.db.close()


async def test_a_claim_never_reads_the_whole_table(dsn: str) -> None:
    """Lanes at rest stay: a table of many conversations must not make each claim slower."""
    lanes = await opened(dsn)
    many = (
        "insert into lane (key, kind, due_at) select 't:' || n, 't', %s from generate_series(%s::int, %s) n"
    )
    async with lanes.db.connection() as conn:
        await execute(conn, many, ("infinity", 1, 20_000))
        await execute(conn, many, ("now", 20_001, 40_000))
        await execute(conn, "analyze lane")
        plan = await conn.execute(
            "explain " + CLAIM_AND_LOOK, lanes.claim_params({"in": 100, "t": 4, "out": 100})
        )
        lines = [row[0] for row in await plan.fetchall()]
    assert not [line for line in lines if "Seq Scan on lane" in line]
    await lanes.db.close()
