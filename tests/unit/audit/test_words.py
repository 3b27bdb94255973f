"""Every field of a ticket's audit entry has a word in each language of the console."""

import re
from pathlib import Path

import pytest

from frontdesk.tickets.audited import NAMED, TOLD, WORDS

LOCALES = Path(__file__).parents[3] / "frontend/packages/i18n/src/locales"


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_no_field_is_shown_by_its_name_in_the_code(language: str) -> None:
    texts = (LOCALES / language / "admin.ts").read_text()
    block = re.search(r"audit_field: \{(.*?)\n  \}", texts, re.DOTALL)
    assert block is not None
    words = set(re.findall(r"^ {4}(\w+): \"[^\"]+\"", block[1], re.MULTILINE))
    assert {*WORDS, *NAMED, *TOLD} - words == set()
