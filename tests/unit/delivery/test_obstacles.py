"""What may be tried now, and how it is put for what the account can do."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from frontdesk.channels.capabilities import ButtonLimits, Capabilities, MediaLimit, ReplyWindow, Settlement
from frontdesk.channels.inbound import Upload
from frontdesk.channels.outbound import Button, Template
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.delivery.compose import compose
from frontdesk.delivery.obstacles import obstacle
from frontdesk.delivery.outbox import SendOptions, Waiting
from frontdesk.terms import ChannelName, ConversationId, MessageId, SenderType, TicketId

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Capabilities(Settlement.NONE, REPLY_STYLES[ChannelName.WHATSAPP])
ABLE = dataclasses.replace(
    PLAIN,
    window=ReplyWindow(ai=DAY, person=7 * DAY),
    buttons=ButtonLimits(most=2, label_characters=5, payload_bytes=8),
    templates=True,
    media=(MediaLimit("image/*", 10), MediaLimit("application/pdf", 100)),
)


def waiting(**given: Any) -> Waiting:
    fields: dict[str, Any] = {
        "message_id": MessageId("m"),
        "ticket_id": TicketId("t"),
        "conversation_id": ConversationId("c"),
        "state": "queued",
        "attempts": 0,
        "content": "Hello",
        "sender_name": None,
        "channel": ChannelName.WHATSAPP,
        "account": "shop",
        "address": "77",
        "thread": "",
        "language": None,
        "subject": "Order",
        "number": 7,
        "email": None,
        "request_id": None,
        "not_before": None,
        "age": timedelta(0),
        "was_delayed": False,
        "sender_type": SenderType.AI,
        "options": None,
        "parts_sent": 0,
        "reply_to": None,
        "headers": None,
        "asked": None,
        "asked_at": None,
        "asked_by": None,
        "last_inbound_at": NOW,
        "unreachable": None,
        "uploads": None,
    }
    return Waiting(**{**fields, **given})


def options(**given: Any) -> dict[str, Any]:
    return dataclasses.asdict(SendOptions(**given))


@pytest.mark.parametrize(
    ("given", "can", "why"),
    [
        ({}, None, "the account shop of the channel whatsapp is not configured any more"),
        ({"unreachable": "the customer has blocked us"}, ABLE, "the customer has blocked us"),
        ({"state": "sending"}, ABLE, "ended unseen"),
        ({"options": options(template=Template("t", "en"))}, PLAIN, "no templates"),
        ({"last_inbound_at": NOW - DAY}, ABLE, "closed at 2026-11-28 12:00 UTC: a template may be sent"),
        (
            {"last_inbound_at": NOW - 7 * DAY, "sender_type": SenderType.MANAGER},
            ABLE,
            "the reply window closed",
        ),
        ({"uploads": [["a.png", "image/png", 11, "k"]]}, ABLE, "does not take the file a.png"),
        ({"uploads": [["a.txt", "text/plain", 1, "k"]]}, ABLE, "does not take the file a.txt"),
    ],
)
def test_what_must_not_be_tried_says_why(given: dict[str, Any], can: Capabilities | None, why: str) -> None:
    assert why in (obstacle(waiting(**given), can, NOW) or "")


@pytest.mark.parametrize(
    ("given", "can"),
    [
        ({}, PLAIN),
        ({"state": "sending"}, dataclasses.replace(PLAIN, settlement=Settlement.CLIENT_ID)),
        ({"last_inbound_at": NOW - DAY + timedelta(seconds=1)}, ABLE),
        ({"last_inbound_at": NOW - 2 * DAY, "sender_type": SenderType.MANAGER}, ABLE),
        ({"last_inbound_at": NOW - 9 * DAY, "options": options(template=Template("t", "en"))}, ABLE),
        ({"last_inbound_at": None}, ABLE),
        ({"uploads": [["a.png", "image/png", 10, "k"], ["b.pdf", "application/pdf", 100, "k"]]}, ABLE),
    ],
)
def test_all_else_is_tried(given: dict[str, Any], can: Capabilities) -> None:
    assert obstacle(waiting(**given), can, NOW) is None


YES = Button("Yes", "y")


@pytest.mark.parametrize(
    ("buttons", "can", "as_buttons"),
    [
        ((YES,), ABLE, True),
        ((YES,), PLAIN, False),
        ((YES, YES, YES), ABLE, False),
        ((Button("Rather not", "n"),), ABLE, False),
        ((Button("Жоқ", "жоқпын"),), ABLE, False),
    ],
)
def test_buttons_that_the_account_cannot_show_are_lines(
    buttons: tuple[Button, ...], can: Capabilities, as_buttons: bool
) -> None:
    message = compose(waiting(options=options(buttons=buttons)), can)
    lines = "\n".join(f"- {button.label}" for button in buttons)
    assert message.buttons == (buttons if as_buttons else ())
    assert message.content == ("Hello" if as_buttons else f"Hello\n\n{lines}")


def test_a_message_brings_what_its_wire_needs() -> None:
    headers = [["Message-ID", "<a@b.example>"]]
    message = compose(waiting(reply_to="x1", headers=headers, uploads=[["a.png", "image/png", 1, "k"]]), ABLE)
    assert (message.reply_to, message.quoted) == ("x1", (("Message-ID", "<a@b.example>"),))
    assert message.uploads == (Upload("a.png", "image/png", 1, "k"),)
    assert message.subject == "Re: Order [T-000007]"
