"""Web form and API intake: each submission is a conversation of its own, answered by e-mail and in the portal."""

from collections.abc import Callable
from datetime import UTC, datetime

from frontdesk.channels.capabilities import Capabilities, Formatting, Settlement
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.channels.outbound import OutboundMessage, Receipt
from frontdesk.channels.style import ReplyStyle
from frontdesk.engine.mailer import Leaving, Mail, Mailer
from frontdesk.terms import ChannelName, Priority, Proof

PortalLine = Callable[[str, str], str]
"""By a ticket's number and a language: the sentence that leads to its page in the portal."""


class WebForm:
    """`mailer` is None where no SMTP is set: then the answer stands in the portal only.

    `portal_line` leads to a ticket's page in the portal; each mail ends with it.
    """

    def __init__(
        self,
        mailer: Mailer | None,
        sender: str,
        style: ReplyStyle,
        name: ChannelName = ChannelName.WEB_FORM,
        account: str = "default",
        portal_line: PortalLine | None = None,
    ) -> None:
        self.name = name
        self._portal_line = portal_line
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
                text=self._text(message),
                headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "OOF, AutoReply"},
            ),
            leaving,
        )
        return Receipt(mail_id)

    def _text(self, message: OutboundMessage) -> str:
        if self._portal_line is None or not message.ticket_number:
            return message.content
        return f"{message.content}\n\n{self._portal_line(message.ticket_number, message.language)}\n"
