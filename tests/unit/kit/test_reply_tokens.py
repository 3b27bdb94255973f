"""Seals in mails: short, in one case, and nobody else's."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.reply_tokens import Answered, Answers, ReplyTokens

TOKENS = ReplyTokens(b"key")


@given(st.uuids(), st.sampled_from(Answers))
def test_a_token_is_read_in_any_case_wherever_it_stands(id: uuid.UUID, kind: Answers) -> None:
    token = TOKENS.token(kind, str(id))
    assert token == token.lower()
    for text in (f"desk+{token}@shop.example", f"<{token.upper()}.x@y>", f"a [{token}] b", token):
        assert TOKENS.find(text) == Answered(kind, str(id))
    assert ReplyTokens(b"other").find(token) is None


@given(st.uuids(), st.integers(0, 43), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_one_letter_changed_makes_it_nobody_s(id: uuid.UUID, at: int, letter: str) -> None:
    token = TOKENS.token(Answers.CONVERSATION, str(id))
    changed = token[:at] + letter + token[at + 1 :]
    assert (TOKENS.read(changed) is None) == (changed != token)


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    assert TOKENS.find(text) is None
    assert TOKENS.read(text) is None


def test_a_token_within_more_letters_is_none() -> None:
    token = TOKENS.token(Answers.CONVERSATION, str(uuid.UUID(int=1)))
    assert TOKENS.find(f"a{token}") is None
    assert TOKENS.find(f"{token}a") is None


@pytest.mark.parametrize(("local", "fits"), [("support", True), ("a" * 19, True), ("a" * 20, False)])
def test_an_address_that_would_be_too_long_is_none(local: str, fits: bool) -> None:
    token = TOKENS.token(Answers.CONVERSATION, str(uuid.UUID(int=1)))
    address = TOKENS.plus_address(f"{local}@shop.example", token)
    assert (address == f"{local}+{token}@shop.example") == fits
    assert (address is None) == (not fits)
