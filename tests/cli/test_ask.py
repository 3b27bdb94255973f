"""`frontdesk ask`, `kb`, `score`, `doctor`, `migrate`: what a person at a shell sees."""

import json
from pathlib import Path

import pytest

import frontdesk
from tests.cli.conftest import Shell

pytestmark = pytest.mark.xdist_group("cli-ask")

SAMPLE = Path(frontdesk.__file__).parent / "sample" / "knowledge"
ANALYSIS = {
    "language", "category", "intent", "priority", "sentiment", "sentiment_score", "risk", "difficulty",
    "confidence", "tags", "entities", "summary", "escalate", "escalation_reason", "suggested_reply",
}  # fmt: skip
OUTCOME = {
    "ticket_id", "ticket_number", "status", "escalated", "reply", "sources", "provider", "model", "timings_ms",
}  # fmt: skip
QUESTIONS = {
    "ru": "Сколько идёт доставка в Шымкент?",
    "kk": "Шымкентке жеткізу қанша уақыт алады?",
    "en": "How long does delivery to Shymkent take?",
}


@pytest.fixture(scope="module")
def shop(shell: Shell) -> Shell:
    added = shell.run("kb", "add", str(SAMPLE))
    assert added.code == 0, added.err
    assert added.out.count("chunks") >= 120
    return shell


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_is_answered_in_its_language_from_the_knowledge(shop: Shell, language: str) -> None:
    asked = shop.run("ask", QUESTIONS[language], "--json")
    assert asked.code == 0, asked.err
    answer = json.loads(asked.out)
    assert answer.keys() >= ANALYSIS | OUTCOME
    assert (answer["language"], answer["category"], answer["status"]) == (language, "delivery", "waiting")
    assert (answer["escalated"], answer["escalate"], answer["escalation_reason"]) == (False, False, None)
    assert answer["reply"] == answer["suggested_reply"]
    assert answer["sources"][0]["doc_id"].startswith(f"{language}/")
    assert answer["sources"][0].keys() >= {"doc_id", "title", "heading", "quote", "score", "url"}
    assert answer["provider"] == "local"
    assert answer["ticket_number"].startswith("T-")


def test_a_wish_for_a_person_is_handed_over_with_its_reason(shop: Shell) -> None:
    answer = json.loads(shop.run("ask", "Позовите живого человека, оператора!", "--json").out)
    assert (answer["escalated"], answer["status"]) == (True, "escalated")
    assert answer["escalation_reason"] == "asks_human"
    assert answer["reply"]


def test_people_read_the_reply_its_sources_and_why(shop: Shell) -> None:
    asked = shop.run("ask", QUESTIONS["en"], "--channel", "email", "--customer", "ann@mail.example")
    assert asked.code == 0
    assert "[1]" in asked.out
    assert "delivery" in asked.out
    assert "local" in asked.out


def test_the_alias_of_a_channel_is_accepted(shop: Shell) -> None:
    assert shop.run("ask", "Hello", "--channel", "chat").code == 0


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["ask"], 2, "TEXT"),
        (["ask", "hi", "--channel", "pigeon"], 2, "pigeon"),
        (["ask", "  "], 1, "empty"),
        (["dance"], 2, "dance"),
        (["kb"], 2, "COMMAND"),
        (["kb", "add", "nowhere.md"], 1, "nowhere.md"),
        (["kb", "import", "nowhere.jsonl"], 1, "nowhere.jsonl"),
        (["kb", "evaluate", "nowhere.jsonl"], 1, "nowhere.jsonl"),
        (["kb", "search", "x", "--k", "many"], 2, "many"),
        (["serve"], 1, "SECRET_KEY"),
        (["score", "--churn", "2"], 2, "--churn"),
        (["enrich", "nowhere.jsonl", "-o", "out.jsonl"], 1, "nowhere.jsonl"),
        (["enrich", "nowhere.jsonl"], 2, "-o"),
    ],
)
def test_wrong_use_and_failure_are_told_in_one_line(
    shell: Shell, words: list[str], code: int, why: str
) -> None:
    ran = shell.run(*words)
    assert ran.out == ""
    assert why.lower() in ran.err.lower()
    ran.assert_failed(code)


def test_a_wrong_setting_is_named_with_what_it_should_be(shell: Shell) -> None:
    ran = shell.run("migrate", PORT="eighty")
    assert ran.code == 1
    assert "PORT" in ran.err
    assert "Traceback" not in ran.err


def test_a_database_that_is_away_is_told_in_one_line(shell: Shell) -> None:
    ran = shell.run("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    ran.assert_failed(1, "database")


def test_migrating_twice_is_no_fault(shell: Shell) -> None:
    assert shell.run("migrate").code == 0
    assert shell.run("migrate").code == 0


def test_the_doctor_finds_this_installation_in_order(shell: Shell) -> None:
    ran = shell.run("doctor", "--json")
    states = {check["name"]: check["state"] for check in json.loads(ran.out)}
    assert {"home", "database", "pgvector", "locale"} <= {
        name for name, state in states.items() if state == "ok"
    }
    assert ran.code == (1 if "error" in states.values() else 0)


def test_the_doctor_names_a_database_that_does_not_answer(shell: Shell) -> None:
    ran = shell.run("doctor", "--json", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert ran.code == 1
    assert {"database"} <= {check["name"] for check in json.loads(ran.out) if check["state"] == "error"}


def test_the_worked_example_of_the_score(shell: Shell) -> None:
    words = (
        "score --churn 0.8 --ltv 3500 --priority urgent --hours 2 --difficulty complex --sentiment 0.2 --json"
    )
    ran = shell.run(*words.split())
    assert ran.code == 0
    assert round(json.loads(ran.out)["total_score"], 6) == 16.4


def test_articles_are_imported_into_a_space_of_their_own_found_and_measured(
    shell: Shell, tmp_path: Path
) -> None:
    docs, queries = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl"
    docs.write_text(
        '{"doc_id":"w","title":"Warranty","text":"The warranty of a kettle lasts two years.","lang":"en"}\n'
        '{"doc_id":"d","title":"Доставка","text":"Курьер звонит за час до приезда."}\n',
        encoding="utf-8",
    )
    queries.write_text(
        '{"query_id":"1","query":"how long is the warranty","doc_ids":["w"]}\n'
        '{"query_id":"2","query":"когда позвонит курьер","doc_ids":["d"]}\n'
        '{"query_id":"3","query":"capital of France","doc_ids":[],"answerable":false}\n',
        encoding="utf-8",
    )
    imported = shell.run("kb", "import", str(docs), "--space", "tests")
    assert imported.code == 0, imported.err
    again = shell.run("kb", "import", str(docs), "--space", "tests")
    assert "0 new or changed" in again.out
    searched = shell.run("kb", "search", "warranty of a kettle", "--space", "tests", "--k", "1", "--json")
    assert json.loads(searched.out)["results"][0]["doc_id"] == "w"
    measured = json.loads(shell.run("kb", "evaluate", str(queries), "--space", "tests").out)
    assert measured["recall@1"] == measured["recall@5"] == measured["mrr"] == 1.0
    assert {"answerable_auroc", "queries_per_second"} <= measured.keys()
