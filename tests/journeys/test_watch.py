"""The clock that looks after the house."""

from frontdesk.engine.lanes import MAX_ATTEMPTS
from frontdesk.terms import LaneKind
from frontdesk.watch import Watch
from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import quiet, rows, said, until


async def test_a_ticket_that_everybody_forgot_is_looked_at_again(desk_on: OpenDesk) -> None:
    async with desk_on() as desk:
        await desk.journey.accept(said("ann", "Where is my order?"))
        await until(desk, lambda s: len(s.by_ai) == 1)
        await quiet(desk)
        async with desk.db.connection() as conn:
            await conn.execute(
                "update ticket set status = 'ai_processing', updated_at = now() - interval '1 hour'"
            )
            await conn.execute("delete from lane where kind = 'ticket'")
            await conn.execute("update ticket set answered_seq = 0")
        await Watch(desk.db, desk.lanes, desk.knowledge).start()
        seen = await until(desk, lambda s: len(s.by_ai) == 2)
        assert seen.tickets[0].status == "waiting"


async def test_the_clock_never_stops_however_often_it_failed(desk_on: OpenDesk) -> None:
    async with desk_on(work=False) as desk:
        await Watch(desk.db, desk.lanes, desk.knowledge).start()
        async with desk.db.connection() as conn:
            await conn.execute("update lane set attempts = %s where kind = 'clock'", (MAX_ATTEMPTS,))
    async with desk_on() as desk:
        for _ in range(100):
            [lane] = await rows(desk, f"select attempts, parked_at from lane where kind = '{LaneKind.CLOCK}'")
            if lane["attempts"] == 0:
                break
            await quiet(desk)
        assert lane["attempts"] == 0
        assert lane["parked_at"] is None
