"""Group commit: what waits is written together, each caller hears of its own, and a bad item fails alone."""

import asyncio
from collections.abc import Sequence

import pytest

from frontdesk.engine.group_commit import MOST, GroupCommit
from frontdesk.errors import Unavailable


class Store:
    """Keeps all of a group or none, and only once it is let go."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.go_on = asyncio.Event()
        self.fault: Exception | None = None

    async def write(self, items: Sequence[int]) -> list[str]:
        self.groups.append(list(items))
        await self.go_on.wait()
        if self.fault is not None:
            raise self.fault
        if -1 in items:
            raise ValueError("minus one cannot be kept")
        return [f"kept {item}" for item in items]


async def waiting(
    store: Store, group: GroupCommit[int, str], items: Sequence[int]
) -> list["asyncio.Task[str]"]:
    tasks = [asyncio.create_task(group.add(item)) for item in items]
    await asyncio.sleep(0)
    return tasks


async def test_what_comes_while_others_are_written_is_written_together() -> None:
    store = Store()
    group = GroupCommit(store.write)
    tasks = await waiting(store, group, range(10))
    await asyncio.sleep(0)
    store.go_on.set()
    assert await asyncio.gather(*tasks) == [f"kept {n}" for n in range(10)]
    assert len(store.groups) < 10
    assert sorted(item for written in store.groups for item in written) == list(range(10))


async def test_a_group_has_a_bound() -> None:
    store = Store()
    store.go_on.set()
    group = GroupCommit(store.write)
    await asyncio.gather(*await waiting(store, group, range(5 * MOST)))
    assert max(map(len, store.groups)) <= MOST


async def test_a_bad_item_fails_alone() -> None:
    store = Store()
    store.go_on.set()
    group = GroupCommit(store.write)
    results = await asyncio.gather(*await waiting(store, group, [1, 2, -1, 3]), return_exceptions=True)
    assert [results[0], results[1], results[3]] == ["kept 1", "kept 2", "kept 3"]
    assert isinstance(results[2], ValueError)


async def test_where_nothing_can_be_kept_all_are_refused_at_once_and_the_next_is_tried_anew() -> None:
    store = Store()
    store.fault = Unavailable("the database is away")
    store.go_on.set()
    group = GroupCommit(store.write)
    results = await asyncio.gather(*await waiting(store, group, range(6)), return_exceptions=True)
    assert all(isinstance(result, Unavailable) for result in results)
    assert len(store.groups) <= 3
    store.fault = None
    assert await group.add(7) == "kept 7"


async def test_a_caller_that_leaves_takes_nobody_with_it() -> None:
    store = Store()
    group = GroupCommit(store.write)
    tasks = await waiting(store, group, [1, 2, 3])
    await asyncio.sleep(0)
    tasks[0].cancel()
    store.go_on.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert results[1:] == ["kept 2", "kept 3"]


async def test_a_cancelled_write_leaves_nobody_waiting() -> None:
    store = Store()
    group = GroupCommit(store.write)
    tasks = await waiting(store, group, [1])
    await asyncio.sleep(0)
    for writer in asyncio.all_tasks() - {asyncio.current_task(), *tasks}:
        writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
