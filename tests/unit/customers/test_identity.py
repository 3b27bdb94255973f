"""The hash by which a site proves its visitor: it covers what it asserts, and it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.customers.identity import FIELDS, identity_hash, proven_fields
from frontdesk.errors import Unauthorized

KEY = "3c" * 32
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SOON = NOW + timedelta(hours=1)
DANA: dict[str, str | None] = {
    "customer_id": "c-17",
    "email": "dana@mail.example",
    "name": "Dana",
    "phone": None,
}

values = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from(FIELDS), values, min_size=1))
def test_what_the_site_asserts_is_proven_and_nothing_else(facts: dict[str, str]) -> None:
    stated: dict[str, str | None] = {**dict.fromkeys(FIELDS), **facts}
    made = identity_hash(KEY, facts, SOON)
    if {"customer_id", "email"} & set(facts):
        assert proven_fields(KEY, made, stated, NOW) == set(facts)
    else:
        with pytest.raises(Unauthorized):
            proven_fields(KEY, made, stated, NOW)


@pytest.mark.parametrize("field", ["customer_id", "email"])
def test_another_value_of_a_covered_field_does_not_fit(field: str) -> None:
    made = identity_hash(KEY, {"customer_id": "c-17", "email": "dana@mail.example"}, SOON)
    with pytest.raises(Unauthorized, match="does not fit"):
        proven_fields(KEY, made, {**DANA, field: "another"}, NOW)
    with pytest.raises(Unauthorized, match="does not fit"):
        proven_fields(KEY, made, {**DANA, field: None}, NOW)


def test_a_hash_ends_and_may_not_last_for_ever() -> None:
    stated: dict[str, str | None] = {"customer_id": "c-17"}
    ended = identity_hash(KEY, {"customer_id": "c-17"}, NOW)
    endless = identity_hash(KEY, {"customer_id": "c-17"}, NOW + timedelta(days=400))
    for made, why in ((ended, "has ended"), (endless, "lasts too long")):
        with pytest.raises(Unauthorized, match=why):
            proven_fields(KEY, made, stated, NOW)


def test_the_end_and_the_fields_cannot_be_changed() -> None:
    version, end, _, seal = identity_hash(KEY, {"customer_id": "c-17"}, SOON).split(".")
    forged = (f"{version}.{int(end) + 60}.customer_id.{seal}", f"{version}.{end}.customer_id+email.{seal}")
    for made in forged:
        with pytest.raises(Unauthorized, match="does not fit"):
            proven_fields(KEY, made, DANA, NOW)


def test_a_hash_of_another_widget_proves_nothing() -> None:
    made = identity_hash("4d" * 32, {"customer_id": "c-17"}, SOON)
    with pytest.raises(Unauthorized):
        proven_fields(KEY, made, DANA, NOW)


@pytest.mark.parametrize("made", ["", "é", "0" * 64, "v1.1.customer_id.0", "v1..customer_id." + "0" * 64])
def test_what_is_no_hash_is_refused(made: str) -> None:
    with pytest.raises(Unauthorized):
        proven_fields(KEY, made, DANA, NOW)
