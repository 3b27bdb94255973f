"""E-mail over servers that say "later", hang or are away: it waits on its own schedule, and arrives once."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from frontdesk.desk import Desk
from frontdesk.engine.company import GIVE_UP_DEATHS
from frontdesk.settings import Settings
from frontdesk.terms import ChannelName
from tests.engine.smtp import Inbox, served
from tests.journeys import victim
from tests.journeys.conftest import OpenDesk
from tests.journeys.processes import PROCESSES, ended
from tests.journeys.talk import later, quiet, rows, said, working

GREYLISTED = "451 4.7.1 greylisted, come again"
MAIL = "select mail_state as state, mail_error as error, mail_next_at as next_at from escalation"
REPLY = "select state, last_error as error, not_before as next_at from outbox"
SHOWN = {MAIL: "mail_delayed", REPLY: "send_delayed"}
both = pytest.mark.parametrize("mail", [MAIL, REPLY], ids=["manager", "customer"])


def over_smtp(desk_on: OpenDesk, port: int) -> "OpenDesk":
    return partial(desk_on, work=False, smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none")


async def write(desk: Desk, mail: str) -> None:
    """A message that is answered by e-mail, or one that calls a person by e-mail."""
    if mail == REPLY:
        await desk.journey.accept(said("ann", "How long does delivery take?", 1, ChannelName.WEB_FORM))
    else:
        await desk.journey.accept(said("ann", "HUMAN n1 where is it?"))


async def reached(desk: Desk, mail: str, state: str, error: str = "") -> None:
    for _ in range(600):
        if any(row["state"] == state and error in (row["error"] or "") for row in await rows(desk, mail)):
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"never {state}: {await rows(desk, mail)}")


async def until_delayed(desk: Desk, mail: str, error: str) -> None:
    """The attempt failed, and its lane sleeps until the next one."""
    await reached(desk, mail, "queued", error)
    for _ in range(600):
        asleep = "select 1 from lane where kind in ('mail', 'out') and lease_until is null and attempts = 0"
        if await rows(desk, asleep + " and due_at > now() + interval '30 seconds' and due_at < 'infinity'"):
            return
        await asyncio.sleep(0.02)
    pytest.fail("the lane does not wait for the next attempt")


async def come_due(desk: Desk) -> None:
    """The wait is over; stored times are shifted in its stead."""
    await later(
        desk, "update escalation set mail_error = null, mail_next_at = now() where mail_next_at > now()"
    )
    await later(desk, "update outbox set last_error = 'shifted', not_before = now() where not_before > now()")
    await later(desk, "update lane set due_at = now() where kind in ('mail', 'out') and due_at < 'infinity'")
    desk.lanes.signals.send("lane")


async def assert_shown_once(desk: Desk, mail: str) -> None:
    shown = await rows(desk, f"select data from ticket_event where type = '{SHOWN[mail]}'")
    assert len(shown) == 1


@both
async def test_a_greylisted_mail_arrives_once_and_staff_saw_that_it_waits(
    desk_on: OpenDesk, mail: str
) -> None:
    inbox = Inbox()
    inbox.rcpt += [GREYLISTED, GREYLISTED]
    async with served(inbox) as port, over_smtp(desk_on, port)() as desk, working(desk):
        await write(desk, mail)
        for _ in range(2):
            await until_delayed(desk, mail, "451: 4.7.1 greylisted")
            await come_due(desk)
        await reached(desk, mail, "sent")
        await quiet(desk)
        await assert_shown_once(desk, mail)
        assert (await rows(desk, mail))[0]["error"] is None
    assert len(inbox.kept) == 1


async def test_later_after_the_text_was_handed_over_is_a_delay_too(desk_on: OpenDesk) -> None:
    inbox = Inbox()
    inbox.answers.append("452 4.2.2 the mailbox is full")
    async with served(inbox) as port, over_smtp(desk_on, port)() as desk, working(desk):
        await write(desk, MAIL)
        await until_delayed(desk, MAIL, "452")
        await come_due(desk)
        await reached(desk, MAIL, "sent")
    assert len(inbox.kept) == 1


@both
async def test_a_server_that_was_away_for_two_minutes_gets_the_mail(
    desk_on: OpenDesk, mail: str, unused_tcp_port: int
) -> None:
    inbox = Inbox()
    async with over_smtp(desk_on, unused_tcp_port)() as desk, working(desk):
        await write(desk, mail)
        for _ in range(3):  # a minute, two, four
            await until_delayed(desk, mail, "cannot be reached")
            await come_due(desk)
        await until_delayed(desk, mail, "cannot be reached")
        async with served(inbox, at=unused_tcp_port):
            await come_due(desk)
            await reached(desk, mail, "sent")
        await assert_shown_once(desk, mail)
    assert len(inbox.kept) == 1


@asynccontextmanager
async def saying(greeting: bytes, heard: asyncio.Event) -> AsyncIterator[int]:
    """A server that greets so, and then is silent for ever."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        if await reader.read(100):
            heard.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_busy_server_is_a_delay_with_its_own_words(desk_on: OpenDesk) -> None:
    busy = saying(b"421 4.3.2 too busy\r\n", asyncio.Event())
    async with busy as port, over_smtp(desk_on, port)() as desk, working(desk):
        await write(desk, MAIL)
        await until_delayed(desk, MAIL, "421")
        await assert_shown_once(desk, MAIL)


@both
async def test_a_worker_killed_while_the_server_hangs_has_lost_nothing(
    settings: Settings, desk_on: OpenDesk, mail: str
) -> None:
    heard, inbox = asyncio.Event(), Inbox()
    words = (settings.database_url, str(settings.frontdesk_home))
    async with saying(b"220 hello\r\n", heard) as port, over_smtp(desk_on, port)() as desk:
        await write(desk, mail)
        process = PROCESSES.Process(target=victim.run, args=words, kwargs={"smtp_port": port})
        process.start()
        async with asyncio.timeout(30):
            await heard.wait()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        await ended(process)
        assert [row["state"] for row in await rows(desk, mail)] == ["queued"]
        await later(desk, "update lane set lease_until = now() where lease_until is not null")
    async with served(inbox) as port, over_smtp(desk_on, port)() as desk, working(desk):
        await reached(desk, mail, "sent")
    assert len(inbox.kept) == 1


@both
async def test_never_is_told_at_once(desk_on: OpenDesk, mail: str) -> None:
    inbox = Inbox()
    inbox.rcpt.append("550 5.1.1 no such mailbox")
    async with served(inbox) as port, over_smtp(desk_on, port)() as desk, working(desk):
        await write(desk, mail)
        await reached(desk, mail, "parked", "550: 5.1.1 no such mailbox")


@both
async def test_after_two_days_the_mail_is_given_up_with_the_true_error(
    desk_on: OpenDesk, mail: str, unused_tcp_port: int
) -> None:
    async with over_smtp(desk_on, unused_tcp_port)() as desk, working(desk):
        await write(desk, mail)
        await until_delayed(desk, mail, "cannot be reached")
        await later(desk, "update escalation set mail_first_tried_at = now() - interval '47 hours'")
        await later(desk, "update outbox set first_tried_at = now() - interval '47 hours'")
        await come_due(desk)
        await until_delayed(desk, mail, "cannot be reached")
        await later(desk, "update escalation set mail_first_tried_at = now() - interval '2 days'")
        await later(desk, "update outbox set first_tried_at = now() - interval '2 days'")
        await come_due(desk)
        await reached(desk, mail, "parked", "cannot be reached")


@both
async def test_a_lane_whose_workers_died_often_is_no_reason_to_give_a_mail_up(
    desk_on: OpenDesk, mail: str
) -> None:
    inbox = Inbox()
    inbox.rcpt.append(GREYLISTED)
    async with served(inbox) as port, over_smtp(desk_on, port)() as desk, working(desk):
        await write(desk, mail)
        await until_delayed(desk, mail, "451")
        await later(desk, f"update lane set deaths = {GIVE_UP_DEATHS} where kind in ('mail', 'out')")
        await come_due(desk)
        await until_delayed(desk, mail, "worker died each time")
        await come_due(desk)
        await reached(desk, mail, "sent")
    assert len(inbox.kept) == 1


async def test_a_mail_folder_that_cannot_be_written_is_a_delay(desk_on: OpenDesk, home: Path) -> None:
    async with desk_on(work=False) as desk:
        (home / "mail").rmdir()
        (home / "mail").write_text("a file stands where the folder should be")
        async with working(desk):
            await write(desk, MAIL)
            await until_delayed(desk, MAIL, "the mail folder cannot be written")
            (home / "mail").unlink()
            await come_due(desk)
            await reached(desk, MAIL, "saved")
    assert len(list((home / "mail").glob("*.eml"))) == 1
