"""Helpers of the journeys whose AI proposes to give points."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.access.actor import OPERATOR, Actor
from frontdesk.channels.inbound import InboundMessage
from frontdesk.desk import Desk
from frontdesk.engine.worker import LaneWork, Worker
from frontdesk.kit.tasks import end
from frontdesk.terms import ActionId, LaneKind, Proof
from tests.journeys.conftest import OpenDesk
from tests.journeys.proposing import ProposingAnswerer
from tests.journeys.talk import look, quiet, rows, said


def proven(peer: str, text: str, n: int = 1) -> InboundMessage:
    message = said(peer, text, n)
    return replace(message, peer=replace(message.peer, proof=Proof.ATTESTED))


@dataclass(frozen=True)
class Seen:
    """The one action of a test, and what stands around it."""

    action: dict[str, Any]
    events: list[str]
    replies: list[str]
    owner: str

    @property
    def state(self) -> str:
        return str(self.action["state"])


async def seen(desk: Desk) -> Seen:
    await quiet(desk)
    [action] = await rows(desk, "select * from action")
    events = await rows(desk, "select type from ticket_event order by event_id")
    around = await look(desk)
    replies = [message.content for message in around.by_ai]
    return Seen(action, [event["type"] for event in events], replies, around.tickets[0].owner)


async def approve(desk: Desk, action: dict[str, Any], digest: str = "", actor: Actor = OPERATOR) -> None:
    async with desk.db.transaction() as conn:
        await desk.approvals.approve(conn, actor, ActionId(action["action_id"]), digest or action["digest"])


async def reject(desk: Desk, action: dict[str, Any]) -> None:
    async with desk.db.transaction() as conn:
        action_id = ActionId(action["action_id"])
        await desk.approvals.reject(conn, OPERATOR, action_id, action["digest"], "not this time")


@asynccontextmanager
async def asked(desk_on: OpenDesk, text: str) -> AsyncIterator[Desk]:
    async with desk_on(ProposingAnswerer()) as desk:
        await desk.journey.accept(proven("ann", text))
        yield desk


async def work_without_acting(desk: Desk) -> None:
    """Until the proposal is kept and due."""
    road = desk.journey
    worker = Worker(
        desk.lanes, {LaneKind.INTAKE: LaneWork(road.record), LaneKind.TICKET: LaneWork(road.attend)}
    )
    task = asyncio.create_task(worker.run())
    while not await rows(desk, "select 1 from action where state = 'queued'"):  # noqa: ASYNC110  # no event tells it
        await asyncio.sleep(0.02)
    await end([task])
