"""The measure of how mail is read: it counts what is right, and fails where a message cannot be read."""

import json
from pathlib import Path

import pytest
from bench.mail import is_right, main


def test_a_reply_is_right_whatever_its_white_space() -> None:
    row = {"raw": "Yes.\r\n\r\n> No?\r\n", "visible": "Yes. ", "visible_alt": []}
    assert is_right(row)
    assert not is_right(row | {"visible": "No?"})
    rules = {"raw": "Yes\n\n> No?", "visible": None, "must_contain": ["Yes"], "must_not_contain": ["No?"]}
    assert is_right(rules)
    assert not is_right(rules | {"must_contain": ["No?"]})


def test_the_tables_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "a", "lang": "en", "raw": "Yes.\n\n> No?", "visible": "No?", "visible_alt": []}
    (tmp_path / "replies.jsonl").write_text(json.dumps(row), encoding="utf-8")
    index = {"file": "a.eml", "subject": "Hi", "message_id": None, "kind": "normal"}
    (tmp_path / "mime_index.jsonl").write_text(json.dumps(index), encoding="utf-8")
    (tmp_path / "mime").mkdir()
    (tmp_path / "mime" / "a.eml").write_bytes(b"From: a@b.example\nSubject: Hi\n\nHello")
    assert main(["--data", str(tmp_path), "--wrong"]) == 0
    assert "a\n" in capsys.readouterr().out
    (tmp_path / "mime" / "a.eml").write_bytes(b"")
    assert main(["--data", str(tmp_path)]) == 1
