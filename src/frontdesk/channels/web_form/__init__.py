"""The web form and the API's ticket intake."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.email import letterhead
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

API_ACCOUNT = "api"
"""On every channel: tickets that come over the API (contracts: POST /tickets)."""


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    """Answers go out by mail from the first mail account that is set up, else from MAIL_FROM."""
    head = letterhead(settings)
    forms = [WebForm(deps, head), *(WebForm(deps, head, name, API_ACCOUNT) for name in ChannelName)]
    return list[Channel](forms)
