"""The chat on the company's own site."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.web_chat.channel import WebChat
from frontdesk.settings import Settings


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    return [WebChat(deps.styles[WebChat.name])]
