"""The web form and the API's ticket intake."""

from frontdesk.channels.channel import Channel
from frontdesk.channels.registry import ChannelDeps
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName

API_ACCOUNT = "api"
"""On every channel: tickets that come over the API (contracts: POST /tickets)."""


def build(settings: Settings, deps: ChannelDeps) -> list[Channel]:
    def form(name: ChannelName, account: str) -> WebForm:
        return WebForm(deps.mailer, settings.mail_from, deps.styles[name], name, account, deps.portal_line)

    return [form(ChannelName.WEB_FORM, "default"), *(form(name, API_ACCOUNT) for name in ChannelName)]
