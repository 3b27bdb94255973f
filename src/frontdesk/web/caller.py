"""Who is calling, and what they may see: the one seam that sign-in and API keys will fill.

Until then the desk listens on this machine alone, and whoever reaches it from here is its operator.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from frontdesk.access.actor import CUSTOMER, OPERATOR, Actor, Permission
from frontdesk.access.scope import Scope, scope_of
from frontdesk.customers.session import Session, open_session
from frontdesk.db.pool import Connection
from frontdesk.desk import Desk
from frontdesk.errors import NotFound, Unauthorized
from frontdesk.terms import TicketId
from frontdesk.tickets import ticket
from frontdesk.tickets.numbers import Numbers
from frontdesk.web.origin import is_loopback


@dataclass(frozen=True, slots=True)
class Caller:
    actor: Actor
    session: Session | None = None
    came_from: str = ""

    @property
    def key_space(self) -> str:
        """Idempotency keys of different callers never meet."""
        return f"{self.actor.kind}:{self.session.session_id if self.session else self.came_from}"

    async def ticket(self, conn: Connection, name: str) -> TicketId | None:
        """The one door to a ticket: its id where it stands and this caller may see it."""
        self.actor.require(Permission.TICKETS_READ)
        return await ticket.find(conn, name, self.scope)

    @property
    def scope(self) -> Scope:
        """The tickets that this caller may read."""
        return scope_of(self.actor)


def numbers_of(request: Request) -> Numbers:
    numbers = request.app.state.numbers
    assert isinstance(numbers, Numbers)
    return numbers


def desk_of(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


async def _desk(request: Request) -> Desk:
    return desk_of(request)  # a plain function would cost each request a trip to a thread


async def operator(request: Request) -> Caller:
    """Staff. Raises `Unauthorized` for whoever comes from another machine."""
    if request.client is not None and not is_loopback(request.client.host):
        raise Unauthorized("there is no sign-in yet: the desk can be used on its own machine only")
    return Caller(OPERATOR)


async def visitor(request: Request) -> Caller:
    """Anybody: a page's visitor before the session, a form."""
    return Caller(CUSTOMER, came_from=request.client.host if request.client else "")


async def in_session(request: Request, session_id: str) -> Caller:
    """A visitor with the token of the path's chat session. Raises `Unauthorized`, `NotFound`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("send the session's token: Authorization: Bearer <token>")
    if not session_id.isprintable():
        raise NotFound("there is no such chat session")
    async with desk_of(request).db.connection() as conn:
        session = await open_session(conn, session_id, token.strip())
    return Caller(CUSTOMER, session)


DeskDep = Annotated[Desk, Depends(_desk)]
Operator = Annotated[Caller, Depends(operator)]
Visitor = Annotated[Caller, Depends(visitor)]
InSession = Annotated[Caller, Depends(in_session)]
