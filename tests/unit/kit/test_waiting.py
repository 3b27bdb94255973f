"""The slim queue and event wake whoever waits, lose nothing to a cancelled wait, and keep the order."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.waiting import SlimEvent, SlimQueue


async def test_a_reader_that_waits_is_woken() -> None:
    queue: SlimQueue[int] = SlimQueue()
    reader = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    queue.put_nowait(1)
    queue.put_nowait(2)
    assert await reader == 1
    assert await queue.get() == 2
    assert queue.empty()


async def test_a_cancelled_wait_takes_nothing() -> None:
    queue: SlimQueue[int] = SlimQueue()
    reader = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    queue.put_nowait(1)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert await queue.get() == 1


async def test_a_second_reader_is_refused() -> None:
    queue: SlimQueue[int] = SlimQueue()
    reader = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError):
        await queue.get()
    queue.put_nowait(1)
    assert await reader == 1


async def test_no_more_than_its_room_and_nothing_from_nothing() -> None:
    queue: SlimQueue[int] = SlimQueue(room=1)
    with pytest.raises(asyncio.QueueEmpty):
        queue.get_nowait()
    queue.put_nowait(1)
    assert queue.full()
    with pytest.raises(asyncio.QueueFull):
        queue.put_nowait(2)
    assert queue.get_nowait() == 1


@given(st.lists(st.one_of(st.integers(), st.none()), max_size=40))
def test_what_is_read_is_what_was_put_in_order(steps: list[int | None]) -> None:
    """A number is put, None reads; as `asyncio.Queue` does it."""
    slim: SlimQueue[int] = SlimQueue(room=5)
    full: asyncio.Queue[int] = asyncio.Queue(5)
    for step in steps:
        assert (slim.empty(), slim.full()) == (full.empty(), full.full())
        if step is None and not full.empty():
            assert slim.get_nowait() == full.get_nowait()
        elif step is not None and not full.full():
            slim.put_nowait(step)
            full.put_nowait(step)


async def test_an_event_wakes_all_who_wait_and_only_while_it_is_set() -> None:
    event = SlimEvent()
    waiters = [asyncio.create_task(event.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    waiters[0].cancel()
    event.set()
    event.clear()
    done = await asyncio.gather(*waiters, return_exceptions=True)
    assert isinstance(done[0], asyncio.CancelledError)
    assert done[1:] == [None, None]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await event.wait()
    event.set()
    assert event.is_set()
    await event.wait()
