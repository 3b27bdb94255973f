"""One phone number of WhatsApp's Cloud API."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

from frontdesk.channels.body import items, json_object, text
from frontdesk.channels.capabilities import (
    ButtonLimits,
    Capabilities,
    Formatting,
    MediaLimit,
    ReplyWindow,
    Settlement,
)
from frontdesk.channels.graph import Graph
from frontdesk.channels.health import Health
from frontdesk.channels.inbound import EventKind, InboundEvent, RemoteMedia, Upload
from frontdesk.channels.meta_webhook import DELIVERY_BYTES, answer_handshake, verify_signature
from frontdesk.channels.outbound import ApprovedTemplate, OutboundMessage, Receipt
from frontdesk.channels.request import Reply, Request
from frontdesk.channels.style import ReplyStyle
from frontdesk.channels.whatsapp import checks, outgoing
from frontdesk.channels.whatsapp.account import WhatsAppAccount
from frontdesk.channels.whatsapp.approved import approved_templates
from frontdesk.channels.whatsapp.parse import Reader
from frontdesk.engine.blobs import Blobs
from frontdesk.errors import FileRefused, NotFound, SendRefused, SendUnknown
from frontdesk.terms import ChannelName, DeliveryState

DAY = timedelta(hours=24)
HOLD = timedelta(seconds=4)
"""People write here in fragments."""
_MEGABYTE = 1024 * 1024
MEDIA = (
    *(MediaLimit(kind, 5 * _MEGABYTE) for kind in ("image/jpeg", "image/png")),
    MediaLimit("image/webp", 100 * 1024),
    *(
        MediaLimit(kind, 16 * _MEGABYTE)
        for kind in (
            "audio/aac",
            "audio/amr",
            "audio/mpeg",
            "audio/mp4",
            "audio/ogg",
            "video/mp4",
            "video/3gpp",
        )
    ),
    MediaLimit("text/plain", 100 * _MEGABYTE),
    MediaLimit("application/*", 100 * _MEGABYTE),
)


class WhatsApp:
    name = ChannelName.WHATSAPP

    def __init__(
        self,
        account: str,
        settings: WhatsAppAccount,
        style: ReplyStyle,
        blobs: Blobs,
        numbers: Mapping[str, str],
        public_url: str = "",
    ) -> None:
        """`numbers`: the desk's accounts by phone number id, for one app may deliver for several."""
        self.account = account
        self.webhook = f"whatsapp/{account}"
        self._address = f"{public_url}/webhooks/{self.webhook}" if public_url else ""
        self._settings = settings
        self._reader = Reader(numbers)
        self._blobs = blobs
        self._graph = Graph(
            "WhatsApp", settings.api_url, settings.token.get_secret_value(), "WHATSAPP_API_URL"
        )
        self.capabilities = Capabilities(
            Settlement.NONE,
            style,
            hold=HOLD,
            window=ReplyWindow(ai=DAY, person=DAY),
            formatting=Formatting.BASIC,
            buttons=ButtonLimits(outgoing.LIST_ROWS, outgoing.BUTTON_LABEL, outgoing.BUTTON_PAYLOAD),
            templates=True,
            tells=frozenset(EventKind) - {EventKind.STAFF_REPLY},
            receipts=frozenset(
                {DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ, DeliveryState.FAILED}
            ),
            media=MEDIA,
            delivery_bytes=DELIVERY_BYTES,
        )

    async def open(self) -> None:
        """Connections are made when they are needed."""

    async def close(self) -> None:
        await self._graph.aclose()

    def verify(self, request: Request) -> None:
        verify_signature(request, [self._settings.app_secret.get_secret_value()])

    def challenge(self, request: Request) -> Reply:
        return answer_handshake(request, self._settings.verify_token.get_secret_value())

    def parse(self, request: Request) -> list[InboundEvent]:
        return self._reader.events(json_object(request.body))

    def split(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        return outgoing.split(message)

    async def send(self, message: OutboundMessage) -> Receipt:
        media_id = await self._upload(message.uploads[0]) if message.uploads else None
        answer = await self._graph.post(
            f"/{self._settings.phone_number_id}/messages", outgoing.body(message, media_id)
        )
        external_id = next((text(taken, "id") for taken in items(answer, "messages")), "")
        if external_id:
            return Receipt(external_id)
        raise SendUnknown("WhatsApp answered without the message's id: sent or not cannot be told")

    async def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        """In two steps: the address, which holds for minutes, then the file."""
        if not media.reference.isalnum():
            raise FileRefused("WhatsApp has no file of this name")
        try:
            file = await self._graph.ask(
                f"/{media.reference}", {"phone_number_id": self._settings.phone_number_id}
            )
        except SendRefused as error:
            raise FileRefused(error.message) from None
        async for piece in self._graph.file(text(file, "url")):
            yield piece

    async def health(self) -> Health:
        return await checks.health(self._graph, self._settings.phone_number_id)

    async def templates(self) -> list[ApprovedTemplate]:
        return await approved_templates(self._graph, self._settings.phone_number_id)

    async def connect(self) -> list[str]:
        """Have Meta call this desk for the number; the desk must be running, for Meta calls at once."""
        verify_token = self._settings.verify_token.get_secret_value()
        return await checks.connect(self._graph, self._settings.phone_number_id, self._address, verify_token)

    async def _upload(self, file: Upload) -> str:
        try:
            data = await self._blobs.get(file.blob_key)
        except NotFound as error:
            raise SendRefused(error.message) from None
        fields = {"messaging_product": "whatsapp", "type": file.content_type}
        answer = await self._graph.upload(
            f"/{self._settings.phone_number_id}/media", fields, (file.filename, data, file.content_type)
        )
        media_id = text(answer, "id")
        if not media_id:
            raise SendRefused("WhatsApp took the file without an id")
        return media_id
