"""The channel accounts and what each can do, for whoever writes on them."""

import dataclasses
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from frontdesk.access.actor import Permission
from frontdesk.channels.capabilities import Capabilities, Formatting
from frontdesk.channels.channel import Channel, Poller
from frontdesk.channels.health import HealthState
from frontdesk.channels.inbound import EventKind
from frontdesk.insights import channel_health
from frontdesk.insights.channel_health import AccountHealth
from frontdesk.intake import parked
from frontdesk.intake.parked import ParkedDelivery, ParkedEvent
from frontdesk.intake.webhook import read_again
from frontdesk.kit.times import stamp, stamp_or_none
from frontdesk.terms import ChannelName, DeliveryState
from frontdesk.web.caller import DeskDep, Staff
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["operation"])

RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Style(BaseModel):
    max_words: int | None
    max_characters: int | None
    tone: str


class Window(BaseModel):
    ai_seconds: int
    person_seconds: int


class Buttons(BaseModel):
    most: int
    label_characters: int


class Media(BaseModel):
    content_type: str
    most_bytes: int


class AccountCapabilities(BaseModel):
    style: Style
    window: Window | None
    formatting: Formatting
    buttons: Buttons | None
    templates: bool
    tells: list[EventKind]
    receipts: list[DeliveryState]
    media: list[Media]


class HealthReport(BaseModel):
    """What the provider said when it was asked last, each minute."""

    connected: bool
    name: str = Field(description="What the provider calls the account.")
    waiting: int | None = Field(description="Messages that the provider holds back for the desk.")
    error: str = Field(description="What went wrong last, in words; empty: nothing.")
    error_at: datetime | None
    expires_at: datetime | None = Field(description="When the credentials end.")
    quality: str
    missing: list[str] = Field(description="What somebody has to set: a variable, or a command to run.")
    checked_at: datetime | None
    since: datetime | None = Field(description="When it came to be in this state.")


class ChannelAccount(BaseModel):
    channel: ChannelName
    account: str
    webhook: str | None
    polled: bool = Field(description="The desk asks for what came; nobody calls it.")
    health: HealthState = Field(
        description="`ok`: it works, or the desk itself is the other end; `trouble`: somebody has to look;"
        " `unknown`: a service that has not been asked of late, or cannot be."
    )
    report: HealthReport | None
    queued: int = Field(description="Replies that wait to leave by this account.")
    capabilities: AccountCapabilities


@router.get("/channels", response_model=list[ChannelAccount], responses=problems())
async def channel_accounts(desk: DeskDep, caller: Staff) -> Json:
    """Every configured account: what can be written there, and what comes from it."""
    async with desk.db.connection() as conn:
        healths = await channel_health.of_accounts(conn, desk.channels)
    base_url = desk.settings.base_url
    accounts = [
        _account(channel, base_url, healths[channel.name, channel.account]) for channel in desk.channels
    ]
    return Json(accounts)


class SetAsideEvent(BaseModel):
    event_id: int
    conversation_id: str
    channel: str | None
    account: str | None
    kind: str
    reason: str
    received_at: datetime


class SetAsideDelivery(BaseModel):
    delivery_id: int
    source: str
    reason: str
    received_at: datetime


class SetAsides(BaseModel):
    events: list[SetAsideEvent]
    deliveries: list[SetAsideDelivery]


class TriedAgain(BaseModel):
    status: str


@router.get("/channels/set-aside", response_model=SetAsides, responses=problems())
async def what_was_set_aside(desk: DeskDep, caller: Staff) -> Json:
    """Events that could not be recorded and deliveries that could not be read, newest first, at most 100 of each."""
    caller.actor.require(Permission.ADMIN)
    async with desk.db.connection() as conn:
        events, deliveries = await parked.parked(conn), await parked.parked_deliveries(conn)
    content = {
        "events": [_public(event) for event in events],
        "deliveries": [_public(delivery) for delivery in deliveries],
    }
    return Json(content)


@router.post("/channels/set-aside/events/{event_id}/retry", response_model=TriedAgain, responses=problems())
async def record_event_again(event_id: RowId, desk: DeskDep, caller: Staff) -> Json:
    """Have it recorded after all, as after an upgrade."""
    caller.actor.require(Permission.ADMIN)
    async with desk.db.transaction() as conn:
        await parked.try_again(conn, desk.lanes, event_id, caller.actor)
    return Json({"status": "queued"})


@router.post(
    "/channels/set-aside/deliveries/{delivery_id}/retry", response_model=TriedAgain, responses=problems()
)
async def read_delivery_again(delivery_id: RowId, desk: DeskDep, caller: Staff) -> Json:
    """Read it with the present reader: `accepted`, `duplicate`, `nothing`, or `set_aside` once more."""
    caller.actor.require(Permission.ADMIN)
    return Json({"status": await read_again(desk.db, desk.lanes, desk.channels, delivery_id)})


def _public(row: ParkedEvent | ParkedDelivery) -> dict[str, Any]:
    content = dataclasses.asdict(row)
    content.pop("parked_at", None)
    return content | {"received_at": stamp(row.received_at)}


def _account(channel: Channel, base_url: str, health: AccountHealth) -> dict[str, Any]:
    path = getattr(channel, "webhook", None)
    return {
        "channel": channel.name,
        "account": channel.account,
        "webhook": f"{base_url}/webhooks/{path}" if path else None,
        "polled": isinstance(channel, Poller),
        "health": health.state,
        "report": _report(health),
        "queued": health.queued,
        "capabilities": _capabilities(channel.capabilities),
    }


def _report(health: AccountHealth) -> dict[str, Any] | None:
    report = health.report
    if report is None:
        return None
    return {
        "connected": report.is_connected,
        "name": report.name,
        "waiting": report.waiting,
        "error": report.error,
        "error_at": stamp_or_none(report.error_at),
        "expires_at": stamp_or_none(report.expires_at),
        "quality": report.quality,
        "missing": report.missing,
        "checked_at": stamp_or_none(health.checked_at),
        "since": stamp_or_none(health.since),
    }


def _capabilities(can: Capabilities) -> dict[str, Any]:
    window, buttons, style = can.window, can.buttons, can.style
    return {
        "style": {"max_words": style.max_words, "max_characters": style.max_characters, "tone": style.tone},
        "window": {
            "ai_seconds": int(window.ai.total_seconds()),
            "person_seconds": int(window.person.total_seconds()),
        }
        if window
        else None,
        "formatting": can.formatting,
        "buttons": {"most": buttons.most, "label_characters": buttons.label_characters} if buttons else None,
        "templates": can.templates,
        "tells": sorted(can.tells),
        "receipts": sorted(can.receipts),
        "media": [dataclasses.asdict(limit) for limit in can.media],
    }
