"""A chat over a wire whose other end does what a test wants."""

import asyncio
import dataclasses

from frontdesk.channels.capabilities import Capabilities, Settlement
from frontdesk.channels.channel import Channels
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.delivery.post import Post
from frontdesk.delivery.send import Sender
from frontdesk.desk import Desk
from frontdesk.terms import ChannelName


class Wire:
    """A channel whose other end does, for each attempt, the next thing that it was told; else it takes it."""

    name = ChannelName.WEB_CHAT
    account = "default"

    def __init__(self, settlement: Settlement, *behaviour: Exception | asyncio.Event | None) -> None:
        self.capabilities = Capabilities(settlement, REPLY_STYLES[ChannelName.WEB_CHAT])
        self.behaviour = list(behaviour)
        self.tried: list[OutboundMessage] = []

    async def send(self, message: OutboundMessage) -> Receipt:
        self.tried.append(message)
        match self.behaviour.pop(0) if self.behaviour else None:
            case Exception() as error:
                raise error
            case asyncio.Event() as never:
                await never.wait()
        return Receipt(f"over there {len(self.tried)}")

    @property
    def texts(self) -> list[str]:
        return [message.content for message in self.tried]


def over(desk: Desk, wire: Wire) -> Desk:
    """The same desk, its chat on this wire."""
    channels = Channels([wire])
    post = Post(desk.lanes, channels, desk.changes)
    journey = dataclasses.replace(
        desk.journey,
        channels=channels,
        post=post,
        sender=Sender(channels, desk.changes),
        meanwhile=dataclasses.replace(desk.journey.meanwhile, post=post),
    )
    ticket_actions = dataclasses.replace(desk.ticket_actions, post=post)
    return dataclasses.replace(desk, channels=channels, journey=journey, ticket_actions=ticket_actions)
