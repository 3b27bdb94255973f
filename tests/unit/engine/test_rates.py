"""Token buckets: a burst, then a steady rate, and no more, whatever the pattern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.engine.rates import MemoryRates, Rate
from frontdesk.engine.slots import Slots
from frontdesk.errors import RateLimited

RATE = Rate(burst=3, per_second=2.0)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_a_wait_that_is_long_enough() -> None:
    clock = Clock()
    rates = MemoryRates(clock=clock)
    assert [rates.take("a", RATE) for _ in range(3)] == [0, 0, 0]
    wait = rates.take("a", RATE)
    assert wait == pytest.approx(0.5)
    clock.now += wait
    assert rates.take("a", RATE) == 0


def test_keys_do_not_share_and_an_old_one_is_forgotten() -> None:
    rates = MemoryRates(most=2, clock=Clock())
    for _ in range(3):
        rates.take("a", RATE)
    assert rates.take("b", RATE) == 0
    assert rates.take("a", RATE) > 0
    rates.take("c", RATE)
    assert len(rates._buckets) == 2


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_never_more_than_the_burst_and_what_the_time_gave(pauses: list[float]) -> None:
    clock = Clock()
    rates = MemoryRates(clock=clock)
    taken = 0
    for pause in pauses:
        clock.now += pause
        taken += rates.take("a", RATE) == 0
    assert taken <= RATE.burst + sum(pauses) * RATE.per_second + 1e-6


def test_a_clock_that_goes_back_gives_nothing_and_breaks_nothing() -> None:
    clock = Clock()
    rates = MemoryRates(clock=clock)
    for _ in range(3):
        rates.take("a", RATE)
    clock.now -= 3600
    assert rates.take("a", RATE) > 0


def test_slots_are_given_back() -> None:
    slots = Slots()
    with slots.hold(a=2), slots.hold(a=2):
        with pytest.raises(RateLimited), slots.hold(a=2):
            pass
        with slots.hold(b=1):
            pass
    with slots.hold(a=1):
        pass
