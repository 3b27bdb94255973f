"""An action's digest and idempotency key: the same for the same act, another for any other."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.canonical import canonical
from frontdesk.terms import TicketId
from frontdesk.tickets.action import digest_of, idempotency_key

WORDS = st.text('abé,"[]{} ', max_size=6)
PARTS = st.tuples(WORDS, st.integers(1, 99), WORDS, WORDS)


@given(PARTS, PARTS)
def test_two_acts_share_a_key_only_where_every_part_is_the_same(
    first: tuple[str, int, str, str], second: tuple[str, int, str, str]
) -> None:
    keys = [
        idempotency_key(TicketId(ticket), seq, tool, given) for ticket, seq, tool, given in (first, second)
    ]
    assert (keys[0] == keys[1]) == (first == second)


@given(st.tuples(WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_two_digests_are_the_same_only_for_the_same_tool_and_input(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert (digest_of(*first) == digest_of(*second)) == (first == second)


def test_number_forms_and_key_order_give_one_key() -> None:
    inputs = [
        {"sum": Decimal("10.50"), "order": "54321"},
        {"order": "54321", "sum": Decimal("10.5")},
        {"order": "54321", "sum": Decimal("1050E-2")},
    ]
    keys = {idempotency_key(TicketId("t"), 3, "refund_order", canonical(given)) for given in inputs}
    assert len(keys) == 1
