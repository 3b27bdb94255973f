"""A read of tickets names the scope it stays in."""

import pytest
from scripts.structure.measures.scope import EXEMPTIONS, find
from scripts.structure.sources import Sources

from tests.unit.scripts.made_up import sources

SCOPE = """
    class Scope:
        condition = "true"
    ROAD = Scope()
"""


def _notes(**texts: str) -> list[str]:
    return [place.note for place in find(sources(access__scope=SCOPE, **texts))]


@pytest.mark.parametrize("table", ["ticket", "message m", "ticket_event", "escalation", "attachment"])
def test_a_read_without_a_scope_is_a_place(table: str) -> None:
    read = f'async def page(conn):\n    return await conn.execute("select * from {table} where true")'
    assert _notes(inbox__order=read) == ["page takes no Scope"]


@pytest.mark.parametrize("parameter", ["scope: Scope", "now: Ticket", "messages: Sequence[Message]"])
def test_a_scope_or_a_row_read_under_one_will_do(parameter: str) -> None:
    read = f'async def page(conn, {parameter}):\n    return await conn.execute("select * from ticket")'
    assert _notes(inbox__order=read) == []


def test_a_parameter_that_only_bears_the_name_will_not_do() -> None:
    read = 'async def page(conn, scope: str):\n    return await conn.execute("select * from ticket")'
    assert _notes(inbox__order=read) == ["page takes no Scope"]


def test_a_constant_is_read_where_it_is_used() -> None:
    query = 'QUERY = "select * from ticket t join customer u using (customer_id)"'
    user = "from frontdesk.tickets.ticket import QUERY\n\nasync def page(conn):\n    return await conn.execute(QUERY)"
    assert _notes(tickets__ticket=query, web__list=user) == ["page takes no Scope"]


def test_a_method_is_a_function_too() -> None:
    read = 'class List:\n    async def page(self):\n        return "select * from ticket"'
    assert _notes(web__list=read) == ["List.page takes no Scope"]


def test_other_tables_and_deletions_are_no_reads_of_tickets() -> None:
    other = """
        async def numbers(conn):
            await conn.execute("select nextval('ticket_number') from ticket_numbers")
            await conn.execute("delete from message where ticket_id = 1")
    """
    assert _notes(tickets__numbers=other) == []


def test_the_scope_of_the_road_is_not_for_rooms_that_serve_people() -> None:
    user = (
        "from frontdesk.access.scope import ROAD\n\nasync def page(conn):\n    return await read(conn, ROAD)"
    )
    assert _notes(web__list=user) == ["uses the road's scope for people"]
    assert _notes(journey=user) == []


def test_an_exemption_needs_its_function() -> None:
    read = 'async def next(conn):\n    return "select * from ticket"'
    files = {
        "src/frontdesk/delivery/outbox.py": read,
        EXEMPTIONS: '"src/frontdesk/delivery/outbox.py:next" = "Why."',
    }
    assert find(Sources(files)) == []
    gone = {EXEMPTIONS: '"src/frontdesk/delivery/outbox.py:next" = "Why."'}
    assert [place.note for place in find(Sources(gone))] == [
        "src/frontdesk/delivery/outbox.py:next: not needed any more"
    ]
