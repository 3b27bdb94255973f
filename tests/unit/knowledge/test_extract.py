"""Files of all kinds: what is read of them, and what they are refused for."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from pypdf import PdfWriter

from frontdesk.errors import PayloadTooLarge, UnsupportedMediaType, ValidationFailed
from frontdesk.knowledge.extract import LARGEST_FILE, extract


def pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792]"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)


def docx() -> bytes:
    document = Document()
    document.add_heading("Returns", 0)
    document.add_heading("Phones", 1)
    document.add_paragraph("A phone can be returned within 14 days.")
    document.add_paragraph("Keep the box.", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Courier"
    table.rows[0].cells[1].text = "1 990 ₸"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def zip_bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (60 * 1024 * 1024))
    return kept.getvalue()


def test_markdown_gives_its_front_matter_and_title() -> None:
    extracted = extract(
        "cost.md",
        b"---\ncategory: delivery\nquestions:\n  - How much?\n  - 'Is it free?'\n---\n"
        b"# Cost\n\nIt is **free**.\n",
    )
    assert (extracted.title, extracted.text, extracted.category) == ("Cost", "It is free.", "delivery")
    assert extracted.questions == ("How much?", "Is it free?")


def test_markdown_links_and_pictures_become_their_text() -> None:
    assert (
        extract("a.md", b"See [the form](https://x.example/f) ![pic](p.png)now.").text == "See the form now."
    )


def test_html_shows_only_what_a_visitor_sees() -> None:
    page = b"""<!doctype html><html lang="ru-RU"><head><title>Shop</title><style>p{}</style></head><body>
    <nav>Menu</nav><h1>Delivery</h1><p>Two&nbsp;days.</p><script>bad()</script>
    <div style="display: none">secret</div><p hidden>hidden</p><!-- note -->
    <ul><li>Almaty</li><li>Astana</li></ul><table><tr><td>a</td><td>b</td></tr></table></body></html>"""
    extracted = extract("page.html", page)
    assert extracted.language == "ru"
    for seen in ("Two days.", "- Almaty", "a; b"):
        assert seen in extracted.text
    for unseen in ("Menu", "bad", "secret", "hidden", "note", "p{}"):
        assert unseen not in extracted.text


def test_html_of_any_depth_is_read_in_moderate_time() -> None:
    data = b"<html><body>" + b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000
    assert "deep" in extract("deep.html", data).text


def test_pdf_text_is_read_and_its_broken_lines_joined() -> None:
    assert "delivery takes two days" in extract("a.pdf", pdf("Express delivery takes", "two days.")).text


def test_docx_keeps_headings_lists_and_tables() -> None:
    extracted = extract("returns.docx", docx())
    assert extracted.title == "Returns"
    assert "# Phones" in extracted.text
    assert "- Keep the box." in extracted.text
    assert "Courier; 1 990 ₸" in extracted.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_russian_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    text = "Доставка по городу занимает два дня. Возврат товара возможен в течение четырнадцати дней."
    assert extract("a.txt", text.encode(encoding)).text == text


def test_nul_and_control_characters_are_cleaned_away() -> None:
    assert extract("a.txt", b"Two\x00 days to\x07 Almaty and seven to other cities of the country").text == (
        "Two days to Almaty and seven to other cities of the country"
    )


def test_a_file_is_what_its_content_says() -> None:
    assert "two days" in extract("notes.txt", pdf("Only two days")).text
    assert extract("notes.txt", b"<!DOCTYPE html><body><p>Hello there</p></body>").text == "Hello there"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        ("tool.exe", b"MZ" + b"\x00" * 100),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 100),
        ("archive.zip", zip_bomb().replace(b"word/document.xml", b"some/documents.xm")),
        ("table.csv", b"a,b,c\n1,2,3\n"),
    ],
)
def test_other_kinds_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnsupportedMediaType):
        extract(name, data)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.txt", lambda: b"", "empty"),
        ("a.txt", lambda: b" \n\t ", "empty"),
        ("a.md", lambda: b"---\n---\n!!! ???", "no text"),
        ("a.pdf", encrypted_pdf, "password"),
        ("a.pdf", lambda: b"%PDF-1.7\n garbage", "broken"),
        ("a.pdf", lambda: pdf("Text")[:200], "broken"),
        ("a.pdf", lambda: pdf(""), "no text"),
        ("a.pdf", lambda: b"just words", "not a PDF"),
        ("a.docx", lambda: docx()[:2000], "broken"),
        ("a.docx", lambda: b"just words", "not a DOCX"),
        ("a.docx", zip_bomb, "safely"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    name: str, make: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(ValidationFailed, match=reason):
        extract(name, make())


def test_more_than_ten_megabytes_are_too_large() -> None:
    with pytest.raises(PayloadTooLarge):
        extract("a.txt", b"a" * (LARGEST_FILE + 1))
