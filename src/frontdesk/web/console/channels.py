"""The channel accounts and what each can do, for whoever writes on them."""

import dataclasses
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from frontdesk.channels.capabilities import Capabilities, Formatting
from frontdesk.channels.channel import Channel
from frontdesk.channels.inbound import EventKind
from frontdesk.terms import ChannelName, DeliveryState
from frontdesk.web.caller import DeskDep, Operator
from frontdesk.web.errors import problems
from frontdesk.web.reply import Json

router = APIRouter(tags=["operation"])


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


class ChannelAccount(BaseModel):
    channel: ChannelName
    account: str
    webhook: str | None
    health: str
    capabilities: AccountCapabilities


@router.get("/channels", response_model=list[ChannelAccount], responses=problems())
async def channel_accounts(desk: DeskDep, caller: Operator) -> Json:
    """Every configured account: what can be written there, and what comes from it."""
    return Json([_account(channel, desk.settings.base_url) for channel in desk.channels])


def _account(channel: Channel, base_url: str) -> dict[str, Any]:
    path = getattr(channel, "webhook", None)
    return {
        "channel": channel.name,
        "account": channel.account,
        "webhook": f"{base_url}/webhooks/{path}" if path else None,
        "health": "unknown",
        "capabilities": _capabilities(channel.capabilities),
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
