"""Headings in Markdown."""

import pytest

from frontdesk.knowledge.headings import LONGEST, heading_of


@pytest.mark.parametrize(
    ("line", "level", "name"),
    [
        ("# Delivery", 1, "Delivery"),
        ("###### Delivery  ", 6, "Delivery"),
        ("##\tDelivery ##", 2, "Delivery"),
        ("# C#", 1, "C#"),
        ("# a" + " " * 200 + "b", 1, "a" + " " * 200 + "b"),
    ],
)
def test_a_heading_has_a_level_and_a_name(line: str, level: int, name: str) -> None:
    assert heading_of(line) == (level, name)


@pytest.mark.parametrize(
    "line", ["", "#", "# ", "# ##", "#Delivery", "####### x", "text # x", "# " + "a" * (LONGEST + 1)]
)
def test_other_lines_are_text(line: str) -> None:
    assert heading_of(line) is None


def test_a_line_of_spaces_takes_no_time() -> None:
    assert heading_of("# a" + " " * 1_000_000 + "b") is None
