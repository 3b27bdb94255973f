"""A conversation: one peer (or one e-mail thread) on one channel account; windows and sends belong to it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.types.json import Jsonb

from frontdesk.db.pool import Connection, execute, fetch_one
from frontdesk.db.words import WORDS, twice
from frontdesk.kit.findable import findable
from frontdesk.terms import ChannelName, ConversationId, CustomerId, Proof

_NAMESPACE = uuid.UUID("5b0f6cf2-6a53-4f0e-9d0b-2f6d2f0c8a11")


@dataclass(frozen=True, slots=True)
class Conversation:
    conversation_id: ConversationId
    channel: ChannelName
    account: str
    address: str
    thread: str
    customer_id: CustomerId | None
    proof: Proof
    locale: str | None
    last_inbound_at: datetime | None = None
    """By the channel's clock: reply windows are counted from it."""
    unreachable: str | None = None
    """Why the customer cannot be written to (they blocked us, they unsubscribed), or None."""
    claimed: dict[str, str] = field(default_factory=dict)
    """What the peer states of itself without proof: `customer_id`, `name`, `email`, `phone`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "channel", ChannelName(self.channel))
        object.__setattr__(self, "proof", Proof(self.proof))


def conversation_id(channel: ChannelName, account: str, address: str, thread: str = "") -> ConversationId:
    """Known without asking the database: the same peer always has the same lane."""
    name = "\x1f".join((channel, account, address, thread))
    return ConversationId(str(uuid.uuid5(_NAMESPACE, name)))


_COLUMNS = (
    "conversation_id, channel, account, address, thread, customer_id, proof, locale, last_inbound_at,"
    " unreachable, claimed"
)


async def keep(conn: Connection, wanted: Conversation) -> Conversation:
    """Insert it, or bring the one that stands up to date; whoever writes can be reached again."""
    kept = await fetch_one(
        conn,
        Conversation,
        f"insert into conversation ({_COLUMNS}, words)"
        f" values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, {WORDS})"
        " on conflict (channel, account, address, thread) do update set"
        " customer_id = excluded.customer_id, proof = excluded.proof,"
        " claimed = conversation.claimed || excluded.claimed,"
        # Null: a clock makes them of the claims that now stand.
        " words = case when conversation.claimed @> excluded.claimed then conversation.words end,"
        " locale = coalesce(excluded.locale, conversation.locale), unreachable = excluded.unreachable,"
        " last_inbound_at = greatest(excluded.last_inbound_at, conversation.last_inbound_at)"
        f" returning {_COLUMNS}",
        (
            wanted.conversation_id,
            wanted.channel,
            wanted.account,
            wanted.address,
            wanted.thread,
            wanted.customer_id,
            wanted.proof,
            wanted.locale,
            wanted.last_inbound_at,
            wanted.unreachable,
            Jsonb(wanted.claimed),
            *twice(findable(*wanted.claimed.values())),
        ),
    )
    if kept is None:
        raise AssertionError("an upsert that returns its row returned none")
    return kept


async def get(conn: Connection, conversation: ConversationId) -> Conversation | None:
    query = f"select {_COLUMNS} from conversation where conversation_id = %s"
    return await fetch_one(conn, Conversation, query, (conversation,))


async def prove(conn: Connection, conversation: ConversationId, customer_id: CustomerId) -> bool:
    """Its peer has proven to be this customer. False where there is no such conversation yet."""
    query = "update conversation set customer_id = %s, proof = 'verified' where conversation_id = %s"
    return bool(await execute(conn, query, (customer_id, conversation)))


async def set_unreachable(conn: Connection, conversation: ConversationId, reason: str | None) -> bool:
    """None: they can be written to again. False where there is no such conversation or nothing changes."""
    query = (
        "update conversation set unreachable = %(reason)s where conversation_id = %(conversation)s"
        " and unreachable is distinct from %(reason)s"
    )
    return bool(await execute(conn, query, {"reason": reason, "conversation": conversation}))
