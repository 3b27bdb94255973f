"""Whoever changes a ticket's state or its log without the door is a place of its own."""

import pytest
from scripts.structure.measures.ticket_writes import find, writes_state

from tests.unit.scripts.made_up import sources

TICKET = '''
    async def change(conn, ticket_id, **fields):
        query = sql.SQL("update ticket set {}, updated_at = now() where ticket_id = {}").format(fields)
        await execute(conn, query)

    async def stand(conn, ticket_id, state):
        await change(conn, ticket_id, status=state.status)

    async def get(conn, ticket_id):
        """Not what would update ticket set status = 'new'."""
        return await fetch(conn, "select * from ticket where status = 'new'")
'''
LOG = """
    _INSERT = "insert into ticket_event (ticket_id) values (%s)"

    async def write(conn, ticket_id):
        await execute(conn, _INSERT)
"""
STATE = """
    def after(now, event):
        return now

    def may_act(now):
        return after(now, "ai_started") is not None
"""
DOOR = """
    from frontdesk.tickets import log, ticket
    from frontdesk.tickets.state import after

    async def apply(conn, now, event):
        await ticket.stand(conn, now.ticket_id, after(now.state, event))
        await log.write(conn, now.ticket_id)
"""


def _places(**texts: str) -> list[str]:
    room = {"tickets__ticket": TICKET, "tickets__log": LOG, "tickets__state": STATE}
    return [f"{place.path.split('/')[-1]} {place.note}" for place in find(sources(**(room | texts)))]


def test_what_nobody_uses_is_no_place() -> None:
    assert _places() == []


def test_the_door_is_one_place_and_its_users_are_none() -> None:
    user = "from frontdesk.tickets.apply import apply\nasync def act(): await apply(1, 2, 3)"
    assert _places(tickets__apply=DOOR, web__act=user) == ["apply.py the door"]


@pytest.mark.parametrize(
    ("user", "note"),
    [
        ("from frontdesk.tickets import ticket\nticket.change(1)", "ticket.change"),
        ("from frontdesk.tickets import ticket as t\nt.stand(1)", "ticket.stand"),
        ("from frontdesk.tickets.ticket import stand as move\nmove(1)", "ticket.stand"),
        ("import frontdesk.tickets.log\nfrontdesk.tickets.log.write(1)", "log.write"),
        ("from frontdesk.tickets import log\npartial(log.write, 1)", "log.write"),
        ("from frontdesk.tickets.state import after\nafter(1, 2)", "state.after"),
        ("from frontdesk.inbox.order import refresh_score\nrefresh_score(1)", "order.refresh_score"),
        ("from frontdesk.shared import write\nwrite(1)", "log.write"),
    ],
)
def test_each_way_around_the_door_is_seen(user: str, note: str) -> None:
    shared = "from frontdesk.tickets.log import write"
    assert _places(web__act=user, shared=shared) == [f"act.py uses {note}"]


@pytest.mark.parametrize(
    "user",
    [
        "from frontdesk.tickets import ticket\nticket.get(1)",
        "from frontdesk.tickets.state import may_act\nmay_act(1)",
        "from frontdesk.web.console import acts\nacts.change(1)",
        "async def change(): pass\nchange()",
        "def f(log): log.write(1)",
    ],
)
def test_other_functions_of_those_names_and_mere_questions_are_not(user: str) -> None:
    assert _places(web__act=user) == []


def test_a_new_helper_in_the_room_is_seen_through() -> None:
    helper = "from frontdesk.tickets.ticket import stand\ndef close(conn): return stand(conn, 1, 2)"
    user = "from frontdesk.tickets.helper import close\nclose(1)"
    assert _places(tickets__helper=helper, web__act=user) == ["act.py uses helper.close"]


def test_a_method_of_the_room_is_a_place_itself() -> None:
    class_text = "from frontdesk.tickets import log\nclass Tickets:\n    def note(self): log.write(self.conn)"
    assert _places(tickets__all=class_text) == ["all.py uses log.write"]


def test_sql_elsewhere_is_a_place_itself_except_in_migrations() -> None:
    text = "def f(conn): conn.execute(\"update ticket set status = 'closed'\")"
    assert _places(web__act=text, db__migrations__versions__0001=text) == ["act.py SQL of its own"]


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("update ticket set owner = 'ai' where ticket_id = 1", True),
        ("UPDATE ticket AS t\nSET priority = 1, status = 2", True),
        ("with x as (update ticket t set status = 'new' returning 1) select 1", True),
        ("update ticket set {} where ticket_id = 1", True),
        ("delete from ticket_event", True),
        ("update ticket set last_seq = last_seq + 1 where status = 'new'", False),
        ("update ticket_alert set status = 1", False),
        ("insert into ticket (status, owner) values (1, 2)", False),
        ("select status from ticket_event", False),
    ],
)
def test_which_sql_writes_state(text: str, writes: bool) -> None:
    assert writes_state(text) is writes
