"""Web form and API intake: each submission is a conversation of its own, answered by e-mail and in the portal."""

import dataclasses
from datetime import UTC, datetime

from frontdesk.channels.capabilities import Capabilities, Formatting, Settlement
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.style import ReplyStyle
from frontdesk.engine.mailer import Leaving, Mail, Mailer
from frontdesk.terms import ChannelName, Priority, Proof


class WebForm:
    """`mailer` is None where no SMTP is set: then the answer stands in the portal only."""

    def __init__(
        self,
        mailer: Mailer | None,
        sender: str,
        style: ReplyStyle,
        name: ChannelName = ChannelName.WEB_FORM,
        account: str = "default",
    ) -> None:
        self.name = name
        self.account = account
        self._mailer = mailer
        self._sender = sender
        self.capabilities = Capabilities(
            Settlement.NONE if mailer else Settlement.OWN_DB, style, formatting=Formatting.BASIC
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
    ) -> InboundMessage:
        """What was submitted under the ids it is answered with; what a caller states of itself is a claim."""
        known = customer_id or email
        peer = Peer(known or ticket_id, customer_id, name, email, phone)
        return InboundMessage(
            channel=self.name,
            account=self.account,
            external_id=f"{self.account}:{ticket_id}",
            peer=dataclasses.replace(peer, proof=Proof.CLAIMED if known else Proof.NONE),
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

    async def _mail(self, message: OutboundMessage, leaving: Leaving | None) -> Receipt:
        if self._mailer is None or not message.email:
            return Receipt(message.message_id)
        domain = self._sender.rstrip("> ").rpartition("@")[2]
        mail_id = f"<{message.message_id}@{domain}>"
        await self._mailer.send(
            Mail(
                message_id=mail_id,
                sender=self._sender,
                to=message.email,
                subject=message.subject,
                text=message.content,
                headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "OOF, AutoReply"},
            ),
            leaving,
        )
        return Receipt(mail_id)
