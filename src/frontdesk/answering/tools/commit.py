"""Keep what a decision proposes, in the transaction that keeps the decision."""

from frontdesk.access.actor import AI
from frontdesk.db.pool import Connection
from frontdesk.engine.lanes import Lanes
from frontdesk.terms import LaneKind
from frontdesk.tickets import action as actions
from frontdesk.tickets.action import ActionState, ProposedAction
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.events import ActionProposed


async def commit_actions(
    conn: Connection, lanes: Lanes, changes: TicketChanges, case: Case, decision: Decision, *, drafted: bool
) -> None:
    """Each proposal once, however often its reply is redone; what nobody need approve is done next.

    `drafted`: the reply waits for a person, and so do the acts.
    """
    seq = case.pending[-1].seq
    for proposed in decision.actions:
        state = _first_state(proposed, for_person=drafted or decision.act is Act.ESCALATE)
        action_id = await actions.add(conn, case.ticket_id, seq, proposed, state)
        if action_id is None:
            continue
        event = ActionProposed(action_id, proposed.tool, proposed.summary, state)
        await changes.note(conn, case.ticket_id, event, AI)
        if state is ActionState.QUEUED:
            await lanes.wake(conn, LaneKind.ACTION, action_id)


def _first_state(proposed: ProposedAction, *, for_person: bool) -> ActionState:
    if proposed.approval is not None:
        return ActionState.WAITING_APPROVAL
    return ActionState.PROPOSED if for_person else ActionState.QUEUED
