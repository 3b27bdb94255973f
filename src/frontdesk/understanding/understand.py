"""Read what is asked now and keep it with the ticket; what a person has set stays as the person set it."""

from dataclasses import dataclass

from frontdesk.db.pool import Connection
from frontdesk.terms import Priority, SenderType
from frontdesk.tickets import log, message, ticket
from frontdesk.tickets.case import Case
from frontdesk.tickets.reading import Reading
from frontdesk.tickets.records import reading_record
from frontdesk.tickets.ticket import Ticket
from frontdesk.understanding.reader import Reader

_URGENCY = [Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT]


@dataclass(frozen=True, slots=True)
class Understanding:
    reader: Reader

    async def read(self, case: Case) -> Reading:
        """The reading of the pending messages together. Holds no transaction."""
        earlier = tuple(
            turn.content
            for turn in case.turns
            if turn.sender_type is SenderType.CUSTOMER and turn.seq < case.pending[0].seq
        )
        text = "\n".join(turn.content for turn in case.pending)
        return await self.reader.read(
            text, subject=_own_subject(case, text), language_hint=case.language_hint, earlier=earlier
        )


def _own_subject(case: Case, text: str) -> str:
    """The subject where it says more than the first words of the first message, which a chat's does not."""
    told = case.subject.rstrip("…")
    return "" if case.pending[0].seq > 1 or told in " ".join(text.split()) else case.subject


async def keep(conn: Connection, case: Case, now: Ticket, reading: Reading) -> None:
    """Write the reading to its message and the ticket's fields."""
    about = case.pending[-1].seq
    await message.keep_reading(conn, case.ticket_id, about, reading_record(reading))
    fields: dict[str, object] = {
        "intent": reading.intent,
        "sentiment_score": reading.sentiment_score,
        "risk": reading.risk,
        "difficulty": reading.difficulty,
        "language": reading.language,
    }
    if reading.summary and not (reading.small_talk and now.summary):
        fields["summary"] = reading.summary
    if now.category_set_by != "person" and not (reading.small_talk and now.category):
        fields["category"] = reading.category
    if now.priority_set_by == "ai" or (
        now.priority_set_by == "producer" and _URGENCY.index(reading.priority) > _URGENCY.index(now.priority)
    ):
        fields["priority"] = reading.priority
    fields["tags"] = list(dict.fromkeys((*now.tags, *reading.tags)))
    await ticket.change(conn, case.ticket_id, **fields)
    data = {
        "category": reading.category,
        "intent": reading.intent,
        "confidence": round(reading.confidence, 3),
    }
    await log.write(conn, case.ticket_id, log.Event.ANALYSED, SenderType.AI, data=data)
