"""Tickets by the hundred, as rows."""

import random
from datetime import datetime, timedelta

from frontdesk.db.pool import Database, execute
from frontdesk.db.words import WORDS, twice

STATUSES = ("new", "ai_processing", "waiting", "escalated", "resolved", "closed")
CHANNELS = ("web_chat", "web_form", "telegram")
TOPICS = ("refund please", "where is my parcel", "the lift is broken", "hello")


async def fill(db: Database, draw: random.Random, count: int, now: datetime) -> None:
    """Scores of few values, so that many are equal; waits from far ago to a little after `now`."""
    async with db.transaction() as conn:
        await execute(conn, "truncate message, ticket, conversation, ticket_count cascade")
        for channel in CHANNELS:
            await execute(
                conn,
                "insert into conversation (conversation_id, channel, account, address) values (%s, %s, 'a', 'x')",
                (channel, channel),
            )
        for n in range(count):
            channel = draw.choice(CHANNELS)
            topic = draw.choice(TOPICS)
            await execute(
                conn,
                "insert into ticket (ticket_id, number, conversation_id, subject, channel, status, owner, category,"
                " static_score, waiting_since, snoozed_until, words)"
                f" values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, {WORDS})",
                (
                    f"t-{draw.randrange(10**9)}-{n}", n + 1, channel, topic, channel, draw.choice(STATUSES[:5]),
                    draw.choice(("ai", "person", "nobody")), draw.choice(("delivery", "returns", None)),
                    draw.choice((1.0, 1.5, 4.5, 4.52, 6.0, 9.25)), _waiting_since(draw, now),
                    now + timedelta(days=1) if draw.random() < 0.2 else None, *twice(topic),
                ),
            )  # fmt: skip


def _waiting_since(draw: random.Random, now: datetime) -> datetime | None:
    if draw.random() < 0.3:
        return None
    hours = draw.choice(
        (draw.uniform(-3, 3), draw.uniform(0, 60), draw.uniform(0, 2_000), float(draw.randrange(60)))
    )
    return now - timedelta(hours=hours)
