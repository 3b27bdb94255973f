"""Every table and every column that can hold words is declared: nothing new is forgotten by an erasure."""

import psycopg
import pytest

from frontdesk.db.pool import Database, execute
from frontdesk.privacy import subject
from frontdesk.privacy.place import Erasing, Nothing, Personal
from frontdesk.privacy.places import DELETE_ORDER, LAST, PLACES, personal
from frontdesk.privacy.subject import Subject

_TEXT = (
    "text",
    "character varying",
    "json",
    "jsonb",
    "bytea",
    "tsvector",
    "ARRAY",
    "USER-DEFINED",
    "xml",
    "name",
)
_COLUMNS = """
    select table_name, column_name, data_type = any(%s) as can_hold_words from information_schema.columns
     where table_schema = 'public'
"""


@pytest.fixture
def schema(dsn: str) -> dict[str, dict[str, bool]]:
    """Table -> column -> whether it can hold words."""
    tables: dict[str, dict[str, bool]] = {}
    with psycopg.connect(dsn) as conn:
        for table, column, can_hold_words in conn.execute(_COLUMNS, (list(_TEXT),)):
            tables.setdefault(table, {})[column] = can_hold_words
    return tables


def declared(place: Nothing | Personal) -> set[str]:
    if isinstance(place, Nothing):
        return set(place.columns)
    return {*place.exported, *place.hidden, *place.emptied}


def test_every_table_is_declared(schema: dict[str, dict[str, bool]]) -> None:
    assert sorted(PLACES) == sorted(schema), "declare the table in privacy/places.py"


def test_every_column_that_can_hold_words_is_declared(schema: dict[str, dict[str, bool]]) -> None:
    forgotten = {
        f"{table}.{column}"
        for table, columns in schema.items()
        for column, can_hold_words in columns.items()
        if can_hold_words and column not in declared(PLACES[table])
    }
    assert forgotten == set(), "say in privacy/places.py what becomes of the column"


def test_nothing_is_declared_that_is_not_there(schema: dict[str, dict[str, bool]]) -> None:
    assert {
        f"{table}.{column}"
        for table, place in PLACES.items()
        for column in declared(place)
        if column not in schema[table]
    } == set()


def test_what_is_deleted_has_its_turn() -> None:
    deleted = {name for name, place in personal().items() if place.erasing is Erasing.DELETED}
    assert deleted == {*DELETE_ORDER, *LAST}


@pytest.mark.parametrize("name", sorted(personal()))
async def test_each_condition_is_good_sql(db: Database, name: str) -> None:
    place = personal()[name]
    async with db.connection() as conn:
        await execute(conn, f"select 1 from {name} r where {place.rows}", Subject().params())


@pytest.mark.parametrize("given", ["", " ", "x" * 321, "\x00"])
async def test_what_names_nobody_is_refused(db: Database, given: str) -> None:
    async with db.connection() as conn:
        with pytest.raises(Exception, match="name a customer"):
            await subject.find(conn, given)
