"""One text for equal values, whatever form they came in, and another for every other value."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.canonical import canonical

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS.map(lambda text: unicodedata.normalize("NFC", text))
)
KEYS = TEXTS.map(lambda text: unicodedata.normalize("NFC", text))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


def shuffled(value: Any) -> Any:
    """The same value with every object's keys the other way round."""
    if isinstance(value, dict):
        return {key: shuffled(item) for key, item in reversed(value.items())}
    return [shuffled(item) for item in value] if isinstance(value, list) else value


@given(VALUES)
def test_the_order_of_keys_does_not_matter(value: Any) -> None:
    assert canonical(shuffled(value)) == canonical(value)


@given(VALUES)
def test_it_is_json_of_the_same_value_and_canonical_already(value: Any) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(VALUES, VALUES)
def test_values_that_differ_have_texts_that_differ(first: Any, second: Any) -> None:
    same = json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    if not same and first != second:
        assert canonical(first) != canonical(second)


@given(TEXTS)
def test_composed_and_decomposed_letters_are_one_text(text: str) -> None:
    forms = {canonical(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {canonical(unicodedata.normalize("NFC", text))}


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=6))
def test_one_decimal_has_one_form_with_every_digit(value: Decimal) -> None:
    written = [value, Decimal(f"{value:e}"), Decimal(f"{value:f}000")]
    texts = {canonical(form) for form in written}
    assert len(texts) == 1
    assert Decimal(json.loads(texts.pop())) == value


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_the_same_as_a_float(value: int) -> None:
    assert canonical(float(value)) == canonical(value) == str(value)


def test_a_moment_is_one_in_every_zone() -> None:
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert canonical(noon.astimezone(timezone(timedelta(hours=5)))) == canonical(noon)


def test_true_is_not_one_and_text_is_not_a_number() -> None:
    assert len({canonical(value) for value in (True, 1, "1", [1], None)}) == 5


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("1e999999"),
        "a\x00b",
        "\ud800",
        {1, 2},
        {"é": 1, "e\u0301": 2},
        datetime(2026, 1, 1),  # noqa: DTZ001  # the fault under test
    ],
)
def test_what_has_no_plain_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)
