"""The clock that wakes forgotten tickets."""

from tests.journeys.conftest import OpenDesk
from tests.journeys.talk import quiet, said, until


async def test_a_ticket_that_its_lane_has_forgotten_is_looked_at_again(desk_on: OpenDesk) -> None:
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
        await desk.clocks.start()
        seen = await until(desk, lambda s: len(s.by_ai) == 2)
        assert seen.tickets[0].status == "waiting"
