"""How far a message has come does not depend on the order in which it is told."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.db.pool import Connection, Database, execute, fetch_value
from frontdesk.terms import ChannelName, DeliveryState, MessageId
from frontdesk.tickets import sent_parts
from frontdesk.tickets.sent_parts import ORDER, whole_state

SENT, FAILED, DELIVERED, READ = ORDER
ACCOUNT = (ChannelName.TELEGRAM, "default")


@given(st.lists(st.sampled_from(ORDER), min_size=1, max_size=5))
def test_a_message_failed_where_a_part_did_and_is_else_as_far_as_its_last_part(
    parts: list[DeliveryState],
) -> None:
    whole = whole_state(parts)
    assert (whole is FAILED) == (FAILED in parts)
    assert whole is FAILED or all(ORDER.index(whole) <= ORDER.index(part) for part in parts)


async def sent_message(conn: Connection) -> None:
    for statement in (
        "insert into conversation (conversation_id, channel, account, address)"
        " values ('c', 'telegram', 'default', 'ann')",
        "insert into ticket (ticket_id, number, conversation_id, subject, channel, status, owner)"
        " values ('t', 1, 'c', '', 'telegram', 'waiting', 'ai')",
        "insert into message (message_id, ticket_id, seq, sender_type, content, channel, delivery_state)"
        " values ('m', 't', 1, 'ai', 'Hi', 'telegram', 'sending')",
        "insert into outbox (message_id, conversation_id, state) values ('m', 'c', 'sending')",
    ):
        await execute(conn, statement)


async def sending_ends(conn: Connection) -> None:
    await sent_parts.keep(conn, *ACCOUNT, "x0", MessageId("m"), 0, SENT)
    await execute(conn, "update outbox set state = 'sent'")
    await execute(conn, "update message set delivery_state = 'sent'")
    await sent_parts.settle(conn, MessageId("m"))


async def receipt(conn: Connection, state: DeliveryState, brings_our_id: bool) -> None:
    ours = MessageId("m") if brings_our_id else None
    owner = await sent_parts.note_receipt(conn, *ACCOUNT, "x0", state, "", ours)
    if owner is not None:
        await sent_parts.settle(conn, owner)


@pytest.mark.parametrize("brings_our_id", [False, True])
@pytest.mark.parametrize(
    "states", [(DELIVERED, READ), (SENT, DELIVERED), (FAILED, DELIVERED), (SENT, FAILED)]
)
async def test_whatever_comes_first_the_end_is_the_same(
    db: Database, states: tuple[DeliveryState, ...], brings_our_id: bool
) -> None:
    furthest = max(states, key=ORDER.index)
    for order in itertools.permutations((*states, None)):
        async with db.connection() as conn:
            await execute(conn, "truncate sent_part, outbox, message, ticket, conversation cascade")
            await sent_message(conn)
            for state in order:
                if state is None:
                    await sending_ends(conn)
                else:
                    await receipt(conn, state, brings_our_id)
            assert await fetch_value(conn, "select delivery_state from message") == furthest, order


async def test_an_id_that_another_account_brings_is_not_believed(db: Database) -> None:
    async with db.connection() as conn:
        await sent_message(conn)
        other = (ChannelName.TELEGRAM, "another")
        assert await sent_parts.note_receipt(conn, *other, "x9", READ, "", MessageId("m")) is None
