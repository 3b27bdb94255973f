"""Gather the whole story of a ticket for the manager's e-mail."""

from typing import Any

from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.notice import RULES
from frontdesk.escalation.story import File, Links, Person, Story, StoryMessage, Tried
from frontdesk.terms import EntityType, SenderType
from frontdesk.tickets import message, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Source
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.message import Attachment, Message
from frontdesk.tickets.reading import Entity
from frontdesk.tickets.ticket import ticket_number


async def gather(conn: Connection, found: Escalation, links: TicketLinks) -> Story:
    about = await ticket.get(conn, found.ticket_id, ROAD)
    case = await load_case(conn, about, message.new_message_id())
    messages = await message.of_ticket(conn, about.ticket_id, ROAD, limit=5000)
    said = [row for row in messages if row.kind == "text"]
    files = await message.attachments_of(conn, said)
    return Story(
        ticket_id=about.ticket_id,
        ticket_number=ticket_number(about.number),
        subject=about.subject,
        person=_person(case),
        channel=about.channel,
        priority=about.priority,
        links=Links(
            links.ticket(about.ticket_id),
            links.act(about, "hand_back"),
            links.act(about, "resolve"),
        ),
        category=about.category,
        reason=found.reason,
        summary=about.summary,
        entities=_entities(said),
        conversation=tuple(_said(one, files.get(one.message_id, []), links) for one in said),
        tried=tuple(_tried(one.ai) for one in said if one.ai)[-3:],
        suggested_reply=about.suggested_reply,
        note=found.note or "",
    )


def _person(case: Case) -> Person:
    who = case.contact
    return Person(who.name, who.email, who.phone, who.vip, who.ltv or None, who.churn_risk or None, who.proof)


def _said(one: Message, files: list[Attachment], links: TicketLinks) -> StoryMessage:
    reading, ai = one.reading or {}, one.ai or {}
    return StoryMessage(
        sender=SenderType(one.sender_type),
        content=one.content,
        at=one.created_at,
        name=one.sender_name,
        sentiment_score=reading.get("sentiment_score"),
        confidence=None if ai.get("provider") == RULES.provider else ai.get("confidence"),
        sources=tuple(Source(**source) for source in ai.get("sources", [])),
        files=tuple(File(file.filename, file.size, links.attachment(file.attachment_id)) for file in files),
    )


def _tried(ai: dict[str, Any]) -> Tried:
    sources = tuple(Source(**source) for source in ai.get("sources", []))
    confidence = None if ai.get("provider") == RULES.provider else ai.get("confidence")
    return Tried(ai.get("reasoning", ""), ai.get("provider", ""), confidence, sources)


def _entities(said: list[Message]) -> tuple[Entity, ...]:
    """What was named, each thing once, in the order it was first named."""
    found: dict[tuple[str, str], Entity] = {}
    for one in said:
        for row in (one.reading or {}).get("entities", []):
            entity = Entity(**{**row, "type": EntityType(row["type"])})
            found.setdefault((entity.type, entity.value), entity)
    return tuple(found.values())
