"""What happens to tickets is in the audit log, in the same commit, without what people typed."""

import pytest

from frontdesk.access.actor import AI, CUSTOMER, SYSTEM, Actor, ActorKind
from frontdesk.audit.act import AuditAction
from frontdesk.db.pool import Database, fetch_dicts
from frontdesk.errors import Conflict
from frontdesk.kit.trace import come_from, follow
from frontdesk.terms import ChannelName, EscalationReason, MessageId, Priority, Proof, TicketId
from frontdesk.tickets import conversation, ticket
from frontdesk.tickets.apply import TicketChanges
from frontdesk.tickets.conversation import Conversation
from frontdesk.tickets.entries import EntryType
from frontdesk.tickets.events import (
    AiStarted,
    Escalated,
    FieldsChanged,
    HandedBack,
    NoteAdded,
    Opened,
    TakenOver,
)
from frontdesk.tickets.scoring import Weights

DANA = Actor(ActorKind.PERSON, "p-1", "Dana Seitova")
CHANGES = TicketChanges(Weights())


async def opened(db: Database) -> ticket.Ticket:
    async with db.transaction() as conn:
        kept = await conversation.keep(
            conn,
            Conversation(
                conversation.conversation_id(ChannelName.WEB_FORM, "a", "x"),
                ChannelName.WEB_FORM, "a", "x", "", None, Proof.NONE, None,
            ),
        )  # fmt: skip
        new = await ticket.open_ticket(
            conn, TicketId("t-1"), await ticket.next_number(conn), conversation_id=kept.conversation_id,
            customer_id=None, channel=ChannelName.WEB_FORM, subject="My card", priority=None, language=None,
            previous_id=None,
        )  # fmt: skip
        return await CHANGES.apply(conn, new, Opened(), CUSTOMER)


async def entries(db: Database) -> list[dict[str, object]]:
    async with db.connection() as conn:
        return await fetch_dicts(conn, "select * from audit_entry order by entry_id")


async def test_a_persons_change_is_kept_with_where_it_came_from(db: Database) -> None:
    now = await opened(db)
    follow("request-7")
    with come_from("192.0.2.7"):
        async with db.transaction() as conn:
            change = FieldsChanged(priority=Priority.URGENT, assignee="Aset N.", tags=("aset@mail.example",))
            await CHANGES.apply(conn, now, change, DANA)
    follow(None)
    [entry] = await entries(db)
    assert (entry["actor_kind"], entry["actor_id"], entry["action"]) == ("person", "p-1", "ticket.changed")
    assert (entry["object_kind"], entry["object_id"]) == ("ticket", "t-1")
    assert entry["changes"] == [
        {"field": "priority", "before": "normal", "after": "urgent"},
        {"field": "priority_set_by", "before": "ai", "after": "person"},
        {"field": "assignee"},
        {"field": "tags"},
    ]
    personal = entry["personal"]
    assert isinstance(personal, dict)
    assert (personal["name"], personal["network"], personal["request_id"]) == (
        "Dana Seitova", "192.0.2.7", "request-7",
    )  # fmt: skip


async def test_what_is_rolled_back_was_no_act(db: Database) -> None:
    now = await opened(db)

    async def take_and_fail() -> None:
        async with db.transaction() as conn:
            await CHANGES.apply(conn, now, TakenOver("Dana"), DANA)
            await CHANGES.apply(conn, now, HandedBack(0), DANA)

    with pytest.raises(Conflict):
        await take_and_fail()
    assert await entries(db) == []


async def test_the_ai_is_audited_customers_and_the_desk_itself_are_not(db: Database) -> None:
    now = await opened(db)
    async with db.transaction() as conn:
        await CHANGES.apply(conn, now, AiStarted(), AI)
        for actor in (CUSTOMER, SYSTEM, DANA):
            await CHANGES.note(conn, now.ticket_id, NoteAdded(MessageId("m-1")), actor)
    assert [(entry["actor_kind"], entry["action"]) for entry in await entries(db)] == [
        ("ai", "ticket.changed"),
        ("person", "ticket.note"),
    ]


def test_every_entry_of_a_ticket_has_its_action() -> None:
    for entry_type in EntryType:
        assert AuditAction(f"ticket.{entry_type}")


async def test_what_an_entry_and_the_row_both_say_stands_there_once(db: Database) -> None:
    now = await opened(db)
    async with db.transaction() as conn:
        now = await CHANGES.apply(conn, now, AiStarted(), AI)
        await CHANGES.apply(conn, now, Escalated(EscalationReason.SAFETY, "a battery swells", ""), AI)
    changes = (await entries(db))[-1]["changes"]
    assert isinstance(changes, list)
    by_field = {change["field"]: change.get("after") for change in changes}
    assert len(by_field) == len(changes)
    assert by_field["escalation_reason"] == "safety"
    assert "reason" not in by_field
