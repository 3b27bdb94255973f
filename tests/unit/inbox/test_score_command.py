import argparse
import json

import pytest

from frontdesk.cli import score

WORKED = "--churn 0.8 --ltv 3500 --priority urgent --hours 2 --difficulty complex --sentiment 0.2 --json"


def _run(line: str) -> int:
    parser = argparse.ArgumentParser()
    score.register(parser.add_subparsers())
    args = parser.parse_args(["score", *line.split()])
    code: int = args.run(args)
    return code


def test_the_worked_example_from_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(WORKED) == 0
    score = json.loads(capsys.readouterr().out)
    assert score["total_score"] == 16.4
    assert score["ticket"] == {"priority": "urgent", "age_hours": 2.0}
    assert set(score) == {"total_score", "components", "customer", "ticket", "weights"}


def test_an_alias_is_accepted_and_never_produced(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--priority critical --json") == 0
    assert json.loads(capsys.readouterr().out)["ticket"]["priority"] == "urgent"


def test_for_people_it_prints_what_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--churn 0.8 --topic-alert") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["churn", "risk", "+2.40"],
        ["urgency", "+1.50"],
        ["topic", "alert", "+5.00"],
        ["total", "8.90"],
    ]


@pytest.mark.parametrize(
    "wrong",
    ["--churn 1.5", "--churn x", "--ltv nan", "--ltv=-1", "--hours=-2", "--hours inf", "--priority soon",
     "--difficulty hard", "--sentiment 2", "--hours 1e300"],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_wrong_use_in_one_line(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(wrong) == 2
    output = capsys.readouterr()
    assert not output.out
    assert len(output.err.splitlines()) == 1
    assert wrong.partition("=")[0].split()[0] in output.err
