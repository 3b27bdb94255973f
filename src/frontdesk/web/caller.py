"""Who is calling, and what they may see. People and keys are known since the gate; visitors prove a chat session."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from frontdesk.access.actor import CUSTOMER, Actor, Permission
from frontdesk.access.scope import Scope, scope_of, scope_of_mailbox
from frontdesk.customers.session import Session, open_session
from frontdesk.db.pool import Connection
from frontdesk.desk import Desk
from frontdesk.errors import NotFound, Unauthorized
from frontdesk.portal.session import PortalSession
from frontdesk.terms import TicketId
from frontdesk.tickets import ticket
from frontdesk.tickets.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Caller:
    actor: Actor
    session: Session | None = None
    sign_in: str | None = None
    """The session of a signed-in person."""
    came_from: str = ""
    portal: PortalSession | None = None

    @property
    def key_space(self) -> str:
        """Idempotency keys of different callers never meet."""
        if self.portal is not None:
            return f"portal:{self.portal.session_id}"
        if self.actor is CUSTOMER:
            return f"customer:{self.session.session_id if self.session else self.came_from}"
        return f"{self.actor.kind}:{self.actor.id}"

    async def ticket(self, conn: Connection, name: str) -> TicketId | None:
        """The one door to a ticket: its id where it stands and this caller may see it."""
        if self.portal is None:
            self.actor.require(Permission.TICKETS_READ)
        return await ticket.find(conn, name, self.scope)

    @property
    def scope(self) -> Scope:
        """The tickets that this caller may read."""
        return scope_of(self.actor) if self.portal is None else scope_of_mailbox(self.portal.email)


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


async def staff(request: Request) -> Caller:
    """A person or a key: the gate found out which, and refused everybody else."""
    actor = request.state.actor
    assert isinstance(actor, Actor)
    return Caller(actor, sign_in=request.state.sign_in)


async def admin(caller: Annotated[Caller, Depends(staff)]) -> Caller:
    """Staff with the permission `admin`. Raises `Forbidden`."""
    caller.actor.require(Permission.ADMIN)
    return caller


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
Staff = Annotated[Caller, Depends(staff)]
Admin = Annotated[Caller, Depends(admin)]
Visitor = Annotated[Caller, Depends(visitor)]
InSession = Annotated[Caller, Depends(in_session)]
