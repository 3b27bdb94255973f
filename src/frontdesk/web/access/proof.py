"""What a signed-in person proves once more before they change how they sign in."""

from fastapi import Request

from frontdesk.access import passwords, people, waits
from frontdesk.access.actor import OPERATOR, ActorKind
from frontdesk.access.people import Person
from frontdesk.errors import Forbidden
from frontdesk.web.access.auth import Body, Password
from frontdesk.web.caller import Caller, DeskDep


class PasswordProof(Body):
    password: Password


def person_id_of(caller: Caller) -> str:
    """Raises `Forbidden` for a key, and for the operator of the desk's own machine."""
    if caller.actor.kind is not ActorKind.PERSON or caller.actor is OPERATOR:
        raise Forbidden("this is for signed-in people")
    return caller.actor.id


async def proven(request: Request, desk: DeskDep, caller: Caller, password: str) -> Person:
    """The person, with the right password given once more: an open screen alone changes no credentials."""
    address = request.client.host if request.client else ""
    async with desk.db.transaction() as conn:
        person = await people.get(conn, person_id_of(caller))
        account, network = waits.of_account(person.email), waits.of_network(address)
        await waits.begin_attempt(conn, account, network)
    if not await passwords.matches(password, person.password_hash):
        raise Forbidden("the password is wrong")
    async with desk.db.transaction() as conn:
        await waits.forgive(conn, account, network)
    return person
