"""`frontdesk enrich`: in order, resumable at any byte, nothing lost."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from frontdesk.channels.style import REPLY_STYLES
from frontdesk.terms import ChannelName
from tests.cli.conftest import Shell

pytestmark = pytest.mark.xdist_group("cli-enrich")

BODIES = (
    "Где мой заказ 54321?",
    "Тапсырысым қайда?",
    "My phone does not work, I want my money back!",
    "Спасибо, всё отлично",
    "Позовите менеджера",
)
BAD = ("{", "[1]", '{"subject":"no body"}', '{"body":7}', '{"body":"x","channel":"pigeon"}')


def ticket(n: int) -> str:
    fields = {
        "ticket_id": f"TICKET-{n}",
        "event_id": f"event-{n:05}",
        "channel": "email",
        "body": f"{BODIES[n % 5]} {n}",
    }
    return json.dumps(fields, ensure_ascii=False)


def lines(tickets: int, bad_every: int) -> str:
    """Tickets with bad lines among them and an empty line after each."""
    parts = [BAD[n % 5] if n % bad_every == bad_every - 1 else ticket(n) for n in range(tickets)]
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def work(shell: Shell) -> Path:
    (shell.home / "in.jsonl").write_text(lines(1200, bad_every=7), encoding="utf-8")
    ran = shell.run("enrich", "in.jsonl", "-o", "whole.jsonl")
    assert ran.code == 0, ran.err
    assert "171 bad lines in whole.errors.jsonl" in ran.err
    return shell.home


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_ticket_is_there_in_order_with_the_analysis_and_every_bad_line_by_number(work: Path) -> None:
    good = [n for n in range(1200) if n % 7 != 6]
    enriched = read(work / "whole.jsonl")
    assert [record["ticket_id"] for record in enriched] == [f"TICKET-{n}" for n in good]
    assert all(record["event_id"] == f"event-{n:05}" for n, record in zip(good, enriched, strict=True))
    assert enriched[0].keys() >= {
        "language", "category", "intent", "priority", "sentiment", "sentiment_score", "risk", "difficulty",
        "confidence", "tags", "entities", "summary", "escalate", "escalation_reason", "suggested_reply",
    }  # fmt: skip
    assert {record["language"] for record in enriched} == {"ru", "kk", "en"}
    errors = read(work / "whole.errors.jsonl")
    assert [error["line"] for error in errors] == [2 * n + 1 for n in range(1200) if n % 7 == 6]
    assert [error["raw"] for error in errors] == [BAD[n % 5] for n in range(1200) if n % 7 == 6]
    assert all(error["error"] for error in errors)


def test_a_run_that_was_killed_goes_on_where_it_was(shell: Shell, work: Path) -> None:
    command = [sys.executable, "-m", "frontdesk", "enrich", "in.jsonl", "-o", "cut.jsonl"]
    kills = 0
    for size in (1, 60_000, 200_000):
        process = subprocess.Popen(
            command, env=shell.env, cwd=work, stderr=subprocess.DEVNULL, start_new_session=True
        )
        while process.poll() is None and _size(work / "cut.jsonl") < size:
            time.sleep(0.002)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
    last = shell.run("enrich", "in.jsonl", "-o", "cut.jsonl")
    assert last.code == 0 or "exists already" in last.err
    assert kills >= 1
    for name in ("jsonl", "errors.jsonl"):
        assert (work / f"cut.{name}").read_bytes() == (work / f"whole.{name}").read_bytes()
    assert not list(work.glob("cut*progress*"))


def test_workers_end_with_the_run_that_was_killed(shell: Shell, work: Path) -> None:
    command = [sys.executable, "-m", "frontdesk", "enrich", "in.jsonl", "-o", "orphaned.jsonl"]
    with subprocess.Popen(command, env=shell.env, cwd=work, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and _size(work / "orphaned.jsonl") < 1:
            time.sleep(0.01)
        workers = psutil.Process(process.pid).children()
        process.kill()
    assert psutil.wait_procs(workers, timeout=20)[1] == []


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def test_half_a_line_that_a_crash_left_is_written_again(shell: Shell, work: Path) -> None:
    """The files may hold more than the run had noted when it died."""
    (work / "small.jsonl").write_text(lines(20, bad_every=3), encoding="utf-8")
    assert shell.run("enrich", "small.jsonl", "-o", "one.jsonl").code == 0
    size = (work / "small.jsonl").stat().st_size
    options = {"provider": "local", "fast": False, "replies": True, "dsn": False}
    noted = {
        "source": {"input": "small.jsonl", "size": size, **options},
        "done": 0,
        "wrong": 0,
        "out_size": 0,
        "bad_size": 0,
    }
    (work / "two.jsonl.progress").write_text(json.dumps(noted))
    (work / "two.jsonl").write_bytes((work / "one.jsonl").read_bytes()[:700])
    (work / "two.errors.jsonl").write_bytes(b'{"li')
    assert shell.run("enrich", "small.jsonl", "-o", "two.jsonl").code == 0
    for name in ("jsonl", "errors.jsonl"):
        assert (work / f"two.{name}").read_bytes() == (work / f"one.{name}").read_bytes()


def test_an_existing_output_is_not_overwritten(shell: Shell, work: Path) -> None:
    before = (work / "whole.jsonl").read_bytes()
    shell.run("enrich", "in.jsonl", "-o", "whole.jsonl").assert_failed(1, "exists already")
    (work / "other.jsonl").write_text(ticket(1) + "\n", encoding="utf-8")
    (work / "begun.jsonl.progress").write_text(
        json.dumps(
            {"source": {"input": "in.jsonl", "size": 1}, "done": 0, "wrong": 0, "out_size": 0, "bad_size": 0}
        )
    )
    shell.run("enrich", "other.jsonl", "-o", "begun.jsonl").assert_failed(1, "another input")
    assert (work / "whole.jsonl").read_bytes() == before


def test_a_provider_that_is_not_configured_is_refused_before_anything_is_written(
    shell: Shell, work: Path
) -> None:
    for provider in ("anthropic", "oracle"):
        shell.run("enrich", "in.jsonl", "-o", "none.jsonl", "--provider", provider).assert_failed(1, provider)
    assert not list(work.glob("none*"))


def test_a_text_of_a_megabyte_and_strange_characters_are_analysed(shell: Shell, work: Path) -> None:
    strange = ["слово " * 180_000, "", "\x00\x01", "🤷", "\u202eabc", "a" * 100_000, "\r\n" * 1000]
    given = [json.dumps({"ticket_id": str(n), "body": body}) for n, body in enumerate(strange)]
    given.append('{"ticket_id":"half","body":"\\ud800"}')
    (work / "strange.jsonl").write_text("\n".join(given), encoding="utf-8")
    ran = shell.run("enrich", "strange.jsonl", "-o", "strange-out.jsonl")
    assert ran.code == 0, ran.err
    enriched = read(work / "strange-out.jsonl")
    assert [record["ticket_id"] for record in enriched] == [str(n) for n in range(len(strange))]
    assert enriched[0]["language"] == "ru"
    assert [error["line"] for error in read(work / "strange-out.errors.jsonl")] == [8]


def test_an_empty_file_gives_an_empty_one(shell: Shell, work: Path) -> None:
    (work / "empty.jsonl").write_text("\n\n")
    assert shell.run("enrich", "empty.jsonl", "-o", "nothing.jsonl").code == 0
    assert (work / "nothing.jsonl").read_bytes() == b""
    assert not (work / "nothing.errors.jsonl").exists()


SPOKEN = {
    "ru": "У меня не открывается личный кабинет, безобразие!",
    "kk": "Курьер сағат үште келемін деп, келмей қойды, масқара!",
    "en": "The lid of the pan came dented, I am very disappointed.",
}


def _enriched(
    shell: Shell, name: str, tickets: list[dict[str, str]], *options: str
) -> list[dict[str, object]]:
    given = "\n".join(json.dumps(fields, ensure_ascii=False) for fields in tickets)
    (shell.home / f"{name}.jsonl").write_text(given, encoding="utf-8")
    ran = shell.run("enrich", f"{name}.jsonl", "-o", f"{name}-out.jsonl", *options)
    assert ran.code == 0, ran.err
    return read(shell.home / f"{name}-out.jsonl")


def test_every_ticket_gets_a_reply_in_its_language_within_its_channels_limit(
    shell: Shell, work: Path
) -> None:
    tickets = [
        {"ticket_id": code, "channel": channel, "body": body}
        for channel in ChannelName
        for code, body in SPOKEN.items()
    ]
    for given, record in zip(tickets, _enriched(shell, "spoken", tickets), strict=True):
        reply = str(record["suggested_reply"])
        assert REPLY_STYLES[ChannelName(given["channel"])].allow(reply), reply
        assert {"ru": "простите", "kk": "кешірім", "en": "sorry"}[given["ticket_id"]] in reply
        assert reply.startswith(("Здравствуйте", "Сәлеметсіз", "Hello")) == (
            given["channel"] in ("email", "web_form")
        )


def test_small_talk_is_answered_and_an_unknown_wish_gets_a_receipt(shell: Shell, work: Path) -> None:
    tickets = [
        {"body": "Спасибо!"},
        {"body": "Please cancel my order"},
        {"body": "I want to talk to a human"},
    ]
    thanks, cancel, person = (
        str(record["suggested_reply"]) for record in _enriched(shell, "wishes", tickets)
    )
    assert thanks.startswith("Пожалуйста!")
    assert cancel.startswith("We have received your request to cancel.")
    assert person.startswith("We have received your message.")


def test_replies_come_from_the_desks_articles_where_it_has_some(shell: Shell, work: Path) -> None:
    article = "# Сколько идёт доставка в Тараз\n\nДоставка в Тараз занимает четыре рабочих дня.\n"
    (shell.home / "delivery.md").write_text(article, encoding="utf-8")
    assert shell.run("kb", "add", "delivery.md").code == 0
    asked = [{"body": "Сколько идёт доставка в Тараз?"}]
    assert "четыре рабочих дня" in str(_enriched(shell, "articles", asked)[0]["suggested_reply"])
    assert _enriched(shell, "quick", asked, "--no-replies")[0]["suggested_reply"] == ""


def test_a_run_goes_on_only_with_the_options_that_it_was_begun_with(shell: Shell, work: Path) -> None:
    (work / "few.jsonl").write_text(ticket(1) + "\n", encoding="utf-8")
    facts = {"input": "few.jsonl", "size": (work / "few.jsonl").stat().st_size, "provider": "local"}
    source = facts | {"fast": True, "replies": False, "dsn": False}
    noted = {"source": source, "done": 0, "wrong": 0, "out_size": 0, "bad_size": 0}
    (work / "other.jsonl.progress").write_text(json.dumps(noted))
    shell.run("enrich", "few.jsonl", "-o", "other.jsonl").assert_failed(1, "other options")
    assert shell.run("enrich", "few.jsonl", "-o", "other.jsonl", "--fast", "--no-replies").code == 0


def test_a_database_that_does_not_answer_is_reported_before_anything_is_written(
    shell: Shell, work: Path
) -> None:
    away = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    (work / "few.jsonl").write_text(ticket(1) + "\n", encoding="utf-8")
    shell.run("enrich", "few.jsonl", "-o", "away.jsonl", **away).assert_failed(1, "--no-replies")
    assert not list(work.glob("away*"))
    assert shell.run("enrich", "few.jsonl", "-o", "away.jsonl", "--no-replies", **away).code == 0


def test_a_table_of_tickets_is_read_as_a_spreadsheet_writes_it(shell: Shell) -> None:
    rows = [
        "ticket_id;channel;body",
        'T1;email;"Где мой заказ;\r\nон пропал"',
        "T2;pigeon;Текст",
        "T3;chat;Сдаю; лишнее",
    ]
    table = "\r\n".join(rows)
    (shell.home / "table.csv").write_bytes(table.encode("cp1251"))
    ran = shell.run("enrich", "table.csv", "-o", "table.jsonl", "--fast", "--no-replies")
    assert ran.code == 0, ran.err
    [enriched] = read(shell.home / "table.jsonl")
    assert (enriched["ticket_id"], enriched["language"]) == ("T1", "ru")
    assert [error["line"] for error in read(shell.home / "table.errors.jsonl")] == [4, 5]
