"""Files of tickets as people and spreadsheets export them."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.cli.ticket_file import ticket_lines
from frontdesk.errors import ValidationFailed
from tests.unit.kit.sheets import sheet

RUSSIAN = {"ticket_id": "T1", "body": "Где мой заказ? Он не пришёл."}


def tickets(tmp_path: Path, name: str, data: bytes) -> list[tuple[int, object]]:
    file = tmp_path / name
    file.write_bytes(data)
    return [(number, json.loads(line)) for number, line in ticket_lines(file)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\r\n", "\r"])
def test_json_lines_of_any_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    text = end.join(json.dumps(RUSSIAN, ensure_ascii=False) for _ in range(2)) + end
    assert [ticket for _, ticket in tickets(tmp_path, "a.jsonl", text.encode(encoding))] == [RUSSIAN] * 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "kz1048", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_any_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    body = f'Где мой заказ{separator} он\r\nне пришёл ""вчера""'
    rows = [separator.join(("ticket_id", "Текст")), f'T1{separator}"{body}"', "", f"T2{separator}Спасибо"]
    assert tickets(tmp_path, "a.csv", "\r\n".join(rows).encode(encoding)) == [
        (2, {"ticket_id": "T1", "body": body.replace('""', '"').replace("\r", "")}),
        (5, {"ticket_id": "T2", "body": "Спасибо"}),
    ]


def test_a_table_is_known_by_its_first_line_and_may_name_its_separator(tmp_path: Path) -> None:
    assert tickets(tmp_path, "export.txt", b"id,body\n7,Hello") == [(2, {"ticket_id": "7", "body": "Hello"})]
    assert tickets(tmp_path, "a.csv", b"sep=;\r\nbody;text\r\nHello;x\r\n") == [
        (3, {"body": "Hello", "text": "x"})
    ]


def test_a_row_with_more_values_than_columns_is_no_ticket(tmp_path: Path) -> None:
    [(number, row)] = tickets(tmp_path, "a.csv", b"id;body\n7;Hello; world")
    assert (number, row) == (2, ["7", "Hello", " world"])


def test_a_table_without_messages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationFailed, match="names no column `body`: a, b"):
        tickets(tmp_path, "a.csv", b"a,b\n1,2")


def test_a_spreadsheet(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>body</t></is></c></row>'
        '<row r="4"><c r="A4"><v>54321</v></c><c r="C4" t="s"><v>1</v></c></row>'
    )
    strings = "<si><t>ticket_id</t></si><si><r><t>Where is </t></r><r><t>it?</t></r></si>"
    assert tickets(tmp_path, "a.xlsx", sheet(rows, strings)) == [
        (4, {"ticket_id": "54321", "body": "Where is it?"})
    ]


def test_a_broken_spreadsheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationFailed, match="the XLSX file is broken"):
        tickets(tmp_path, "a.xlsx", sheet("", "")[:-40])


@pytest.mark.parametrize("name", ["a.csv", "export.txt"])
def test_a_table_may_end_its_lines_by_a_carriage_return(tmp_path: Path, name: str) -> None:
    assert tickets(tmp_path, name, b"id,body\r7,Hello\r8,Bye\r") == [
        (2, {"ticket_id": "7", "body": "Hello"}),
        (3, {"ticket_id": "8", "body": "Bye"}),
    ]


def test_a_column_named_as_archives_begin_makes_no_archive(tmp_path: Path) -> None:
    assert tickets(tmp_path, "a.csv", b"PK;body\n1;Hello") == [(2, {"pk": "1", "body": "Hello"})]


_PIECES = st.sampled_from(
    [
        "body",
        ";",
        ",",
        "\t",
        '"',
        "\n",
        "\r\n",
        "\r",
        "{",
        "}",
        '{"body": "a"}',
        "sep=;",
        "текст",
        "\ufeff",
        "\x00",
        " ",
        "заказ",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["a.csv", "a.jsonl", "a.xlsx", "a", "a.tsv"]),
    st.lists(_PIECES, max_size=30).map("".join),
    st.sampled_from(["utf-8", "cp1251", "utf-16", "koi8-r"]),
    st.binary(max_size=8),
)
def test_any_file_is_tickets_or_refused(tmp_path: Path, name: str, text: str, page: str, more: bytes) -> None:
    try:
        rows = tickets(tmp_path, name, text.encode(page, "replace"))
    except (ValidationFailed, ValueError):
        rows = []  # a line that is no JSON is told by `enrich`, beside those that are
    assert [number for number, _ in rows] == sorted({number for number, _ in rows})
    with contextlib.suppress(ValidationFailed, ValueError):
        tickets(tmp_path, name, text.encode(page, "replace") + more)
