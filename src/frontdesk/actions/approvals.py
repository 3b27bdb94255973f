"""What a person decides about an act that the AI proposed: yes to exactly this input, or no."""

from dataclasses import dataclass

from frontdesk.access.actor import Actor, Permission
from frontdesk.access.scope import scope_of
from frontdesk.answering.tools.registry import Registry
from frontdesk.answering.tools.tool import EffectTool
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import Lanes
from frontdesk.errors import Conflict
from frontdesk.terms import ActionId, LaneKind
from frontdesk.tickets import action as actions
from frontdesk.tickets import ticket
from frontdesk.tickets.action import Action, ActionState
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.events import ActionDecided, TakenOver
from frontdesk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class ActionApprovals:
    """Both raise `NotFound`, `Forbidden` for an actor who may not, and `Conflict` where the digest is not
    that of the action, or somebody decided otherwise before."""

    lanes: Lanes
    changes: TicketChanges
    registry: Registry

    async def approve(self, conn: Connection, actor: Actor, action_id: ActionId, digest: str) -> Action:
        """It will be done, once. A second yes to the same input changes nothing."""
        action, _ = await self._lock(conn, actor, action_id, digest)
        if action.is_approved:
            return action
        _require_undecided(action)
        await actions.decide(conn, action_id, ActionState.QUEUED, actor.name, digest)
        await self.changes.note(
            conn, action.ticket_id, ActionDecided(action_id, action.tool, True, ""), actor
        )
        await self.lanes.wake(conn, LaneKind.ACTION, action_id)
        return await actions.get(conn, action_id, scope_of(actor))

    async def reject(
        self, conn: Connection, actor: Actor, action_id: ActionId, digest: str, note: str
    ) -> Action:
        """It will not be done; who says so owns the ticket, for the customer waits for an answer."""
        action, locked = await self._lock(conn, actor, action_id, digest)
        if action.state is ActionState.REJECTED:
            return action
        _require_undecided(action)
        await actions.decide(conn, action_id, ActionState.REJECTED, actor.name, None)
        decided = ActionDecided(action_id, action.tool, False, note)
        await self.changes.note(conn, action.ticket_id, decided, actor)
        if locked.state.ai_may_act:
            await self.changes.apply(conn, locked, TakenOver(actor.name), actor)
        return await actions.get(conn, action_id, scope_of(actor))

    async def _lock(
        self, conn: Connection, actor: Actor, action_id: ActionId, digest: str
    ) -> tuple[Action, Ticket]:
        scope = scope_of(actor)
        action = await actions.get(conn, action_id, scope)
        tool = self.registry.get(action.tool)
        actor.require(tool.approver if isinstance(tool, EffectTool) else Permission.TICKETS_WRITE)
        locked = await ticket.lock(conn, action.ticket_id, scope)
        action = await actions.get(conn, action_id, scope)
        if digest != action.digest:
            raise Conflict("the digest is not this action's: look at it again, then decide")
        return action, locked


def _require_undecided(action: Action) -> None:
    if not action.state.is_undecided:
        raise Conflict(f"the action is {action.state}: nothing is to be decided any more")
