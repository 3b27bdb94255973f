"""Crafted files: each gives a bounded text or a clear error, and most of them at once."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.errors import PayloadTooLarge, RequestError, UnsupportedMediaType, ValidationFailed
from frontdesk.knowledge.extract import LARGEST_FILE, LARGEST_TEXT, extract
from frontdesk.knowledge.extract.extractor import Extractor
from frontdesk.knowledge.headings import heading_of
from tests.unit.knowledge.bombs import BOMBS

_HEAVY = {"docx cells", "docx empty paragraphs", "pdf many pages", "pdf operators"}
"""Work in proportion to what they hold, which is much: these may meet a limit."""
_REFUSED = {
    "brackets": "no text",
    "docx deep": "broken",
    "docx entities": "broken",
    "docx many parts": "safely",
    "docx zip bomb": "safely",
    "docx zip bomb beside": "safely",
    "pdf loop": "broken",
    "pdf chain": "broken",
    "pdf arrays": "no text",
    "pdf object stream": "broken",
    "pdf zip bomb": "no text",
    "wrong magic": "not a PDF",
}


@pytest.fixture
async def extractor() -> AsyncIterator[Extractor]:
    opened = Extractor()
    yield opened
    await opened.aclose()


@pytest.mark.parametrize("bomb", sorted(set(BOMBS) - set(_REFUSED) - _HEAVY - {"no text"}))
async def test_a_bomb_of_text_is_read_as_what_it_is(bomb: str, extractor: Extractor) -> None:
    name, make = BOMBS[bomb]
    extracted = await extractor.extract(name, make())
    assert 0 < len(extracted.text) <= LARGEST_TEXT
    assert len(extracted.title) <= 1_000
    assert len(extracted.questions) <= 200


@pytest.mark.parametrize("bomb", sorted(_REFUSED))
async def test_a_bomb_that_cannot_be_read_is_refused_with_the_reason(bomb: str, extractor: Extractor) -> None:
    name, make = BOMBS[bomb]
    with pytest.raises(ValidationFailed, match=_REFUSED[bomb]):
        await extractor.extract(name, make())


@pytest.mark.parametrize("bomb", sorted(_HEAVY))
async def test_heavy_work_ends_with_a_text_or_a_clear_error(bomb: str) -> None:
    name, make = BOMBS[bomb]
    extractor = Extractor(seconds=3)
    try:
        text = (await extractor.extract(name, make())).text
    except RequestError as error:
        text = error.message
    await extractor.aclose()
    assert len(text) <= LARGEST_TEXT
    assert any(
        words in text for words in ("x\nx\nx", "hello", "longer than 3 s", "holds no text", "safely")
    ), text[:100]


async def test_what_is_no_text_is_refused(extractor: Extractor) -> None:
    name, make = BOMBS["no text"]
    with pytest.raises(UnsupportedMediaType):
        await extractor.extract(name, make())


async def test_a_file_that_is_too_large_starts_no_process(extractor: Extractor) -> None:
    with pytest.raises(PayloadTooLarge):
        await extractor.extract("a.txt", b"a" * (LARGEST_FILE + 1))
    assert extractor.worker_pids == []


def test_headings_beyond_the_limit_become_text_with_a_warning() -> None:
    extracted = extract("a.md", BOMBS["headings"][1]())
    assert sum(heading_of(line) is not None for line in extracted.text.split("\n")) == 5_000
    assert extracted.warnings == ("only the first 5000 headings were kept as headings",)
