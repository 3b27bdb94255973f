"""Web form and API intake: each submission is a conversation of its own, answered by e-mail and in the portal."""

from collections.abc import Mapping
from datetime import UTC, datetime

import orjson

from frontdesk.channels.message import (
    Capabilities,
    InboundMessage,
    OutboundMessage,
    Outcome,
    Peer,
    Receipt,
    Settlement,
)
from frontdesk.channels.style import ReplyStyle
from frontdesk.engine.mailer import Mail, Mailer
from frontdesk.errors import BadRequest
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
            settlement=Settlement.NONE if mailer else Settlement.OWN_DB,
            style=style,
        )

    def verify(self, raw: bytes, headers: Mapping[str, str]) -> None:
        """Public by nature: what a caller states of itself stays a claim."""

    def parse(self, raw: bytes, headers: Mapping[str, str]) -> list[InboundMessage]:
        """The body of `POST /tickets` (already validated there), with the ids that it was answered with."""
        try:
            body = orjson.loads(raw)
        except orjson.JSONDecodeError:
            raise BadRequest("the body is not JSON") from None
        if not isinstance(body, dict) or not isinstance(body.get("body"), str):
            raise BadRequest("the body is an object with a text in `body`")
        ticket_id, customer = body.get("ticket_id"), body.get("customer") or {}
        if not isinstance(ticket_id, str) or not ticket_id or not isinstance(customer, dict):
            raise BadRequest("the body names its `ticket_id`, and its `customer` as an object")
        known = body.get("customer_id") or customer.get("email")
        peer = Peer(
            address=str(known or ticket_id),
            customer_id=body.get("customer_id"),
            name=customer.get("name"),
            email=customer.get("email"),
            phone=customer.get("phone"),
            locale=customer.get("locale"),
            proof=Proof(body.get("proof") or (Proof.CLAIMED if known else Proof.NONE)),
        )
        priority = body.get("priority")
        message = InboundMessage(
            channel=self.name,
            account=self.account,
            external_id=body.get("external_id") or ticket_id,
            peer=peer,
            content=body["body"],
            sent_at=datetime.now(UTC),
            subject=body.get("subject") or "",
            thread=ticket_id,
            priority=Priority(priority) if priority else None,
            ticket_id=ticket_id,
            ticket_number=body.get("ticket_number"),
        )
        return [message]

    async def send(self, message: OutboundMessage) -> Receipt:
        if self._mailer is None or not message.email:
            return Receipt(Outcome.SENT, message.message_id)
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
            )
        )
        return Receipt(Outcome.SENT, mail_id)
