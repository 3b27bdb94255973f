"""What may be written next in a ticket, given to the page once, so that it completes without asking again."""

from dataclasses import dataclass

from frontdesk.access.actor import Actor
from frontdesk.access.scope import Scope, scope_of
from frontdesk.actions.macros import MacroActions
from frontdesk.db.pool import Connection, Database, fetch_all
from frontdesk.knowledge.base import Knowledge
from frontdesk.macros.phrases import Phrase, SaidBefore, phrases
from frontdesk.terms import TicketId
from frontdesk.tickets import ticket

_LOOKED_AT = 500
"""Settled matters, the newest."""
_PASSAGES = 5
_MACROS = 100


@dataclass(frozen=True, slots=True)
class PhraseActions:
    db: Database
    knowledge: Knowledge
    macros: MacroActions

    async def of(self, actor: Actor, ticket_id: TicketId) -> list[Phrase]:
        """In the customer's language. Raises `NotFound`, also outside what the actor may read."""
        scope = scope_of(actor)
        async with self.db.reading() as conn:
            now = await ticket.get(conn, ticket_id, scope)
            language = now.language or self.macros.default_language
            replies = await said_before(conn, scope, language)
        offers = await self.macros.offered(actor, ticket_id, "", _MACROS)
        about = now.summary or now.subject
        passages = await self.knowledge.search(about, language=language, limit=_PASSAGES) if about else []
        return phrases(
            [offer.filled.content for offer in offers if offer.language == language],
            replies,
            [passage.text for passage in passages if passage.language == language],
        )


async def said_before(conn: Connection, scope: Scope, language: str) -> list[SaidBefore]:
    """Replies of people in the newest settled tickets of a language."""
    query = (
        "with t as (select t.* from ticket t where t.status = 'resolved' and t.language = %(language)s and "
        + scope.condition
        + " order by t.updated_at desc limit %(most)s)"
        " select t.conversation_id, m.content, u.name as customer_name from t join message m using (ticket_id)"
        " left join customer u on u.customer_id = t.customer_id"
        " where m.sender_type = 'manager' and m.kind = 'text' and m.deleted_at is null"
    )
    return await fetch_all(
        conn, SaidBefore, query, {"language": language, "most": _LOOKED_AT, **scope.params}
    )
