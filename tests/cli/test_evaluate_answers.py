"""`frontdesk eval answers`: grades as JSON and as tables, and a clear error for a bad line."""

import json

import pytest

from tests.cli.conftest import Shell

pytestmark = pytest.mark.xdist_group("cli-evaluate")


def test_answers_are_graded_by_the_desk_and_bad_lines_are_named(shell: Shell) -> None:
    file = shell.home / "questions.jsonl"
    questions = (
        {"text": "Hello!", "act": "talk", "lang": "en", "kind": "greeting"},
        {"text": "How long is your moon cable?", "act": "answer", "facts": ["9 km"], "articles": ["cable"]},
    )
    file.write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    ran = shell.run("eval", "answers", str(file), "--json", "--misses")
    assert ran.code == 0, ran.err
    figures = json.loads(ran.out)
    assert figures["all"]["talk"] == 1.0
    assert figures["all"]["right"] == 0.0
    assert set(figures["by_kind"]) == {"greeting", "-"}
    assert [miss["text"] for miss in figures["misses"]] == ["How long is your moon cable?"]

    file.write_text('{"text": "Hello!", "act": "sing"}', encoding="utf-8")
    shell.run("eval", "answers", str(file)).assert_failed(1, "line 1", "act is one of")
    shell.run("eval", "answers", str(file.parent)).assert_failed(1, "not a file")
