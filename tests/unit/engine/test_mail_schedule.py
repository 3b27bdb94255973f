import itertools

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.engine.mail_schedule import FIRST_WAIT, GIVE_UP_AFTER, SERVER_AWAY, SERVER_DEFERS, wait_after


@given(st.integers(1, 10_000), st.sampled_from([SERVER_AWAY, SERVER_DEFERS]))
def test_a_wait_lasts_from_most_of_a_minute_to_the_longest(attempts: int, longest: float) -> None:
    assert FIRST_WAIT * 0.75 <= wait_after(attempts, longest).total_seconds() <= longest


@given(st.sampled_from([SERVER_AWAY, SERVER_DEFERS]))
def test_waits_grow_until_the_longest(longest: float) -> None:
    waits = [wait_after(attempts, longest) for attempts in range(1, 9)]
    assert all(after >= before * 0.75 for before, after in itertools.pairwise(waits))
    assert waits[-1].total_seconds() >= longest * 0.75 or longest > SERVER_AWAY
    assert sum(wait.total_seconds() for wait in waits[:3]) < GIVE_UP_AFTER.total_seconds()
