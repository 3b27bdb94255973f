"""Load all that the manager's e-mail says about a ticket."""

from typing import Any

from frontdesk.access.scope import ROAD
from frontdesk.db.pool import Connection
from frontdesk.escalation.decisions import RULES
from frontdesk.escalation.links import TicketLinks
from frontdesk.escalation.story import AiAttempt, Links, Person, Story, StoryFile, StoryMessage
from frontdesk.terms import EntityType, SenderType
from frontdesk.tickets import attachments, message, ticket
from frontdesk.tickets.attachments import Attachment
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Source
from frontdesk.tickets.escalation import Escalation
from frontdesk.tickets.load_case import load_case
from frontdesk.tickets.message import Message
from frontdesk.tickets.rationale import Rationale, RationaleCode
from frontdesk.tickets.reading import Entity
from frontdesk.tickets.ticket import ticket_number


async def load_story(conn: Connection, escalation: Escalation, links: TicketLinks) -> Story:
    about = await ticket.get(conn, escalation.ticket_id, ROAD)
    case = await load_case(conn, about, message.new_message_id())
    messages = await message.of_ticket(conn, about.ticket_id, ROAD, limit=5000)
    texts = [row for row in messages if row.kind == "text"]
    files = await attachments.of_messages(conn, texts)
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
        reason=escalation.reason,
        summary=about.summary,
        entities=_entities(texts),
        conversation=tuple(_message(row, files.get(row.message_id, []), links) for row in texts),
        attempts=tuple(_attempt(row.ai) for row in texts if row.ai)[-3:],
        suggested_reply=about.suggested_reply,
        note=escalation.note or "",
    )


def _person(case: Case) -> Person:
    contact = case.contact
    return Person(
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        vip=contact.vip,
        ltv=contact.ltv or None,
        churn_risk=contact.churn_risk or None,
        proof=contact.proof,
    )


def _message(row: Message, files: list[Attachment], links: TicketLinks) -> StoryMessage:
    reading, ai = row.reading or {}, row.ai or {}
    return StoryMessage(
        sender=SenderType(row.sender_type),
        content=row.content,
        at=row.created_at,
        name=row.sender_name,
        sentiment_score=reading.get("sentiment_score"),
        confidence=None if ai.get("provider") == RULES.provider else ai.get("confidence"),
        sources=tuple(Source.from_record(source) for source in ai.get("sources", [])),
        files=tuple(
            StoryFile(file.filename, file.size, links.attachment(file.attachment_id)) for file in files
        ),
    )


def _attempt(ai: dict[str, Any]) -> AiAttempt:
    sources = tuple(Source.from_record(source) for source in ai.get("sources", []))
    confidence = None if ai.get("provider") == RULES.provider else ai.get("confidence")
    rationale = tuple(Rationale(RationaleCode(why["code"]), why["values"]) for why in ai.get("rationale", []))
    return AiAttempt(ai.get("reasoning", ""), ai.get("provider", ""), confidence, sources, rationale)


def _entities(messages: list[Message]) -> tuple[Entity, ...]:
    """Each entity once, in the order of its first mention."""
    entities: dict[tuple[str, str], Entity] = {}
    for row in messages:
        for fields in (row.reading or {}).get("entities", []):
            entity = Entity(**{**fields, "type": EntityType(fields["type"])})
            entities.setdefault((entity.type, entity.value), entity)
    return tuple(entities.values())
