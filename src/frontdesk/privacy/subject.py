"""Whom an export or an erasure is about, and the ids of everything that is theirs."""

import json
import re
from dataclasses import dataclass, field

from frontdesk.db.pool import Connection, fetch_value
from frontdesk.errors import NotFound, ValidationFailed
from frontdesk.kit.text import clean
from frontdesk.terms import LaneKind

_LONGEST = 320
_PHONE_DIGITS = 10
"""The last of them: the country's code is written in several ways."""
_DIGITS = r"right(regexp_replace({}, '\D', '', 'g'), 10)"
_BY_PHONE = ("whatsapp", "sms", "phone")
"""Channels whose addresses are phone numbers."""

_CUSTOMERS = f"""
    select coalesce(array_agg(customer_id order by created_at), '{{}}') from customer
     where customer_id = %(given)s or lower(email) = lower(%(given)s)
        or {_DIGITS.format("coalesce(phone, '')")} = any(%(phones)s)
"""
_IDENTITY = f"""
    select jsonb_build_object(
        'emails', coalesce(jsonb_agg(lower(email)) filter (where email <> ''), '[]'),
        'phones', coalesce(jsonb_agg({_DIGITS.format("phone")}) filter (where length(
            regexp_replace(coalesce(phone, ''), '\\D', '', 'g')) >= 10), '[]'))
      from customer where customer_id = any(%(customers)s)
"""
_CLAIMED = f"""
    (lower({{of}}->>'email') = any(%(emails)s) or {{of}}->>'customer_id' = any(%(customers)s)
     or {_DIGITS.format("coalesce({of}->>'phone', '')")} = any(%(phones)s))
"""
_ADDRESSED = f"""
    (lower(c.address) = any(%(emails)s)
     or c.channel = any(%(by_phone)s) and {_DIGITS.format("c.address")} = any(%(phones)s))
"""
# What somebody else has proven to be theirs stays theirs, whatever they once claimed.
_CONVERSATIONS = f"""
    select coalesce(array_agg(c.conversation_id), '{{}}') from conversation c
     where c.customer_id = any(%(customers)s)
        or ((c.customer_id is null or c.proof not in ('attested', 'verified'))
            and ({_CLAIMED.format(of="c.claimed")} or {_ADDRESSED}))
"""
_SESSIONS = f"""
    select coalesce(array_agg(session_id), '{{}}') from (
        select session_id from session
         where conversation_id = any(%(conversations)s) or customer_id = any(%(customers)s)
            or lower(email) = any(%(emails)s) or {_DIGITS.format("coalesce(phone, '')")} = any(%(phones)s)
        union all select session_id from portal_session where lower(email) = any(%(emails)s)) theirs
"""
_TICKETS = """
    select coalesce(array_agg(t.ticket_id order by t.number), '{}') from ticket t
     where t.customer_id = any(%(customers)s) or t.conversation_id = any(%(conversations)s)
"""
_MESSAGES = """
    select coalesce(array_agg(m.message_id), '{}') from message m where m.ticket_id = any(%(tickets)s)
"""
_RAW_EVENTS = f"""
    select coalesce(array_agg(e.event_id), '{{}}') from raw_event e
     where e.conversation_id = any(%(conversations)s) or e.ticket_id = any(%(tickets)s)
        or e.event_id in (select m.event_id from message m where m.ticket_id = any(%(tickets)s))
        or {_CLAIMED.format(of="(e.body->'peer')")}
"""
_EVENT_IDS = """
    select coalesce(array_agg(distinct event_id), '{}') from (
        select unnest(%(raw_events)s::bigint[]) as event_id union
        select m.event_id from message m where m.ticket_id = any(%(tickets)s) and m.event_id is not null) known
"""
# A delivery of which no event could be made is known by the address that stands in it.
_DELIVERIES = """
    select coalesce(array_agg(d.delivery_id), '{}') from raw_delivery d
     where d.delivery_id in (select delivery_id from raw_event where event_id = any(%(raw_events)s))
        or d.failure is not null and exists (select from unnest(%(identities)s::text[]) n
            where position(convert_to(n, 'UTF8') in d.body) > 0)
"""
_LANES = """
    select coalesce(array_agg(distinct key), '{}') from (
        select kind || ':' || id as key from unnest(%(conversations)s::text[]) id, unnest(%(talk)s::text[]) kind
        union all select kind || ':' || conversation_id from ticket t, unnest(%(talk)s::text[]) kind
         where t.ticket_id = any(%(tickets)s)
        union all select %(ticket)s || ':' || id from unnest(%(tickets)s::text[]) id
        union all select %(mail)s || ':' || escalation_id from escalation e where e.ticket_id = any(%(tickets)s)
        union all select %(action)s || ':' || action_id from action a where a.ticket_id = any(%(tickets)s)
        union all select %(perceive)s || ':' || a.message_id from attachment a where a.message_id = any(%(messages)s)
    ) named
"""


@dataclass(slots=True)
class Subject:
    """Found step by step; each step reads by what the ones before it found."""

    customers: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    raw_events: list[int] = field(default_factory=list)
    event_ids: list[int] = field(default_factory=list)
    deliveries: list[int] = field(default_factory=list)
    lanes: list[str] = field(default_factory=list)

    @property
    def is_nobody(self) -> bool:
        return not (self.customers or self.conversations or self.sessions or self.tickets or self.raw_events)

    def params(self) -> dict[str, object]:
        # an id may be as short as `7`, which stands in what is others' too: it counts only where it is named
        named = [f'"customer_id":{json.dumps(name, ensure_ascii=False)}' for name in self.customers]
        return {
            "customers": self.customers,
            "emails": self.emails,
            "phones": self.phones,
            "by_phone": list(_BY_PHONE),
            "conversations": self.conversations,
            "sessions": self.sessions,
            "tickets": self.tickets,
            "messages": self.messages,
            "raw_events": self.raw_events,
            "event_ids": self.event_ids,
            "deliveries": self.deliveries,
            "lanes": self.lanes,
            "identities": [*self.emails, *self.phones],
            "needles": [*named, *self.emails, *self.phones, *self.sessions, *self.tickets],
            "talk": [LaneKind.INTAKE, LaneKind.SEND],
            "ticket": LaneKind.TICKET,
            "mail": LaneKind.MAIL,
            "action": LaneKind.ACTION,
            "perceive": LaneKind.PERCEIVE,
        }


async def find(conn: Connection, given: str) -> Subject:
    """By customer id, e-mail address or phone number. Raises `NotFound`, or `ValidationFailed` for no such thing."""
    given = clean(given).strip()
    if not given or len(given) > _LONGEST:
        raise ValidationFailed("name a customer's id, e-mail address or phone number")
    digits = re.sub(r"\D", "", given)
    subject = Subject()
    if len(digits) >= _PHONE_DIGITS and re.fullmatch(r"[+\d() .-]+", given):
        subject.phones = [digits[-_PHONE_DIGITS:]]
    subject.customers = await fetch_value(conn, _CUSTOMERS, {"given": given, "phones": subject.phones})
    known = await fetch_value(conn, _IDENTITY, subject.params())
    subject.emails = sorted({*known["emails"], *([given.lower()] if "@" in given else [])})
    subject.phones = sorted({*known["phones"], *subject.phones})
    subject.conversations = await fetch_value(conn, _CONVERSATIONS, subject.params())
    subject.sessions = await fetch_value(conn, _SESSIONS, subject.params())
    subject.tickets = await fetch_value(conn, _TICKETS, subject.params())
    await complete(conn, subject)
    if subject.is_nobody:
        raise NotFound("there is no such customer")
    return subject


async def complete(conn: Connection, subject: Subject) -> None:
    """What belongs to the subject's tickets and conversations, as it stands now."""
    subject.messages = await fetch_value(conn, _MESSAGES, subject.params())
    subject.raw_events = await fetch_value(conn, _RAW_EVENTS, subject.params())
    subject.event_ids = await fetch_value(conn, _EVENT_IDS, subject.params())
    subject.deliveries = await fetch_value(conn, _DELIVERIES, subject.params())
    subject.lanes = await fetch_value(conn, _LANES, subject.params())
