"""Lay a ticket open: read everything a run may look at, in one short transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdesk.db.pool import Connection, fetch_all, fetch_dicts, fetch_one
from frontdesk.terms import CustomerId, MessageId, Proof, SenderType
from frontdesk.tickets.case import Case, Contact, Turn, TurnAttachment
from frontdesk.tickets.ticket import Ticket

_TURNS = 60
_EARLIER = 5


@dataclass(frozen=True, slots=True)
class _TurnRow:
    seq: int
    sender_type: str
    content: str
    at: datetime
    sentiment_score: float | None
    decision: str | None
    request_id: str | None
    files: list[list[Any]] | None
    to_assistant: bool

    def turn(self) -> Turn:
        return Turn(
            self.seq,
            SenderType(self.sender_type),
            self.content,
            self.at,
            self.sentiment_score,
            self.decision,
            self.request_id,
            tuple(TurnAttachment(*file) for file in self.files or ()),
            self.to_assistant,
        )


@dataclass(frozen=True, slots=True)
class _Who:
    customer_id: str | None
    name: str | None
    email: str | None
    phone: str | None
    locale: str | None
    vip: bool
    ltv: float
    churn_risk: float
    proof: str
    account: str


async def load_case(conn: Connection, now: Ticket, reply_id: MessageId) -> Case:
    """The case as it stands in this transaction; `pending` may be empty."""
    turns = await _turns(conn, now)
    pending = tuple(
        turn for turn in turns if turn.sender_type is SenderType.CUSTOMER and turn.seq > now.answered_seq
    )
    who = await _who(conn, now)
    contact = _contact(who)
    return Case(
        ticket_id=now.ticket_id,
        number=now.number,
        conversation_id=now.conversation_id,
        channel=now.channel,
        status=now.status,
        subject=now.subject,
        contact=contact,
        turns=turns,
        pending=pending,
        language_hint=now.language or contact.locale,
        earlier_summary=await _earlier(conn, now, contact.proof),
        reply_id=reply_id,
        account=who.account if who else "default",
    )


async def _turns(conn: Connection, now: Ticket) -> tuple[Turn, ...]:
    """The last of the present episode; whatever is pending is always among them."""
    rows = await fetch_all(
        conn,
        _TurnRow,
        "select seq, sender_type, content, created_at as at,"
        " (reading->>'sentiment_score')::float as sentiment_score, ai->>'decision' as decision, request_id,"
        " (select jsonb_agg(jsonb_build_array(a.attachment_id, a.filename, a.content_type, a.size, a.text)"
        "   order by a.filename) from attachment a where a.message_id = m.message_id) as files, to_assistant"
        " from message m where ticket_id = %s and seq >= %s and kind = 'text' and sender_type <> 'system'"
        " and deleted_at is null"
        " order by seq desc limit %s",
        (now.ticket_id, now.episode_seq, _TURNS),
    )
    return tuple(row.turn() for row in reversed(rows))


async def _who(conn: Connection, now: Ticket) -> _Who | None:
    return await fetch_one(
        conn,
        _Who,
        "select u.customer_id, coalesce(c.locale, u.locale) as locale,"
        " case when c.proof in ('attested', 'verified') then u.name else c.claimed->>'name' end as name,"
        " case when c.proof in ('attested', 'verified') then u.email else c.claimed->>'email' end as email,"
        " case when c.proof in ('attested', 'verified') then u.phone else c.claimed->>'phone' end as phone,"
        " coalesce(u.vip, false) as vip, coalesce(u.ltv, 0)::float as ltv,"
        " coalesce(u.churn_risk, 0)::float as churn_risk, c.proof, c.account"
        " from conversation c left join customer u on u.customer_id = c.customer_id where c.conversation_id = %s",
        (now.conversation_id,),
    )


def _contact(who: _Who | None) -> Contact:
    if who is None:
        return Contact(None, None, None, None, None, False, 0.0, 0.0, Proof.NONE)
    return Contact(
        CustomerId(who.customer_id) if who.customer_id else None,
        who.name,
        who.email,
        who.phone,
        who.locale,
        who.vip,
        who.ltv,
        who.churn_risk,
        Proof(who.proof),
    )


async def _earlier(conn: Connection, now: Ticket, proof: Proof) -> str:
    """One line for each earlier ticket of a customer who is known for sure, and for earlier episodes of this one."""
    known = proof in (Proof.ATTESTED, Proof.VERIFIED)
    rows: list[dict[str, Any]] = await fetch_dicts(
        conn,
        "select t.summary, t.status, t.created_at::date as day from ticket t"
        " join conversation c on c.conversation_id = t.conversation_id"
        " where t.customer_id = %s and t.ticket_id <> %s and t.summary <> ''"
        " and c.proof in ('attested', 'verified') order by t.created_at desc limit %s",
        (now.customer_id if known else None, now.ticket_id, _EARLIER),
    )
    lines = [f"{row['day']}: {row['summary']} ({row['status']})" for row in rows]
    if now.episode_seq > 1 and now.summary:
        lines.insert(0, f"earlier in this ticket: {now.summary} (resolved)")
    return "\n".join(lines)
