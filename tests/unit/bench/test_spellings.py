"""The spellings that labelled tickets are measured in."""

import pytest
from bench.spellings import SPELLINGS, spelled

TEXT = "Қашан келеді? Where's order SF-30917 for 12 500 тг, it wasn't delivered; позвоните, пожалуйста."


def test_there_are_35_each_of_which_changes_a_text() -> None:
    assert len(SPELLINGS) == 35
    assert all(spelled(name, [TEXT]) != [TEXT] for name in SPELLINGS)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_spelling_is_the_same_at_every_call_and_takes_any_text(name: str) -> None:
    texts = [TEXT, "", "\n", "<>&", "👍"]
    assert spelled(name, texts) == spelled(name, texts)
