"""Versions and corrections in the database, and the lane that retrains."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.db.pool import Connection, Database, execute, fetch_value
from frontdesk.desk import Desk, open_desk
from frontdesk.errors import Conflict, NotFound
from frontdesk.settings import Settings
from frontdesk.terms import TicketId
from frontdesk.understanding.learning import corrections, versions
from frontdesk.understanding.learning.classifier import classifier_inputs
from frontdesk.understanding.learning.corrections import Field
from frontdesk.understanding.learning.examples import Example
from frontdesk.understanding.learning.in_use import InUse
from frontdesk.understanding.learning.train import train
from frontdesk.understanding.learning.versions import Version

_EXAMPLES = [
    *(
        Example(text, "berth")
        for text in ("a berth for a yacht", "mooring at the pier", "free berths in june")
    ),
    *(Example(text, "fuel") for text in ("where is diesel sold", "petrol price", "fuel station hours")),
]


async def _add(conn: Connection, task: str = "boats", accuracy: float = 0.9) -> Version:
    weights = train(_EXAMPLES).classifier.to_bytes()
    return await versions.add(
        conn,
        task,
        weights,
        made_from="examples",
        examples=len(_EXAMPLES),
        labels=["berth", "fuel"],
        measured={"accuracy": accuracy},
    )


async def test_versions_are_numbered_by_task_and_one_is_in_use(db: Database) -> None:
    async with db.transaction() as conn:
        first, second, other = await _add(conn), await _add(conn), await _add(conn, "cars")
        assert (first.number, second.number, other.number) == (1, 2, 1)
        assert await versions.promoted(conn) == {}
        await versions.promote(conn, "boats", 1, OPERATOR)
        await versions.promote(conn, "boats", 2, OPERATOR)
        assert await versions.promoted(conn) == {"boats": 2}
        assert [(version.number, version.state) for version in await versions.listed(conn, "boats")] == [
            (2, "promoted"),
            (1, "retired"),
        ]


async def test_two_trainings_at_once_get_two_numbers(db: Database) -> None:
    async def add_one() -> int:
        async with db.transaction() as conn:
            return (await _add(conn)).number

    assert sorted(await asyncio.gather(*(add_one() for _ in range(4)))) == [1, 2, 3, 4]


async def test_each_rollback_goes_one_version_back(db: Database) -> None:
    async with db.transaction() as conn:
        for _ in range(3):
            await versions.promote(conn, "boats", (await _add(conn)).number, OPERATOR)
        steps = []
        for _ in range(2):
            earlier = await versions.rollback(conn, "boats", OPERATOR, shipped=False)
            assert earlier is not None
            steps.append(earlier.number)
        assert steps == [2, 1]
        with pytest.raises(Conflict, match="nothing to go back to"):
            await versions.rollback(conn, "boats", OPERATOR, shipped=False)
        await versions.promote(conn, "boats", 3, OPERATOR)
        assert await versions.promoted(conn) == {"boats": 3}


async def test_the_shipped_tasks_roll_back_to_the_shipped_classifier(db: Database) -> None:
    async with db.transaction() as conn:
        await versions.promote(conn, "category", (await _add(conn, "category")).number, OPERATOR)
        assert await versions.rollback(conn, "category", OPERATOR, shipped=True) is None
        assert await versions.promoted(conn) == {}
        with pytest.raises(Conflict, match="no version in use"):
            await versions.rollback(conn, "category", OPERATOR, shipped=True)


async def test_an_unknown_version_is_not_found(db: Database) -> None:
    async with db.connection() as conn:
        for lookup in (versions.get(conn, "boats", 7), versions.weights(conn, "boats", 7)):
            with pytest.raises(NotFound):
                await lookup
    async with db.transaction() as conn:
        with pytest.raises(NotFound):
            await versions.promote(conn, "boats", 7, OPERATOR)


async def test_every_process_follows_what_is_in_use(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.understanding.learning.in_use._REFRESH_SECONDS", 0.0)
    here = InUse(db)
    assert (await here.refresh()).classifiers == {}
    async with db.transaction() as conn:
        await versions.promote(conn, "boats", (await _add(conn)).number, OPERATOR)
    [text] = classifier_inputs(["a berth for my yacht please"], None)
    promoted = await here.refresh()
    assert promoted.classifiers["boats"].predict([text])[0].label == "berth"
    assert await here.refresh() is promoted
    async with db.connection() as conn:
        await execute(conn, "delete from model_version")
    assert (await here.refresh()).classifiers == {}


async def test_an_unreadable_version_is_skipped(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.understanding.learning.in_use._REFRESH_SECONDS", 0.0)
    async with db.transaction() as conn:
        await versions.promote(conn, "boats", (await _add(conn)).number, OPERATOR)
        await execute(conn, "update model_version set weights = 'broken'")
    assert (await InUse(db).refresh()).classifiers == {}


@pytest.fixture
async def desk(dsn: str, settings: Settings) -> AsyncIterator[Desk]:
    async with open_desk(settings) as opened:
        yield opened


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"model_retrain_after": 6})


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
            await desk.learning.record_correction(
                conn, ticket, field, was="other", became="delivery", by="Dana"
            )


async def test_a_correction_is_kept_once_a_ticket_and_without_personal_numbers(desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        ticket = await _ticket(conn, 1, "Call me: +7 701 234 56 78, anna@mail.example")
        for became in ("returns", "delivery"):
            await desk.learning.record_correction(
                conn, ticket, "category", was="other", became=became, by="Dana"
            )
        [kept] = await corrections.of_field(conn, "category")
    assert kept.became == "delivery"
    assert "701" not in kept.text
    assert "anna" not in kept.text


async def test_setting_back_what_was_read_deletes_the_correction(desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        ticket = await _ticket(conn, 1, "a boat")
        await desk.learning.record_correction(
            conn, ticket, "category", was="other", became="returns", by="Dana"
        )
        await desk.learning.record_correction(
            conn, ticket, "category", was="returns", became="other", by="Dana"
        )
        assert await corrections.of_field(conn, "category") == []


async def test_deleting_a_ticket_deletes_its_corrections(desk: Desk) -> None:
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
        await desk.learning.record_correction(
            conn, ticket, "category", was="other", became="delivery", by="Dana"
        )
    async with desk.db.connection() as conn:
        assert await fetch_value(conn, due) == 1


async def test_the_desk_retrains_from_corrections_and_can_roll_back(desk: Desk) -> None:
    with pytest.raises(Conflict, match="no category was corrected"):
        await desk.learning.learn("category")
    await _correct(desk, 20)
    learned = await desk.learning.learn("category")
    assert learned.state == "promoted"
    assert learned.measured["accuracy"] > learned.measured["accuracy_before"]
    async with desk.db.connection() as conn:
        assert await corrections.counted(conn, "category") == (20, 0)
        assert sum(correction.held_out for correction in await corrections.of_field(conn, "category")) == 4
    with pytest.raises(Conflict, match="since the last training"):
        await desk.learning.learn("category")
    text = "Is the marina mooring free for my boat in June?"
    assert (await desk.reader.read(text)).category == "delivery"
    async with desk.db.transaction() as conn:
        assert await versions.rollback(conn, "category", OPERATOR, shipped=True) is None


async def test_a_task_of_the_desks_own_becomes_a_tag(desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        await versions.promote(conn, "boats", (await _add(conn)).number, OPERATOR)
    assert "berth" in (await desk.reader.read("a berth for my yacht, mooring at the pier")).tags
