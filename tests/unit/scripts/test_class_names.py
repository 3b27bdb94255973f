"""Two public classes of one name are listed together."""

from scripts.structure.measures.class_names import find

from tests.unit.scripts.made_up import sources


def test_each_shared_name_is_listed_with_all_its_places() -> None:
    (place,) = find(
        sources(a="class Said: pass", b="class Said: pass\nclass Other: pass", c="\nclass Said: pass")
    )
    assert str(place) == "src/frontdesk/a.py:1  Said: also src/frontdesk/b.py:1, src/frontdesk/c.py:2"


def test_private_and_inner_classes_may_share_a_name() -> None:
    text = "class _Row: pass\nclass {}:\n    class Config: pass"
    assert find(sources(a=text.format("A"), b=text.format("B"))) == []
