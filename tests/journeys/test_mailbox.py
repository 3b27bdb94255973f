"""A mailbox on a real IMAP server: everything arrives once and in order, whatever happens meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.channels.channel import Connectable
from frontdesk.channels.checkup import check
from frontdesk.channels.email import polled
from frontdesk.desk import Desk
from frontdesk.errors import SetupError
from frontdesk.kit.tasks import end
from frontdesk.mail import limits
from frontdesk.terms import ChannelName, LaneKind
from tests.emulators import dovecot
from tests.emulators.dovecot import PASSWORD, Dovecot
from tests.emulators.mails import mail
from tests.engine.smtp import Inbox
from tests.journeys.conftest import OpenDesk
from tests.journeys.mailing import hand_over, heard, mail_desk, sent
from tests.journeys.talk import look, rows, until, wait_for

pytestmark = pytest.mark.skipif(dovecot.PROGRAM is None, reason=dovecot.WHY_NOT)

USER = "support"


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot.served() as running:
        yield running


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def account(server: Dovecot, **changed: str) -> dict[str, str]:
    given = {
        "imap_host": "127.0.0.1",
        "imap_port": str(server.port),
        "imap_username": USER,
        "imap_password": PASSWORD,
        "imap_tls": "none",
        "imap_backlog_days": "1",
    }
    return given | changed


@asynccontextmanager
async def asking(desk: Desk) -> AsyncIterator[None]:
    """A worker that only asks the mailbox: what came waits to be recorded."""
    await desk.polling.start()
    task = asyncio.create_task(desk.worker({LaneKind.POLL: desk.lane_work()[LaneKind.POLL]}).run())
    try:
        yield
    finally:
        await end([task])


async def kept(desk: Desk) -> list[str]:
    """The subjects of what was kept, in its order."""
    query = (
        "select body->>'subject' as subject from raw_event where body->>'kind' = 'message' order by event_id"
    )
    return [row["subject"] for row in await rows(desk, query)]


async def came(desk: Desk, most: int, seconds: float = 60.0) -> None:
    for _ in range(int(seconds * 20)):
        if len(await kept(desk)) >= most:
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{len(await kept(desk))} of {most} mails came")


def numbered(*numbers: int) -> list[bytes]:
    return [mail(f"Mail {n}", n, f"peer{n}", subject=f"n{n}") for n in numbers]


async def test_a_mail_in_the_mailbox_is_answered_and_its_answer_joins(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    server.append(USER, [mail("Where is my order?")])
    async with mail_desk(desk_on, inbox, **account(server)) as desk:
        await desk.polling.start()
        await wait_for(lambda: len(inbox.kept) == 1)
        ours = sent(inbox)[0]["Message-ID"]
        files = [("bill.pdf", "application/pdf", b"%PDF bill")]
        server.append(USER, [mail("And my bill?", 2, answers=ours, files=files)])  # told while it waits
        await wait_for(lambda: len(inbox.kept) == 2)
        assert len((await look(desk)).tickets) == 1
        [file] = await rows(desk, "select blob_key from attachment")
        assert await desk.blobs.get(file["blob_key"]) == b"%PDF bill"
        # The same by the relay, which the account has too, is the same mail.
        assert await hand_over(desk, mail("Where is my order?"), settle=False) == "duplicate"


async def test_of_a_new_mailbox_old_mail_is_left_alone(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    server.append(USER, numbered(1, 2))
    async with mail_desk(desk_on, inbox, work=False, **account(server, imap_backlog_days="")) as desk:
        async with asking(desk):
            for _ in range(400):
                if await rows(desk, "select 1 from poll_cursor"):
                    break
                await asyncio.sleep(0.05)
        server.append(USER, numbered(3))
        async with asking(desk):
            await came(desk, 1)
        assert await kept(desk) == ["n3"]


@pytest.mark.timeout(400)
async def test_two_thousand_mails_that_waited_for_a_day_all_come_once_and_in_order(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    server.append(USER, numbered(0))
    async with mail_desk(desk_on, inbox, work=False, **account(server)) as desk:
        async with asking(desk):
            await came(desk, 1)
        server.stop()
        async with asking(desk):
            await asyncio.sleep(0.5)
        server.start()
        server.append(USER, numbered(*range(1, 2001)))
        for most in (300, 900, 2001):  # who asks dies twice in the middle
            async with asking(desk):
                await came(desk, most, seconds=120)
        assert await kept(desk) == [f"n{n}" for n in range(2001)]
        async with asking(desk):
            await asyncio.sleep(1)
        assert len(await kept(desk)) == 2001


async def test_a_mailbox_that_counts_anew_doubles_nothing_and_loses_nothing(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    server.append(USER, numbered(1, 2, 3))
    async with mail_desk(desk_on, inbox, work=False, **account(server)) as desk:
        async with asking(desk):
            await came(desk, 3)
        [before] = await rows(desk, "select cursor from poll_cursor")
        server.append(USER, numbered(4))  # never seen under the old numbers
        server.rebuild(USER)
        server.append(USER, numbered(5))
        async with asking(desk):
            await came(desk, 5)
        assert await kept(desk) == ["n1", "n2", "n3", "n4", "n5"]
        [after] = await rows(desk, "select cursor from poll_cursor")
        assert before["cursor"].partition(":")[0] != after["cursor"].partition(":")[0]


async def test_a_customer_who_was_erased_does_not_come_back(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    server.append(USER, [mail("Where is my order?")])
    async with mail_desk(desk_on, inbox, **account(server)) as desk:
        await desk.polling.start()
        await until(desk, lambda seen: len(seen.by_ai) == 1 and seen.by_ai[0].delivery_state == "sent")
        await desk.privacy.eraser.erase(OPERATOR, "ann@mail.example")
        server.rebuild(USER)
        server.append(USER, [mail("Hello", 1, "bob")])
        await until(desk, lambda seen: any(m.content == "Hello" for m in seen.messages))
        assert await heard(desk) == ["", "Hello"]


async def test_a_server_that_is_gone_is_told_and_asked_again(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox, work=False, **account(server)) as desk:
        channel = desk.channels.get(ChannelName.EMAIL, "default")
        async with asking(desk):
            server.append(USER, numbered(1))
            await came(desk, 1)
            server.stop()
            health = await check(channel)
            assert health is not None
            assert not health.is_connected
            assert "cannot be reached" in health.error
            await asyncio.sleep(0.5)
            server.start()
            server.append(USER, numbered(2))
            await came(desk, 2)
        health = await check(channel)
        assert health is not None
        assert (health.is_connected, health.name, health.missing) == (True, "support@shop.example", ())


async def test_a_wrong_password_is_named_and_never_told(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox
) -> None:
    wrong = "not-the-secret"
    async with mail_desk(desk_on, inbox, work=False, **account(server, imap_password=wrong)) as desk:
        channel = desk.channels.get(ChannelName.EMAIL, "default")
        assert isinstance(channel, Connectable)
        health = await check(channel)
        assert health is not None
        assert "IMAP_PASSWORD" in health.error
        assert wrong not in health.error
        with pytest.raises(SetupError, match="IMAP_PASSWORD"):
            await channel.connect()


async def test_what_cannot_be_read_is_kept_and_holds_nothing_up(
    desk_on: OpenDesk, server: Dovecot, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RAW", 20_000)
    junk = [b"\xff\xfe\x00 nothing\r\n\r\n", b"\r\n", mail("x" * 30_000, 7, "big")]
    server.append(USER, [*numbered(1), *junk, *numbered(2)])
    async with mail_desk(desk_on, inbox, work=False, **account(server)) as desk:
        async with asking(desk):
            await came(desk, 2)
        assert await kept(desk) == ["n1", "n2"]
        failures = await rows(desk, "select failure from raw_delivery where failure is not null")
        assert len(failures) == 3
        assert any("too large" in row["failure"] for row in failures)


async def test_a_server_that_does_not_tell_by_itself_is_asked(
    desk_on: OpenDesk, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polled, "ASK_SECONDS", 0.2)
    with dovecot.served("protocol imap {\n  imap_capability = IMAP4rev1 UIDPLUS\n}") as server:
        async with mail_desk(desk_on, inbox, work=False, **account(server)) as desk, asking(desk):
            server.append(USER, numbered(1))
            await came(desk, 1)
            server.append(USER, numbered(2))
            await came(desk, 2)
