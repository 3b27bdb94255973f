"""One sender of Twilio's, for SMS or WhatsApp; one of an account's senders is called for all of them."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

from prometheus_client import Counter

from frontdesk.channels.capabilities import ButtonLimits, Capabilities, Formatting, ReplyWindow, Settlement
from frontdesk.channels.choosing import CHOOSE
from frontdesk.channels.health import Health
from frontdesk.channels.inbound import EventKind, InboundEvent, RemoteMedia
from frontdesk.channels.markup import PLAIN, WHATSAPP, render
from frontdesk.channels.outbound import ApprovedTemplate, OutboundMessage, Receipt
from frontdesk.channels.request import Reply, Request
from frontdesk.channels.split import split_text, utf16_units
from frontdesk.channels.style import ReplyStyle
from frontdesk.channels.twilio import checks
from frontdesk.channels.twilio.account import WHATSAPP as SCHEME
from frontdesk.channels.twilio.api import TwilioApi, variables
from frontdesk.channels.twilio.approved import approved_templates
from frontdesk.channels.twilio.parse import Reader
from frontdesk.channels.twilio.segments import encoding, plain, segments
from frontdesk.channels.twilio.signature import verify_signature
from frontdesk.terms import ChannelName, DeliveryState

DAY = timedelta(hours=24)
HOLD = timedelta(seconds=4)
"""People write here in fragments."""
TEXT_UNITS = 1600
"""Of a message, as Twilio takes it."""
SMS_PART_UNITS = 600
"""Of Markdown: nine segments of Cyrillic, for longer messages lose segments on their way."""
WHATSAPP_PART_UNITS = 1400
BUTTON_TEXT_UNITS = 900
_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
_segments = Counter("support_sms_segments_total", "Parts of text messages, as they are billed", ["encoding"])


class TwilioChannel:
    def __init__(
        self, name: ChannelName, account: str, sender: str, api: TwilioApi, style: ReplyStyle
    ) -> None:
        self.name = name
        self.account = account
        self._sender = sender
        self._api = api
        self.capabilities = _whatsapp(style) if name is ChannelName.WHATSAPP else _sms(style)

    async def open(self) -> None:
        """Connections are made when they are needed."""

    async def close(self) -> None:
        await self._api.aclose()

    def split(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        if message.template is not None:
            return [replace(message, buttons=(), part=0)]
        limit = WHATSAPP_PART_UNITS if self._is_whatsapp else SMS_PART_UNITS
        texts = split_text(message.content, limit, utf16_units)
        if message.buttons:
            texts[-1:] = split_text(texts[-1], BUTTON_TEXT_UNITS, utf16_units)
        parts = [replace(message, content=content, buttons=(), part=n) for n, content in enumerate(texts)]
        parts[-1] = replace(parts[-1], buttons=message.buttons)
        return parts

    async def send(self, message: OutboundMessage) -> Receipt:
        to = SCHEME + message.address if self._is_whatsapp else message.address
        words = await self._words(message)
        receipt = await self._api.send(self._sender, to, message.message_id, words)
        if not self._is_whatsapp:
            _segments.labels(encoding(words["Body"]).name).inc(segments(words["Body"]))
        return receipt

    async def health(self) -> Health:
        return await checks.health(self._api, self._sender)

    async def templates(self) -> list[ApprovedTemplate]:
        return await approved_templates(self._api) if self._is_whatsapp else []

    def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        return self._api.file(media.reference)

    @property
    def _is_whatsapp(self) -> bool:
        return self.name is ChannelName.WHATSAPP

    async def _words(self, message: OutboundMessage) -> dict[str, str]:
        template = message.template
        if template is not None:
            filled = {str(n): value for n, value in enumerate(template.parameters, 1)}
            return {
                "ContentSid": template.name,
                "ContentVariables": json.dumps(filled, ensure_ascii=False),
            }
        if not self._is_whatsapp:
            return {"Body": plain(_fitting(message.content, render(message.content, PLAIN)))}
        words = _fitting(message.content, render(message.content, WHATSAPP))
        if not message.buttons:
            return {"Body": words}
        language = message.language.partition("-")[0]
        content = await self._api.buttons(language, CHOOSE.get(language, CHOOSE["en"]), message.buttons)
        return {"ContentSid": content, "ContentVariables": variables(words)}


class TwilioHook(TwilioChannel):
    """The channel whose webhook takes what comes for both."""

    def __init__(
        self,
        name: ChannelName,
        account: str,
        sender: str,
        api: TwilioApi,
        style: ReplyStyle,
        provider_account: str,
        auth_token: str,
        reader: Reader,
    ) -> None:
        super().__init__(name, account, sender, api, style)
        self.webhook = f"twilio/{provider_account}"
        self._auth_token = auth_token.strip()
        self._reader = reader

    def verify(self, request: Request) -> None:
        verify_signature(request, self._auth_token)

    def parse(self, request: Request) -> list[InboundEvent]:
        return self._reader.events(request)

    async def connect(self) -> list[str]:
        """Have Twilio call this desk for the number; a WhatsApp sender is set in Twilio's console."""
        return await checks.connect(self._api, self._sender)

    def acknowledge(self, request: Request) -> Reply:
        """An empty answer, for the desk replies later: a text would be sent to the customer."""
        return Reply(_TWIML, "text/xml")


def _fitting(markdown: str, rendered: str) -> str:
    return rendered if utf16_units(rendered) <= TEXT_UNITS else markdown


def _sms(style: ReplyStyle) -> Capabilities:
    return Capabilities(
        Settlement.NONE,
        style,
        hold=HOLD,
        tells=frozenset({EventKind.MESSAGE, EventKind.RECEIPT, EventKind.SUBSCRIPTION}),
        receipts=frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.FAILED}),
    )


def _whatsapp(style: ReplyStyle) -> Capabilities:
    tells = {EventKind.MESSAGE, EventKind.RECEIPT, EventKind.SUBSCRIPTION, EventKind.BUTTON}
    return Capabilities(
        Settlement.NONE,
        style,
        hold=HOLD,
        window=ReplyWindow(ai=DAY, person=DAY),
        formatting=Formatting.BASIC,
        buttons=ButtonLimits(10, 20, 200),
        templates=True,
        tells=frozenset(tells),
        receipts=frozenset(
            {DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.FAILED}
        ),
    )
