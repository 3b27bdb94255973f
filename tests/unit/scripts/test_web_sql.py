"""Statements in `web/` are found however their strings are written; sentences are not taken for them."""

import pytest
from scripts.structure.measures.web_sql import find

from tests.unit.scripts.made_up import sources


@pytest.mark.parametrize(
    "code",
    [
        '"select * from ticket"',
        '"""\n    SELECT 1\n"""',
        '"select pg_notify(%s, %s)"',
        'f"select {columns} from ticket where {where}"',
        '"select a, b" " from ticket"',
        '"select " + columns + " from ticket"',
        '"insert into ticket (a) values (1)"',
        '"update ticket set a = 1"',
        'f"update {table} t set a = 1"',
        '"delete from ticket"',
        '"with a as (select 1) select * from a"',
        '"with recursive a(b) as materialized (select 1) select * from a"',
        '"create temporary table a (b int)"',
        '"create unique index on a (b)"',
    ],
)
def test_a_statement_counts_once(code: str) -> None:
    assert len(find(sources(web__page=f"query = sql.SQL({code}).format(1)"))) == 1


@pytest.mark.parametrize(
    "code",
    [
        '"Select a ticket"',
        '"with the ticket, as agreed (see above)"',
        '"create a ticket from a message"',
        '"Update the ticket"',
        '"delete"',
        'f"insert {name} into the page"',
        "{'DELETE': 1}",
    ],
)
def test_a_sentence_does_not_count(code: str) -> None:
    assert find(sources(web__page=f"text = {code}")) == []


def test_docstrings_and_other_rooms_do_not_count() -> None:
    documented = '''
        """select * from ticket"""
        class Page:
            """delete from ticket"""
            title: str
            """select 1"""
            def show(self):
                """update ticket set a = 1"""
    '''
    assert find(sources(web__page=documented, tickets__ticket="get = 'select * from ticket'")) == []
