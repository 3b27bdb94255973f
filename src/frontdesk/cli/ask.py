"""`frontdesk ask`: send one message down the whole road and print the reply with its reasons."""

import argparse
import asyncio
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import orjson

from frontdesk import settings
from frontdesk.access.scope import ROAD
from frontdesk.channels.inbound import InboundMessage, Peer
from frontdesk.customers import customer as customers
from frontdesk.db.pool import fetch_value
from frontdesk.desk import Desk, open_desk
from frontdesk.errors import Unavailable, ValidationFailed
from frontdesk.kit.tasks import end
from frontdesk.terms import ChannelName, Owner, Proof, SenderType, TicketId
from frontdesk.tickets import message, ticket
from frontdesk.tickets.message import Message
from frontdesk.tickets.ticket import Ticket, ticket_number

ANALYSIS = (
    "language", "category", "intent", "priority", "sentiment", "sentiment_score", "risk", "difficulty",
    "confidence", "tags", "entities", "summary", "escalate", "escalation_reason",
)  # fmt: skip
WAIT_SECONDS = 120.0


def register(commands: Any) -> None:
    parser = commands.add_parser("ask", help="one message through the whole road")
    parser.add_argument("text")
    parser.add_argument(
        "--channel", type=_channel, default=ChannelName.WEB_CHAT, help="default: web_chat", metavar="C"
    )
    parser.add_argument("--customer", metavar="EMAIL", help="ask as this customer, whom you vouch for")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.set_defaults(run=run)


def _channel(name: str) -> ChannelName:
    try:
        return ChannelName(name)
    except ValueError:
        raise argparse.ArgumentTypeError(f"one of {', '.join(ChannelName)}, not {name!r}") from None


async def run(args: argparse.Namespace) -> int:
    if not args.text.strip():
        raise ValidationFailed("say something: the text is empty")
    async with open_desk(settings.load()) as desk:
        worker = asyncio.create_task(desk.worker().run())
        try:
            result = await ask(desk, args.text, args.channel, args.customer)
        finally:
            await end([worker])
    print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode() if args.json else _as_text(result))
    return 0


async def ask(desk: Desk, text: str, channel: ChannelName, email: str | None) -> dict[str, Any]:
    """Send the text down the road and wait for the reply. Raises `Unavailable` after two minutes."""
    started = time.perf_counter()
    name = str(uuid.uuid4())
    async with desk.db.connection() as conn:
        number = await ticket.next_number(conn)
    inbound = InboundMessage(
        channel=channel,
        account="api",
        external_id=name,
        peer=await _peer(desk, name, email),
        content=text,
        sent_at=datetime.now(UTC),
        thread=name,
        ticket_id=name,
        ticket_number=number,
    )
    await desk.journey.accept(inbound)
    accepted = time.perf_counter()
    answered, messages = await _wait(desk, TicketId(name))
    timings = {"accept": (accepted - started) * 1000, "total": (time.perf_counter() - started) * 1000}
    return _result(answered, messages, {key: round(value, 1) for key, value in timings.items()})


async def _peer(desk: Desk, name: str, email: str | None) -> Peer:
    if email is None:
        return Peer(address=name)
    async with desk.db.connection() as conn:
        known = await customers.by_email(conn, email)
    customer_id = known.customer_id if known else None
    return Peer(address=name, customer_id=customer_id, email=email, proof=Proof.VERIFIED)


async def _wait(desk: Desk, ticket_id: TicketId) -> tuple[Ticket, list[Message]]:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        async with desk.db.connection() as conn:
            if await fetch_value(
                conn, "select answered_seq >= 1 from ticket where ticket_id = %s", (ticket_id,)
            ):
                return await ticket.get(conn, ticket_id, ROAD), await message.of_ticket(conn, ticket_id, ROAD)
        await asyncio.sleep(0.02)
    raise Unavailable("no answer within two minutes")


def _result(answered: Ticket, messages: list[Message], timings: dict[str, float]) -> dict[str, Any]:
    reading = next((sent.reading for sent in messages if sent.reading), None) or {}
    reply = next((sent for sent in messages if sent.sender_type == SenderType.AI), None)
    ai = (reply.ai if reply else None) or {}
    escalated = answered.owner is Owner.PERSON
    return {
        **{field: reading.get(field) for field in ANALYSIS},
        "escalate": escalated,
        "escalation_reason": answered.escalation_reason,
        "suggested_reply": answered.suggested_reply if escalated else (reply.content if reply else ""),
        "ticket_id": answered.ticket_id,
        "ticket_number": ticket_number(answered.number),
        "status": answered.status,
        "escalated": escalated,
        "reply": reply.content if reply else None,
        "sources": ai.get("sources", []),
        "provider": ai.get("provider"),
        "model": ai.get("model"),
        "reply_confidence": ai.get("confidence"),
        "reasoning": ai.get("reasoning"),
        "timings_ms": timings,
    }


def _as_text(result: dict[str, Any]) -> str:
    lines = [result["reply"] or "(no reply)", ""]
    lines += [
        f"  [{n}] {' — '.join(filter(None, (s['title'], s['heading'])))}: {s['quote']}"
        for n, s in enumerate(result["sources"], 1)
    ]
    lines += [
        f"  {result['ticket_number']} {result['status']} · {result['language']} · {result['category']}"
        f" · {result['intent']} · {result['priority']} · {result['sentiment']}",
        f"  {result['provider']}/{result['model']}, confidence {result['reply_confidence']}: {result['reasoning']}",
    ]
    if result["escalated"]:
        lines.append(f"  handed to a person: {result['escalation_reason']}")
    return "\n".join(lines)
