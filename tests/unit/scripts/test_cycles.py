"""Modules in cycles are found wherever the import stands and however it is written."""

import pytest
from scripts.structure.measures.cycles import find

from tests.unit.scripts.made_up import sources


def _in_cycles(**texts: str) -> list[str]:
    return [place.path.removeprefix("src/frontdesk/") for place in find(sources(**texts))]


def test_a_chain_is_no_cycle() -> None:
    assert _in_cycles(a="import frontdesk.b", b="from frontdesk import c", c="import frontdesk") == []


@pytest.mark.parametrize(
    "back",
    [
        "import frontdesk.a",
        "import frontdesk.a as other",
        "from frontdesk import a",
        "from frontdesk.a import thing",
        "from . import a",
        "from .a import thing",
        "def late():\n    from frontdesk.a import thing",
        "if TYPE_CHECKING:\n    from frontdesk.a import Thing",
    ],
)
def test_every_way_to_import_closes_a_cycle(back: str) -> None:
    assert _in_cycles(a="from frontdesk.b import x", b=back, outside="import frontdesk.a") == ["a.py", "b.py"]


def test_a_long_way_round_is_a_cycle_of_all_its_modules() -> None:
    places = find(
        sources(
            a="import frontdesk.b", b="import frontdesk.c", c="import frontdesk.a", d="import frontdesk.a"
        )
    )
    assert len(places) == 3
    assert "frontdesk.b" in places[0].note


def test_relative_imports_are_read_from_where_they_stand() -> None:
    assert _in_cycles(room__init="from .inner import x", room__inner="from ..top import y", top="") == []
    texts = {"room__init": "from .inner import x", "room__inner": "from ..top import y"}
    assert len(_in_cycles(**texts, top="from .room import x")) == 3


def test_a_package_is_not_imported_by_its_modules_users() -> None:
    assert (
        _in_cycles(room__init="import frontdesk.user", room__inner="", user="import frontdesk.room.inner")
        == []
    )
