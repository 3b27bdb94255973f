"""Signals between processes, which here are two objects with connections of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from frontdesk.engine.signals import CHANNEL, Signals


@asynccontextmanager
async def process(dsn: str) -> AsyncIterator[Signals]:
    signals = Signals(dsn)
    await signals.start()
    try:
        yield signals
    finally:
        await signals.stop()


async def test_a_signal_reaches_another_process_and_each_signal_by_its_name(dsn: str) -> None:
    async with process(dsn) as sender, process(dsn) as listener:
        heard, other = listener.listen("lane"), listener.listen("log")
        async with asyncio.timeout(30):
            while not heard.is_set():  # the listener may just be about to listen
                sender.send("lane")
                await asyncio.sleep(0.05)
            assert not other.is_set()
            heard.clear()
            sender.send("log")
            sender.send("lane")
            await asyncio.gather(heard.wait(), other.wait())


async def test_a_process_that_is_alone_notifies_nobody(dsn: str) -> None:
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as spy:
        await spy.execute(f"listen {CHANNEL}")
        async with process(dsn) as alone:
            own = alone.listen("lane")
            for _ in range(5):
                alone.send("lane")
                await asyncio.sleep(0.02)
            assert own.is_set()
            assert [notice async for notice in spy.notifies(timeout=0.5)] == []
            async with process(dsn), asyncio.timeout(30):
                while not [notice async for notice in spy.notifies(timeout=0.2)]:
                    alone.send("lane")
