"""Find the ticket that a path names, waiting a moment for one that was accepted but is not recorded yet."""

import asyncio
from typing import Any

from frontdesk.desk import Desk
from frontdesk.errors import NotFound, Unavailable
from frontdesk.intake.pending import is_coming
from frontdesk.terms import TicketId
from frontdesk.web.caller import Caller
from frontdesk.web.serializers import ticket_view

_PATIENCE = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.2, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25)
"""Two seconds in short looks: recording takes some milliseconds."""
_LONGEST = 200


async def ticket_id_of(desk: Desk, caller: Caller, name: str) -> TicketId:
    """The ticket's id. Raises `NotFound`, or `Unavailable` for one whose recording takes too long."""
    if not name.isprintable() or len(name) > _LONGEST:
        raise NotFound("there is no such ticket")
    for wait in (*_PATIENCE, None):
        async with desk.db.connection() as conn:
            ticket_id = await caller.ticket(conn, name)
            if ticket_id is not None:
                return ticket_id
            if not await is_coming(conn, name):
                # recorded between the two looks, or never sent
                ticket_id = await caller.ticket(conn, name)
                if ticket_id is None:
                    raise NotFound("there is no such ticket")
                return ticket_id
        if wait is not None:
            await asyncio.sleep(wait)
    raise Unavailable("the ticket was accepted and is about to be recorded; ask again in a moment")


async def shown(desk: Desk, caller: Caller, ticket_id: TicketId) -> dict[str, Any]:
    """The ticket's JSON as it stands now. Raises `NotFound`."""
    async with desk.db.connection() as conn:
        return await ticket_view(conn, caller.actor, desk.settings, ticket_id)
