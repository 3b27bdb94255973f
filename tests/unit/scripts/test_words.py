"""Old names are found as identifiers alone, vague variables where they get their value."""

import pytest
from scripts.structure.measures.words import replaced, vague

from tests.unit.scripts.made_up import sources


@pytest.mark.parametrize(
    "code",
    [
        "class Standing: pass",
        "async def stand(): pass",
        "ticket.stand(1)",
        "x: Standing",
        "from a import Happening",
        "from a import b as Happening",
        "def f(happening): pass",
        "f(standing=1)",
        "self.messenger.tell(run)",
        "class Journey:\n    async def tell(self): pass",
        "from frontdesk.web import shapes",
        "from frontdesk.web.shapes import ticket_body",
        "import frontdesk.web.shapes",
    ],
)
def test_an_old_name_in_code_is_a_use(code: str) -> None:
    assert len(replaced(sources(a=code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        '"""Standing, stand and Happening."""',
        "x = 'News'",
        "# Bell",
        "standing_order = 1",
        "file.tell()",
        "class File:\n    def tell(self): pass",
        "from frontdesk.llm import models",
        "held = 1",
    ],
)
def test_prose_and_other_words_are_not(code: str) -> None:
    assert replaced(sources(a=code)) == []


def test_a_module_of_the_old_name_is_a_use_by_being_there() -> None:
    assert [place.path for place in replaced(sources(web__shapes="", llm__models=""))] == [
        "src/frontdesk/web/shapes.py"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "found = 1",
        "found: int = 1",
        "a, found = 1, 2",
        "self.told = 1",
        "for one in x: pass",
        "y = [one.a for one in x]",
        "with x as said: pass",
        "if (found := x): pass",
        "def f(found): pass",
        "f = lambda one: one",
        "match x:\n    case [*one]: pass",
        "match x:\n    case int() as one: pass",
    ],
)
def test_a_vague_variable_counts_where_it_gets_its_value(code: str) -> None:
    assert len(vague(sources(a=code))) == 1


@pytest.mark.parametrize(
    "code", ["print(found)", "x.one", "one_more = found_it = 1", "f(one=1)", "def found(): pass"]
)
def test_uses_and_longer_names_do_not_count(code: str) -> None:
    assert vague(sources(a=code)) == []
