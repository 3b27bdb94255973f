"""Versions and corrections in the database, and the lane that learns."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.db.pool import Connection, Database, execute, fetch_value
from frontdesk.desk import Desk, open_desk
from frontdesk.errors import Conflict, NotFound
from frontdesk.settings import Settings
from frontdesk.terms import TicketId
from frontdesk.understanding.learning import corrections, versions
from frontdesk.understanding.learning.classifier import see
from frontdesk.understanding.learning.corrections import Field
from frontdesk.understanding.learning.examples import Example
from frontdesk.understanding.learning.in_use import InUse
from frontdesk.understanding.learning.train import train
from frontdesk.understanding.learning.versions import Version

_TOLD = [
    *(
        Example(text, "berth")
        for text in ("a berth for a yacht", "mooring at the pier", "free berths in june")
    ),
    *(Example(text, "fuel") for text in ("where is diesel sold", "petrol price", "fuel station hours")),
]


async def _add(conn: Connection, task: str = "boats", accuracy: float = 0.9) -> Version:
    weights = train(_TOLD).classifier.to_bytes()
    return await versions.add(
        conn,
        task,
        weights,
        made_from="examples",
        examples=len(_TOLD),
        labels=["berth", "fuel"],
        measured={"accuracy": accuracy},
    )


async def test_versions_are_numbered_by_task_and_one_is_in_use(db: Database) -> None:
    async with db.transaction() as conn:
        first, second, other = await _add(conn), await _add(conn), await _add(conn, "cars")
        assert (first.number, second.number, other.number) == (1, 2, 1)
        assert await versions.promoted(conn) == {}
        await versions.promote(conn, "boats", 1)
        await versions.promote(conn, "boats", 2)
        assert await versions.promoted(conn) == {"boats": 2}
        assert [(one.number, one.state) for one in await versions.listed(conn, "boats")] == [
            (2, "promoted"),
            (1, "retired"),
        ]


async def test_two_trainings_at_once_get_two_numbers(db: Database) -> None:
    async def one() -> int:
        async with db.transaction() as conn:
            return (await _add(conn)).number

    assert sorted(await asyncio.gather(*(one() for _ in range(4)))) == [1, 2, 3, 4]


async def test_rolling_back_goes_back_step_by_step(db: Database) -> None:
    async with db.transaction() as conn:
        for _ in range(3):
            await versions.promote(conn, "boats", (await _add(conn)).number)
        steps = []
        for _ in range(2):
            found = await versions.rollback(conn, "boats", shipped=False)
            assert found is not None
            steps.append(found.number)
        assert steps == [2, 1]
        with pytest.raises(Conflict, match="nothing to go back to"):
            await versions.rollback(conn, "boats", shipped=False)
        await versions.promote(conn, "boats", 3)
        assert await versions.promoted(conn) == {"boats": 3}


async def test_the_packages_own_tasks_go_back_to_what_ships(db: Database) -> None:
    async with db.transaction() as conn:
        await versions.promote(conn, "category", (await _add(conn, "category")).number)
        assert await versions.rollback(conn, "category", shipped=True) is None
        assert await versions.promoted(conn) == {}
        with pytest.raises(Conflict, match="no version in use"):
            await versions.rollback(conn, "category", shipped=True)


async def test_what_is_not_there_is_not_found(db: Database) -> None:
    async with db.connection() as conn:
        for asked in (versions.get(conn, "boats", 7), versions.weights(conn, "boats", 7)):
            with pytest.raises(NotFound):
                await asked
    async with db.transaction() as conn:
        with pytest.raises(NotFound):
            await versions.promote(conn, "boats", 7)


async def test_every_process_follows_what_is_in_use(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.understanding.learning.in_use._EVERY", 0.0)
    here = InUse(db)
    assert (await here.refresh()).classifiers == {}
    async with db.transaction() as conn:
        await versions.promote(conn, "boats", (await _add(conn)).number)
    [seen] = see(["a berth for my yacht please"], None)
    taught = await here.refresh()
    assert taught.classifiers["boats"].predict([seen])[0].label == "berth"
    assert await here.refresh() is taught
    async with db.connection() as conn:
        await execute(conn, "delete from model_version")
    assert (await here.refresh()).classifiers == {}


async def test_a_version_that_cannot_be_read_leaves_the_desk_at_work(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.understanding.learning.in_use._EVERY", 0.0)
    async with db.transaction() as conn:
        await versions.promote(conn, "boats", (await _add(conn)).number)
        await execute(conn, "update model_version set weights = 'broken'")
    assert (await InUse(db).refresh()).classifiers == {}


@pytest.fixture
async def desk(dsn: str, settings: Settings) -> AsyncIterator[Desk]:
    async with open_desk(settings) as opened:
        yield opened


@pytest.fixture
def settings(dsn: str, home: object) -> Settings:
    return Settings(
        _env_file=None,
        database_url=dsn,
        frontdesk_home=str(home),
        model_retrain_after=6,
        embedding_model="none",
    )


async def _ticket(conn: Connection, number: int, text: str, category: str = "other") -> TicketId:
    """A ticket with one customer message that local intelligence read as `category`."""
    key = f"boat-{number}"
    await execute(
        conn,
        "insert into conversation (conversation_id, channel, account, address, thread)"
        " values (%(key)s, 'web_form', 'default', %(key)s, %(key)s)",
        {"key": key},
    )
    await execute(
        conn,
        "insert into ticket (ticket_id, number, conversation_id, subject, status, owner, channel, priority, category)"
        " values (%(key)s, %(number)s, %(key)s, 'a boat', 'new', 'ai', 'web_form', 'normal', %(category)s)",
        {"key": key, "number": number, "category": category},
    )
    await execute(
        conn,
        "insert into message (message_id, ticket_id, seq, sender_type, content, channel, delivery_state, reading)"
        " values (%(key)s, %(key)s, 1, 'customer', %(text)s, 'web_form', 'received',"
        " jsonb_build_object('category', %(category)s::text, 'language', 'en'))",
        {"key": key, "text": text, "category": category},
    )
    return TicketId(key)


async def _correct(desk: Desk, count: int, field: Field = "category") -> None:
    places = ["berth", "pontoon", "mooring", "marina", "harbour", "buoy", "quay", "dock", "jetty", "slip"]
    for number in range(1, count + 1):
        text = f"Is the {places[number % 10]} {places[number % 7]} free for my boat? Call +7 701 234 56 78"
        async with desk.db.transaction() as conn:
            ticket = await _ticket(conn, number, text)
            await desk.learning.note(conn, ticket, field, was="other", became="delivery", by="Dana")


async def test_a_correction_is_kept_once_a_ticket_and_without_personal_numbers(desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        ticket = await _ticket(conn, 1, "Call me: +7 701 234 56 78, anna@mail.example")
        for became in ("returns", "delivery"):
            await desk.learning.note(conn, ticket, "category", was="other", became=became, by="Dana")
        [kept] = await corrections.of_field(conn, "category")
    assert kept.became == "delivery"
    assert "701" not in kept.text
    assert "anna" not in kept.text


async def test_setting_back_what_was_read_teaches_nothing(desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        ticket = await _ticket(conn, 1, "a boat")
        await desk.learning.note(conn, ticket, "category", was="other", became="returns", by="Dana")
        await desk.learning.note(conn, ticket, "category", was="returns", became="other", by="Dana")
        assert await corrections.of_field(conn, "category") == []


async def test_whoever_erases_a_ticket_erases_what_it_taught(desk: Desk) -> None:
    await _correct(desk, 1)
    async with desk.db.transaction() as conn:
        await execute(conn, "delete from message")
        await execute(conn, "delete from ticket")
        assert await corrections.counted(conn, "category") == (0, 0)


async def test_enough_corrections_wake_the_lane_later_and_once(desk: Desk) -> None:
    await _correct(desk, 5)
    due = "select count(*) from lane where key = 'learn:category' and due_at > now() + interval '1 minute'"
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, due) == 0
    async with desk.db.transaction() as conn:
        ticket = await _ticket(conn, 99, "one more boat")
        await desk.learning.note(conn, ticket, "category", was="other", became="delivery", by="Dana")
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, due) == 1


async def test_the_desk_learns_from_corrections_and_can_go_back(desk: Desk) -> None:
    with pytest.raises(Conflict, match="no category was corrected"):
        await desk.learning.learn("category")
    await _correct(desk, 20)
    learned = await desk.learning.learn("category")
    assert learned.state == "promoted"
    assert learned.measured["accuracy"] > learned.measured["accuracy_before"]
    async with desk.db.connection() as conn:
        assert await corrections.counted(conn, "category") == (20, 0)
        assert sum(one.held_out for one in await corrections.of_field(conn, "category")) == 4
    with pytest.raises(Conflict, match="since the last training"):
        await desk.learning.learn("category")
    text = "Is the marina mooring free for my boat in June?"
    assert (await desk.reader.read(text)).category == "delivery"
    async with desk.db.transaction() as conn:
        assert await versions.rollback(conn, "category", shipped=True) is None


async def test_a_task_of_the_desks_own_becomes_a_tag(desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        await versions.promote(conn, "boats", (await _add(conn)).number)
    assert "berth" in (await desk.reader.read("a berth for my yacht, mooring at the pier")).tags
