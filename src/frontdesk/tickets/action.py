"""What the AI proposed to do for a customer: each a row from the proposal to its end, done once."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

from frontdesk.access.scope import Scope
from frontdesk.db.pool import Connection, execute, fetch_all, fetch_one, fetch_value
from frontdesk.errors import NotFound
from frontdesk.kit.canonical import canonical
from frontdesk.terms import ActionId, EscalationReason, TicketId


class ActionState(StrEnum):
    PROPOSED = "proposed"
    """It came with a draft or a hand-over: it waits for a person, who may also leave it."""
    WAITING_APPROVAL = "waiting_approval"
    """The tool's policy wants a person's yes."""
    QUEUED = "queued"
    RUNNING = "running"
    """Its tool was asked; whoever finds it so without a run knows that an attempt has an unseen end."""
    DONE = "done"
    FAILED = "failed"
    """It was not done, and will not be by itself."""
    UNKNOWN = "unknown"
    """Done or not cannot be told: never repeated by itself."""
    REJECTED = "rejected"

    @property
    def is_undecided(self) -> bool:
        """Whether a person may still approve or reject it."""
        return self in (ActionState.PROPOSED, ActionState.WAITING_APPROVAL)


@dataclass(frozen=True, slots=True)
class ProposedAction:
    """A tool with the exact input it will be given, before anything is kept."""

    tool: str
    input: str
    """Canonical JSON."""
    summary: str
    """What would be done, in a sentence for staff."""
    approval: EscalationReason | None = None
    """Why a person must approve it first; None: nobody need."""

    @property
    def digest(self) -> str:
        return digest_of(self.tool, self.input)


@dataclass(frozen=True, slots=True)
class Action:
    action_id: ActionId
    ticket_id: TicketId
    seq: int
    """The last customer's message that it was proposed for."""
    tool: str
    input: str
    """JSON, as the database keeps it."""
    summary: str
    state: ActionState
    idempotency_key: str
    digest: str
    """Of tool and input: an approval is bound to it."""
    approved_digest: str | None
    decided_by: str | None
    """Who approved or rejected it."""
    attempts: int
    result: dict[str, Any] | None
    error: str | None
    created_at: datetime
    decided_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", ActionState(self.state))

    @property
    def is_approved(self) -> bool:
        return self.approved_digest == self.digest


def digest_of(tool: str, canonical_input: str) -> str:
    return _sha256(canonical([tool, canonical_input]))


def idempotency_key(ticket_id: TicketId, seq: int, tool: str, canonical_input: str) -> str:
    """The same for every draft of one reply: a draft that is redone proposes nothing new."""
    return _sha256(canonical([ticket_id, seq, tool, canonical_input]))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_SELECT: LiteralString = (
    "select a.action_id, a.ticket_id, a.seq, a.tool, a.input::text as input, a.summary, a.state,"
    " a.idempotency_key, a.digest, a.approved_digest, a.decided_by, a.attempts, a.result, a.error,"
    " a.created_at, a.decided_at, a.started_at, a.ended_at from action a"
)


async def add(
    conn: Connection, ticket_id: TicketId, seq: int, proposed: ProposedAction, state: ActionState
) -> ActionId | None:
    """Keep a proposal; None where this very one was kept before."""
    added = await fetch_value(
        conn,
        "insert into action (action_id, ticket_id, seq, tool, input, summary, state, idempotency_key, digest)"
        " values (%s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s)"
        " on conflict (idempotency_key) do nothing returning action_id",
        (
            str(uuid.uuid4()),
            ticket_id,
            seq,
            proposed.tool,
            proposed.input,
            proposed.summary,
            state,
            idempotency_key(ticket_id, seq, proposed.tool, proposed.input),
            proposed.digest,
        ),
    )
    return None if added is None else ActionId(added)


async def get(conn: Connection, action_id: ActionId, scope: Scope) -> Action:
    """Raises `NotFound`, also for an action of a ticket outside the scope."""
    query = _SELECT + " where a.action_id = %(action_id)s and " + scope.of("a.ticket_id")
    action = await fetch_one(conn, Action, query, {"action_id": action_id, **scope.params})
    if action is None:
        raise NotFound("there is no such action")
    return action


async def of_ticket(conn: Connection, ticket_id: TicketId, scope: Scope) -> list[Action]:
    """Oldest first."""
    wanted = _SELECT + " where a.ticket_id = %(ticket_id)s and " + scope.of("a.ticket_id")
    params = {"ticket_id": ticket_id, **scope.params}
    return await fetch_all(conn, Action, wanted + " order by a.created_at, a.action_id", params)


# Each of these is called with the ticket's row locked, which holds every other writer of its actions.


async def decide(
    conn: Connection, action_id: ActionId, state: ActionState, by: str, approved_digest: str | None
) -> None:
    """A person's word: `queued` with the digest that they approved, or `rejected`."""
    await execute(
        conn,
        "update action set state = %s, decided_by = %s, approved_digest = %s, decided_at = clock_timestamp(),"
        " ended_at = case when %s = 'rejected' then clock_timestamp() end where action_id = %s",
        (state, by, approved_digest, state, action_id),
    )


async def start(conn: Connection, action_id: ActionId) -> None:
    """Recorded before it is tried."""
    await execute(
        conn,
        "update action set state = 'running', attempts = attempts + 1, started_at = clock_timestamp()"
        " where action_id = %s",
        (action_id,),
    )


async def put_back(conn: Connection, action_id: ActionId, state: ActionState, error: str | None) -> None:
    """Nothing was done: it is `queued` again, or waits for a person again."""
    await execute(
        conn, "update action set state = %s, error = %s where action_id = %s", (state, error, action_id)
    )


async def end(
    conn: Connection,
    action_id: ActionId,
    state: ActionState,
    result: dict[str, Any] | None = None,
    error: str | None = None,
) -> None:
    await execute(
        conn,
        "update action set state = %s, result = %s, error = %s, ended_at = clock_timestamp() where action_id = %s",
        (state, None if result is None else Jsonb(result), error, action_id),
    )
