"""The words of the e-mail: every value and every label, in three languages."""

import re
import string
from importlib.resources import files

import pytest

from frontdesk.terms import (
    Category,
    ChannelName,
    EntityType,
    EscalationReason,
    Priority,
    Proof,
    SenderType,
    Sentiment,
)
from tests.unit.escalation.labels import LABELS, LANGUAGES

VALUES = {
    "reason": EscalationReason,
    "channel": ChannelName,
    "category": Category,
    "priority": Priority,
    "proof": Proof,
    "sender": SenderType,
    "entity": EntityType,
    "sentiment": Sentiment,
}


@pytest.mark.parametrize("group", VALUES)
def test_every_value_has_a_name(group: str) -> None:
    assert {member.value for member in VALUES[group]} == set(LABELS[group])


def test_every_label_is_said_in_three_languages_with_the_same_blanks() -> None:
    for group in LABELS.values():
        for key, label in group.items():
            assert set(label) == set(LANGUAGES), key
            assert all(text.strip() == text and text for text in label.values()), key
            blanks = {
                frozenset(field for _, field, _, _ in string.Formatter().parse(text) if field)
                for text in label.values()
            }
            assert len(blanks) == 1, key


def test_every_label_is_used() -> None:
    package = files("frontdesk.escalation")
    used = "".join(package.joinpath(name).read_text(encoding="utf-8") for name in
                   ("templates/escalation.html", "templates/escalation.txt", "mail.py"))  # fmt: skip
    for key in LABELS["label"]:
        assert re.search(rf"[\"']{key}[\"']", used), key
