"""Any bytes give a text or an error of the tree, whatever their name says."""

import io

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.errors import RequestError
from frontdesk.knowledge.extract import LARGEST_TEXT, extract
from tests.unit.knowledge.bombs import docx, paragraph, pdf_page, wide_cell

_MARKS = st.sampled_from(
    [
        "---\n", "# ", "## ", "title: ", "questions: [", "- ", "[", "](", ")", "!", "**", "__", "<!--", "-->", "<p ",
        "</p>", "<table>", "<td>", "<h1>", "<title>", "<main>", "<article>", "<script>", "&#", "&nbsp;", "\n", "=",
        "<form>", "</form>", "<input>", "<sup>", "1", "</sup>", "<tr>", "<td rowspan=3 colspan=999>", "<th>", "</table>",
        "<button aria-expanded=false aria-controls=a>", "<div id=a hidden>", "<s>", "<aside>", "| a | b |\n",
        "|---|---|\n",
        "[^1]", "[^1]: ", "~~", "questions:\n  - ", "category: &a [*a]\n", "&amp;", "\u00ad", "\u200b",
        " ", "\r", "\x00", "слово ", "word ", "<div hidden>", "<?", "<!", "\ud7ff", "\U0001f600", "> ", "|",
    ]
)  # fmt: skip
_TEXTS = st.lists(_MARKS | st.text(max_size=5), max_size=60).map("".join).map(lambda text: text.encode())
_ENCODED = st.builds(
    lambda text, page: text.encode(page, "replace"),
    st.text("Тауардықайтаруғаболады ПРАВИЛА,.№«»-12 abc\n", max_size=60),
    st.sampled_from(
        ["cp1251", "koi8-r", "cp866", "kz1048", "ptcp154", "mac-cyrillic", "utf-16-le", "utf-16-be"]
    ),
)
_NAMES = st.sampled_from(
    ["a.md", "a.txt", "a.html", "a.pdf", "a.docx", "a", "a.exe", "..", "\udcff.md", "/a/b.htm"]
)


def _word_file() -> bytes:
    document = Document()
    document.add_heading("Returns", 0)
    document.add_paragraph("Keep the box.", style="List Bullet")
    document.add_table(rows=2, cols=2).rows[0].cells[0].text = "Courier"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _check(name: str, data: bytes) -> None:
    try:
        text = extract(name, data).text
    except RequestError as error:
        text = error.message
    assert not text.isspace()
    assert 0 < len(text.encode()) <= 4 * LARGEST_TEXT


@settings(max_examples=300, deadline=None)
@given(_NAMES, _TEXTS | _ENCODED | st.binary(max_size=300))
def test_any_text_is_read_or_refused(name: str, data: bytes) -> None:
    _check(name, data)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("a.pdf", pdf_page(b"BT /F1 12 Tf (Two days) Tj ET")),
        ("a.docx", _word_file()),
        ("a.docx", docx(f"<w:tbl><w:tr>{wide_cell('a', '2')}</w:tr></w:tbl>" + paragraph("b"))),
    ],
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_read_or_refused(name: str, whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(damaged)))
        end = data.draw(st.integers(start, min(start + 20, len(damaged))))
        damaged[start:end] = data.draw(st.binary(max_size=20))
    _check(name, bytes(damaged))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "a", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
     "</w:tc>", "<w:tcPr>", "</w:tcPr>", '<w:gridSpan w:val="x"/>', '<w:gridSpan/>', '<w:vMerge w:val="x"/>',
     "<w:vMerge/>", '<w:pPr><w:pStyle w:val="x"/></w:pPr>', "<w:pPr><w:pStyle/></w:pPr>", "<x/>", "<!--",
     "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:sdt>", "<w:sdtContent>", "</w:sdtContent>", "</w:sdt>",
     '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="x"/>', "<w:txbxContent>", "</w:txbxContent>",
     '<w:footnoteReference w:id="1"/>', "<w:rPr><w:vanish/></w:rPr>", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>',
     "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "&a;",
     paragraph("a"), f"<w:tbl><w:tr>{wide_cell('a', '-1')}</w:tr></w:tbl>"]
), max_size=30).map("".join))  # fmt: skip
def test_any_word_markup_is_read_or_refused(body: str) -> None:
    _check("a.docx", docx(body))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    [b"BT", b"ET", b"Tj", b"TJ", b"(a)", b"<61>", b"[", b"]", b"<<", b">>", b"/F1", b"12", b"Tf", b"Td", b"-9e99", b"Do",
     b"BI", b"ID", b"EI", b"q", b"Q", b"cm", b"Tm", b"'", b'"', b"(", b"null", b"\x00", b"%", b"1.2.3", b"Tz"]
), max_size=40).map(b" ".join))  # fmt: skip
def test_any_page_of_a_pdf_is_read_or_refused(stream: bytes) -> None:
    _check("a.pdf", pdf_page(stream))
