"""What is promised of every message, whatever dies."""

import re
from collections import Counter

from tests.journeys.talk import Look


def assert_each_met_once(seen: Look, texts: list[str]) -> None:
    """Every text stands in exactly one reply, or its ticket is visibly a person's."""
    met = Counter(part for reply in seen.by_ai for part in reply.content.removeprefix("RE: ").split(" | "))
    persons = {t.ticket_id for t in seen.tickets if t.owner == "person"}
    kept = {m.content: m.ticket_id for m in seen.messages if m.sender_type == "customer"}
    lost = [t for t in texts if met[t.upper()] == 0 and kept.get(t) not in persons]
    twice = [t for t in texts if met[t.upper()] > 1]
    assert (lost, twice) == ([], [])


def assert_in_order(seen: Look) -> None:
    """Within each ticket the numbers grow, in the messages and in the replies to them."""
    for ticket in seen.tickets:
        own = [m for m in seen.messages if m.ticket_id == ticket.ticket_id]
        numbers = [int(re.findall(r"n(\d+)", m.content)[0]) for m in own if m.sender_type == "customer"]
        assert numbers == sorted(numbers)
        answered = [int(n) for m in own if m.sender_type == "ai" for n in re.findall(r"N(\d+)", m.content)]
        assert answered == sorted(answered)
