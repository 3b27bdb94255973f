"""What is a signed-in person's own: who they are, their password, their sessions and second factor."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from frontdesk.access import passwords, people, sessions
from frontdesk.web.access.answers import Me, permissions_of
from frontdesk.web.access.auth import Body, Password
from frontdesk.web.access.proof import person_id_of, proven
from frontdesk.web.access.views import Sessions, person_view, session_view
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(prefix="/auth/me", tags=["access"])


class PasswordChange(Body):
    old: Password
    new: Password


@router.get("", response_model=Me, responses=problems())
async def who_am_i(desk: DeskDep, caller: Staff) -> Json:
    actor, csrf = caller.actor, None
    person: dict[str, Any] | None = None
    if caller.sign_in is not None:
        csrf = desk.access.tokens.csrf(caller.sign_in)
        async with desk.db.connection() as conn:
            person = person_view(await people.get(conn, actor.id))
    return Json(
        {
            "kind": actor.kind,
            "id": actor.id,
            "name": actor.name,
            "permissions": permissions_of(actor),
            "person": person,
            "csrf_token": csrf,
        }
    )


@router.post("/password", status_code=204, response_class=Response, responses=problems())
async def change_own_password(
    body: PasswordChange, request: Request, desk: DeskDep, caller: Staff
) -> Response:
    """Every other session of theirs ends."""
    person = await proven(request, desk, caller, body.old)
    passwords.require_good(body.new, person.email)
    password_hash = await passwords.hashed(body.new)
    async with desk.db.transaction() as conn:
        await people.set_password(conn, caller.actor, person.person_id, password_hash)
        await sessions.end_all(conn, person.person_id, keep=caller.sign_in)
    return Response(status_code=204)


@router.get("/sessions", response_model=Sessions, responses=problems())
async def own_sessions(desk: DeskDep, caller: Staff) -> Json:
    async with desk.db.connection() as conn:
        open_sessions = await sessions.of_person(conn, person_id_of(caller))
    return Json({"sessions": [session_view(session, caller.sign_in) for session in open_sessions]})


@router.delete("/sessions/{session_id}", status_code=204, response_class=Response, responses=problems())
async def end_own_session(session_id: str, desk: DeskDep, caller: Staff) -> Response:
    async with desk.db.transaction() as conn:
        await sessions.end_of_person(conn, caller.actor, person_id_of(caller), session_id)
    return Response(status_code=204)
