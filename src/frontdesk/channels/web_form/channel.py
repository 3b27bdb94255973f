"""Web form and API intake: each submission is a conversation of its own, answered by e-mail and in the portal."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from frontdesk.channels.capabilities import Capabilities, Formatting, Settlement
from frontdesk.channels.email.files import KeptFiles
from frontdesk.channels.email.letter import Letterhead, letter
from frontdesk.channels.inbound import InboundMessage, Peer, RemoteMedia
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.registry import ChannelDeps
from frontdesk.engine.mailer import Leaving
from frontdesk.terms import ChannelName, DeliveryState, Priority, Proof

ANSWERS_PER_HOUR = 10
"""By mail, which programs may answer."""


class WebForm:
    """Without SMTP the answer stands in the portal only; each mail ends with the line that leads there."""

    def __init__(
        self,
        deps: ChannelDeps,
        head: Letterhead,
        name: ChannelName = ChannelName.WEB_FORM,
        account: str = "default",
    ) -> None:
        """`head`: whose letters the answers are."""
        self.name = name
        self._portal_line = deps.portal_line
        self.account = account
        self._mailer = deps.mailer
        self._head = head
        self._tokens = deps.tokens
        self._files = KeptFiles(deps.deliveries)
        self.capabilities = Capabilities(
            Settlement.NONE if deps.mailer else Settlement.OWN_DB,
            deps.styles[name],
            formatting=Formatting.BASIC,
            answers_per_hour=ANSWERS_PER_HOUR if deps.mailer else None,
            receipts=frozenset({DeliveryState.FAILED} if deps.mailer and head.is_read else ()),
        )

    def message(
        self,
        ticket_id: str,
        body: str,
        *,
        customer_id: str | None = None,
        name: str | None = None,
        email: str | None = None,
        phone: str | None = None,
        subject: str = "",
        priority: Priority | None = None,
        ticket_number: int | None = None,
        peer: Peer | None = None,
    ) -> InboundMessage:
        """What was submitted under the ids it is answered with; what a caller states of itself is a claim.

        `peer` is who has proven themselves already, in place of the claims.
        """
        known = customer_id or email
        proof = Proof.CLAIMED if known else Proof.NONE
        peer = peer or Peer(known or ticket_id, customer_id, name, email, phone, proof=proof)
        return InboundMessage(
            channel=self.name,
            account=self.account,
            external_id=f"{self.account}:{ticket_id}",
            peer=peer,
            content=body,
            sent_at=datetime.now(UTC),
            subject=subject,
            thread=ticket_id,
            priority=priority,
            ticket_id=ticket_id,
            ticket_number=ticket_number,
        )

    async def send(self, message: OutboundMessage) -> Receipt:
        return await self._mail(message, None)

    async def send_announced(self, message: OutboundMessage, leaving: Leaving) -> Receipt:
        return await self._mail(message, leaving)

    def fetch(self, media: RemoteMedia) -> AsyncIterator[bytes]:
        """Of an answer that came by mail."""
        return self._files.fetch(media)

    async def _mail(self, message: OutboundMessage, leaving: Leaving | None) -> Receipt:
        if self._mailer is None or not message.email:
            return Receipt(message.message_id)
        whole = dataclasses.replace(message, content=self._content(message))
        mail = letter(whole, message.email, self._head, self._tokens)
        await self._mailer.send(mail, leaving)
        return Receipt(mail.message_id)

    def _content(self, message: OutboundMessage) -> str:
        if self._portal_line is None or not message.ticket_number:
            return message.content
        return f"{message.content}\n\n{self._portal_line(message.ticket_number, message.language)}"
