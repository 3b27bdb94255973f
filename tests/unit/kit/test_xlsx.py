"""Cells as a person sees them; any damage is a refusal."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.errors import ValidationFailed
from frontdesk.kit.xlsx import rows
from tests.unit.kit.sheets import sheet

_STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="0 &quot;days&quot;"/>'
    '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="171"/></cellXfs>'
)


def cell(markup: str, book: str = "") -> str:
    [(_, [text])] = rows(sheet(f"<row>{markup}</row>", "<si><t>shared</t></si>", _STYLES, book))
    return text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<c t="s"><v>0</v></c>', "shared"),
        ('<c t="s"><v>9</v></c>', ""),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c t="str"><f>A1</f><v>made</v></c>', "made"),
        ("<c><v>54321</v></c>", "54321"),
        ("<c><v>54321.0</v></c>", "54321"),
        ("<c><v>9.5</v></c>", "9.5"),
        ("<c><v>77011234567</v></c>", "77011234567"),
        ('<c t="b"><v>1</v></c>', "true"),
        ('<c t="e"><v>#REF!</v></c>', ""),
        ('<c s="1"><v>45658</v></c>', "2025-01-01"),
        ('<c s="2"><v>45658.5</v></c>', "2025-01-01T12:00:00"),
        ('<c s="3"><v>14</v></c>', "14"),
    ],
)
def test_a_cell_is_what_its_reader_sees(markup: str, text: str) -> None:
    assert cell(markup) == text


def test_days_may_count_from_1904() -> None:
    assert cell('<c s="1"><v>0</v></c>', '<workbookPr date1904="1"/>') == "1904-01-01"


def test_a_day_beyond_every_calendar_is_a_number() -> None:
    assert cell('<c s="1"><v>2958465</v></c>', '<workbookPr date1904="1"/>') == "2958465"


def test_rows_and_columns_keep_their_places() -> None:
    markup = '<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row><row r="7"/>'
    assert list(rows(sheet(markup))) == [(3, ["", "1", "", "2"]), (7, [])]


def test_a_column_far_away_takes_no_memory() -> None:
    assert list(rows(sheet('<row><c r="XFD1"><v>1</v></c></row>'))) == [(1, [])]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_spreadsheet_is_read_or_refused(data: st.DataObject) -> None:
    markup = '<row><c t="s"><v>0</v></c><c r="C1" s="1"><v>1e9</v></c></row>'
    whole = bytearray(sheet(markup, "<si><t>a</t></si>", _STYLES))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        whole[start : start + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    with contextlib.suppress(ValidationFailed):
        list(rows(bytes(whole)))
