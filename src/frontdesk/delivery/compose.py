"""A waiting message as its channel is given it: what the account cannot do is said in words. Pure."""

from frontdesk.channels.capabilities import Capabilities
from frontdesk.channels.outbound import Asked, Button, OutboundMessage
from frontdesk.delivery.outbox import Waiting
from frontdesk.tickets.ticket import ticket_number


def compose(waiting: Waiting, can: Capabilities) -> OutboundMessage:
    buttons = waiting.options.buttons
    fits = _fit(buttons, can)
    return OutboundMessage(
        message_id=waiting.message_id,
        channel=waiting.channel,
        account=waiting.account,
        address=waiting.address,
        thread=waiting.thread,
        content=waiting.content if fits else _with_lines(waiting.content, buttons),
        language=waiting.language or "en",
        subject=f"Re: {waiting.subject} [{ticket_number(waiting.number)}]",
        ticket_number=ticket_number(waiting.number),
        email=waiting.email,
        sender_name=waiting.sender_name or "",
        sender_type=waiting.sender_type,
        uploads=waiting.uploads,
        buttons=buttons if fits else (),
        template=waiting.options.template,
        reply_to=waiting.reply_to,
        asked=_asked(waiting),
        conversation=waiting.conversation_id,
        quoted=tuple((name, value) for name, value in waiting.headers or ()),
    )


def _asked(waiting: Waiting) -> Asked | None:
    if waiting.asked is None or waiting.asked_at is None:
        return None
    return Asked(waiting.asked, waiting.asked_at, waiting.asked_by or "")


def _fit(buttons: tuple[Button, ...], can: Capabilities) -> bool:
    limits = can.buttons
    return not buttons or (
        limits is not None
        and len(buttons) <= limits.most
        and all(
            len(button.label) <= limits.label_characters
            and len(button.payload.encode()) <= limits.payload_bytes
            for button in buttons
        )
    )


def _with_lines(content: str, buttons: tuple[Button, ...]) -> str:
    return "\n".join([content, "", *(f"- {button.label}" for button in buttons)])
