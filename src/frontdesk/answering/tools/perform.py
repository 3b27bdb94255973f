"""Do what was proposed: looked at again, recorded before it is tried, once; an unseen end is never repeated blindly."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from pydantic import ValidationError

from frontdesk.access.actor import AI
from frontdesk.access.scope import ROAD
from frontdesk.answering.tools.registry import Registry
from frontdesk.answering.tools.tool import ActionOutcome, EffectTool, ToolCaller, ToolInput
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import LaneRun
from frontdesk.errors import ToolDelayed, ToolRefused
from frontdesk.kit.canonical import canonical
from frontdesk.terms import ActionId, MessageId
from frontdesk.tickets import action as actions
from frontdesk.tickets import ticket
from frontdesk.tickets.action import Action, ActionState, digest_of
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.decision import Act, Decision, Provenance
from frontdesk.tickets.events import ActionEnded, ActionReturned
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.message import new_message_id
from frontdesk.tickets.ticket import Ticket

UNSEEN = "an earlier attempt ended unseen: done or not cannot be told"

_log = structlog.get_logger("frontdesk.tools")


@dataclass(frozen=True, slots=True)
class Ended:
    """An action that came to its end, with what the customer is to be told of it."""

    action: Action
    reply: str = ""

    @property
    def decision(self) -> Decision:
        """The reply as the desk's own: told by a result, not by a model."""
        made_by = Provenance(provider="tools", model=self.action.tool, prompt_version="1")
        return Decision(Act.ANSWER, self.reply, 1.0, f"The result of: {self.action.summary}", made_by)


OnEnd = Callable[[Connection, Ticket, Ended], Awaitable[MessageId | None]]
"""What the road does about an end, in the transaction that records it; the message told to the customer, if any."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """All that one attempt needs once its start is recorded."""

    action: Action
    tool: EffectTool[Any]
    asked: ToolInput
    caller: ToolCaller
    is_last: bool


class ActionPerformer:
    def __init__(self, registry: Registry, changes: TicketChanges, timezone: str, language: str) -> None:
        self._registry = registry
        self._changes = changes
        self._zone = ZoneInfo(timezone)
        self._language = language

    async def perform(self, run: LaneRun, on_end: OnEnd) -> None:
        """Lane action:<id>. Raises `ToolDelayed` where it is to be tried again."""
        attempt = await self._begin(run, on_end)
        if attempt is None:
            return
        try:
            async with asyncio.timeout(attempt.tool.timeout):
                outcome = await attempt.tool.perform(
                    attempt.asked, attempt.action.idempotency_key, attempt.caller
                )
        except ToolRefused as error:
            await self._end(run, attempt.action, ActionState.FAILED, error.message, on_end)
        except ToolDelayed as error:
            await self._delayed(run, attempt, error, on_end)
        except Exception as error:  # whatever a tool raises: what it did before that cannot be told
            _log.exception("action_ended_unseen", tool=attempt.tool.name)
            await self._unseen(run, attempt, error, on_end)
        else:
            await self._end(run, attempt.action, ActionState.DONE, outcome.summary, on_end, outcome)

    async def give_up(self, run: LaneRun, error: str, on_end: OnEnd) -> None:
        """The lane's dead end: what is not over goes to a person, and the lane is parked."""
        async with run.transaction() as conn:
            action, locked = await _lock(conn, run)
            if action.state is ActionState.QUEUED:
                await self._record_end(conn, locked, action, ActionState.FAILED, error, on_end)
            elif action.state is ActionState.RUNNING:
                await self._record_end(conn, locked, action, ActionState.UNKNOWN, UNSEEN, on_end)
            await run.park(conn, error)

    async def _begin(self, run: LaneRun, on_end: OnEnd) -> _Attempt | None:
        """Look again, and record the attempt before it is made; None where nothing is to be done."""
        async with run.transaction() as conn:
            action, locked = await _lock(conn, run)
            if action.state not in (ActionState.QUEUED, ActionState.RUNNING):
                return None
            try:
                attempt = await self._attempt(conn, action, locked)
            except ToolRefused as error:
                state = ActionState.FAILED if action.state is ActionState.QUEUED else ActionState.UNKNOWN
                await self._record_end(conn, locked, action, state, error.message, on_end)
                return None
            if action.state is ActionState.RUNNING and not _may_repeat(attempt):
                await self._record_end(conn, locked, action, ActionState.UNKNOWN, UNSEEN, on_end)
                return None
            if action.state is ActionState.QUEUED and _is_a_persons(locked, action):
                await self._return(conn, locked, action)
                return None
            await actions.start(conn, action.action_id)
            return attempt

    async def _attempt(self, conn: Connection, action: Action, locked: Ticket) -> _Attempt:
        """Raises `ToolRefused` where the action must not be done as it stands."""
        tool = self._registry.get(action.tool)
        if not isinstance(tool, EffectTool):
            raise ToolRefused(f"this desk has no tool {action.tool} any more")
        asked = _input_of(tool, action)
        if tool.approval_needed(asked) is not None and not action.is_approved:
            raise ToolRefused("it needs an approval and has none")
        caller = ToolCaller(
            await load_case(conn, locked, new_message_id()),
            locked.language or self._language,
            datetime.now(UTC).astimezone(self._zone),
        )
        if not tool.permits(caller):
            raise ToolRefused("it is no longer proven who writes")
        return _Attempt(action, tool, asked, caller, is_last=action.attempts >= tool.retries)

    async def _delayed(self, run: LaneRun, attempt: _Attempt, error: ToolDelayed, on_end: OnEnd) -> None:
        """Nothing was done: again by the lane's backoff, as often as the tool says."""
        if attempt.is_last:
            await self._end(run, attempt.action, ActionState.FAILED, error.message, on_end)
            return
        async with run.transaction() as conn:
            await _lock(conn, run)
            await actions.put_back(conn, attempt.action.action_id, ActionState.QUEUED, error.message)
        raise error

    async def _unseen(self, run: LaneRun, attempt: _Attempt, error: Exception, on_end: OnEnd) -> None:
        """Perhaps it was done: again with the same key where that is safe, else a person looks."""
        if attempt.tool.may_repeat and not attempt.is_last:
            raise ToolDelayed(f"{attempt.tool.name} ended in {type(error).__name__}") from error
        detail = f"it ended in {type(error).__name__}: done or not cannot be told"
        await self._end(run, attempt.action, ActionState.UNKNOWN, detail, on_end)

    async def _end(
        self,
        run: LaneRun,
        action: Action,
        state: ActionState,
        detail: str,
        on_end: OnEnd,
        outcome: ActionOutcome | None = None,
    ) -> None:
        async with run.transaction() as conn:
            _, locked = await _lock(conn, run)
            await self._record_end(conn, locked, action, state, detail, on_end, outcome)

    async def _record_end(
        self,
        conn: Connection,
        locked: Ticket,
        action: Action,
        state: ActionState,
        detail: str,
        on_end: OnEnd,
        outcome: ActionOutcome | None = None,
    ) -> None:
        """The end, its event, and what the road does about it, in one commit."""
        error = None if state is ActionState.DONE else detail
        await actions.end(conn, action.action_id, state, outcome.result if outcome else None, error)
        ended = Ended(replace(action, state=state, error=error), outcome.reply if outcome else "")
        message_id = await on_end(conn, locked, ended)
        event = ActionEnded(action.action_id, action.tool, state, detail, message_id)
        await self._changes.note(conn, action.ticket_id, event, AI)
        _log.info("action_ended", tool=action.tool, state=state, attempts=action.attempts)

    async def _return(self, conn: Connection, locked: Ticket, action: Action) -> None:
        await actions.put_back(conn, action.action_id, ActionState.PROPOSED, None)
        await self._changes.note(conn, locked.ticket_id, ActionReturned(action.action_id, action.tool), AI)


async def _lock(conn: Connection, run: LaneRun) -> tuple[Action, Ticket]:
    """The action with its ticket's row held: tickets are locked before what belongs to them."""
    action_id = ActionId(run.subject)
    locked = await ticket.lock(conn, (await actions.get(conn, action_id, ROAD)).ticket_id, ROAD)
    return await actions.get(conn, action_id, ROAD), locked


def _input_of(tool: EffectTool[Any], action: Action) -> ToolInput:
    """The input as the tool reads it. Raises `ToolRefused` where it is not what was proposed."""
    try:
        asked: ToolInput = tool.input.model_validate_json(action.input)
        same = digest_of(tool.name, canonical(asked.model_dump())) == action.digest
    except (ValidationError, ValueError) as error:
        raise ToolRefused(f"{tool.name} no longer takes this input") from error
    if not same:
        raise ToolRefused("its input is not what was proposed")
    return asked


def _may_repeat(attempt: _Attempt) -> bool:
    return attempt.tool.may_repeat and attempt.action.attempts <= attempt.tool.retries


def _is_a_persons(locked: Ticket, action: Action) -> bool:
    """A person took the ticket, or it is over, before anything was tried, and nobody approved it."""
    return not locked.state.ai_may_act and not action.is_approved
