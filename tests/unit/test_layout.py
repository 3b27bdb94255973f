"""How the tests lie in their folders."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
_FROM_A_TEST = re.compile(
    r"^from tests\.[\w.]*\btest_\w+ import|^from tests[\w.]* import test_", re.MULTILINE
)


def test_no_module_of_tests_is_imported_from_what_several_need_has_a_module_of_its_own() -> None:
    importing = [
        path for path in TESTS.rglob("*.py") if _FROM_A_TEST.search(path.read_text(encoding="utf-8"))
    ]
    assert importing == []
