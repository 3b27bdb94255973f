"""One professional account of Instagram."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

from frontdesk.channels.body import items, text
from frontdesk.channels.capabilities import ButtonLimits, Capabilities, ReplyWindow, Settlement
from frontdesk.channels.graph import Graph, GraphError
from frontdesk.channels.health import Health
from frontdesk.channels.inbound import EventKind, InboundEvent, RemoteMedia
from frontdesk.channels.instagram import outgoing
from frontdesk.channels.instagram.account import InstagramAccount
from frontdesk.channels.instagram.parse import Reader
from frontdesk.channels.meta_webhook import DELIVERY_BYTES, answer_handshake, verify_signature
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.request import Reply, Request
from frontdesk.channels.style import ReplyStyle
from frontdesk.errors import SendRefused, SendUnknown, SetupError
from frontdesk.terms import ChannelName, DeliveryState, SenderType

FIELDS = (
    "messages",
    "messaging_postbacks",
    "message_reactions",
    "messaging_seen",
    "message_edit",
    "comments",
    "live_comments",
)
"""What the app has to be told."""
HOLD = timedelta(seconds=4)
"""People write here in fragments."""
WINDOW = ReplyWindow(ai=timedelta(hours=24), person=timedelta(days=7))
_TELLS = {
    EventKind.MESSAGE,
    EventKind.EDIT,
    EventKind.DELETION,
    EventKind.REACTION,
    EventKind.RECEIPT,
    EventKind.BUTTON,
}


class Instagram:
    name = ChannelName.INSTAGRAM

    def __init__(
        self, account: str, settings: InstagramAccount, style: ReplyStyle, accounts: Mapping[str, str]
    ) -> None:
        """`accounts`: the desk's accounts by their ids, for one app may deliver for several."""
        self.account = account
        self.webhook = f"instagram/{account}"
        self._settings = settings
        self._reader = Reader(accounts)
        token = settings.token.get_secret_value()
        self._graph = Graph("Instagram", settings.api_url, token, "INSTAGRAM_API_URL")
        self.capabilities = Capabilities(
            Settlement.NONE,
            style,
            hold=HOLD,
            window=WINDOW,
            buttons=ButtonLimits(13, 20, 1000),
            tells=frozenset(_TELLS),
            receipts=frozenset({DeliveryState.READ}),
            delivery_bytes=DELIVERY_BYTES,
        )

    async def open(self) -> None:
        """Connections are made when they are needed."""

    async def close(self) -> None:
        await self._graph.aclose()

    def verify(self, request: Request) -> None:
        verify_signature(request, self._settings.app_secrets)

    def challenge(self, request: Request) -> Reply:
        return answer_handshake(request, self._settings.verify_token.get_secret_value())

    def parse(self, request: Request) -> list[InboundEvent]:
        return self._reader.events(request.body)

    def split(self, message: OutboundMessage) -> Sequence[OutboundMessage]:
        return outgoing.split(message)

    async def send(self, message: OutboundMessage) -> Receipt:
        try:
            return await self._send(message, as_person=False)
        except SendRefused as refused:
            # Refused for good, so this is no repetition: a person may write where the AI may not any more.
            late = isinstance(refused.details, GraphError) and refused.details.is_window_closed
            if not late or message.sender_type is not SenderType.MANAGER or message.thread:
                raise
        return await self._send(message, as_person=True)

    def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        """From Instagram's servers of files, whose addresses hold for a few days."""
        return self._graph.open_file(media.reference)

    async def health(self) -> Health:
        try:
            me = await self._graph.ask(f"/{self._settings.account_id}", {"fields": "username"})
            apps = await self._graph.ask(f"/{self._settings.account_id}/subscribed_apps")
        except SendRefused as error:
            about_access = isinstance(error.details, GraphError) and error.details.is_about_access
            missing = "INSTAGRAM_TOKEN" if about_access else "INSTAGRAM_ACCOUNT_ID"
            return Health(is_connected=False, error=error.message, missing=(missing,))
        is_told = bool(items(apps, "data"))
        return Health(
            is_connected=is_told,
            name=f"@{text(me, 'username')}",
            missing=() if is_told else ("frontdesk channels add instagram",),
        )

    async def connect(self) -> list[str]:
        """Have the app told what comes; where it calls is set in Meta's console."""
        fields = {"subscribed_fields": ",".join(FIELDS)}
        try:
            await self._graph.ask(f"/{self._settings.account_id}/subscribed_apps", fields, "POST")
        except SendRefused as error:
            raise SetupError(error.message) from None
        return [f"the app is told of {', '.join(FIELDS)}"]

    async def _send(self, message: OutboundMessage, as_person: bool) -> Receipt:
        call = outgoing.call(message, self._settings.account_id, as_person)
        answer = await self._graph.post(call.path, call.body)
        external_id = text(answer, "message_id") or text(answer, "id")
        if not external_id:
            raise SendUnknown("Instagram answered without the message's id: sent or not cannot be told")
        return Receipt(external_id)
