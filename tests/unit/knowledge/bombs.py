"""Small files made to cost much: time, memory or output."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    end = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, end))
    return out.getvalue()


def pdf_page(stream: bytes, filters: bytes = b"") -> bytes:
    """A PDF of one page with this content."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792]"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def slow_pdf() -> bytes:
    """Two million text operators in 130 kB: half a minute of work."""
    operators = b"BT /F1 12 Tf (hello) Tj ET\n" * 2_000_000
    return pdf_page(zlib.compress(operators, 9), b"/Filter /FlateDecode")


def pdf_of_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    pages = [b"<< /Type /Page /Parent 2 0 R >>"] * count
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        *pages,
    )


def pdf_of_chained_pages(count: int) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(count)]
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page >>")


def pdf_object_stream() -> bytes:
    """An object stream that unpacks to 500 MB and claims a million objects."""
    packed = zlib.compress(b"1 0 " * 125_000_000, 1)
    head = b"<< /Type /ObjStm /N 1000000 /First 400000000 /Length %d /Filter /FlateDecode >>" % len(packed)
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        head + b"\nstream\n" + packed + b"\nendstream",
    )


def docx(body: str, *, prolog: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX with this body, and `parts` by name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="{_MAIN}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>',
        )
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return kept.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def wide_cell(text: str, span: str) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{paragraph(text)}</w:tc>'


def entities() -> str:
    """Ten of ten of ... of a word: ten thousand million of it."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)]
    return f"<!DOCTYPE w:document [{''.join(lines)}]>"


def merged_rows(count: int) -> str:
    first = f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("Almaty")}</w:tc></w:tr>'
    rest = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * count
    return f"<w:tbl>{first}{rest}</w:tbl>"


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "brackets": ("a.md", lambda: b"[" * 40_000),
    "open links": ("a.md", lambda: b"[a](" * 500_000),
    "open tags": ("a.md", lambda: b"<p " * 20_000),
    "open comments": ("a.md", lambda: b"words <!-- " * 500_000),
    "open bold": ("a.md", lambda: b"**a " * 1_000_000),
    "blank lines": ("a.md", lambda: b"a" + b"\n" * 5_000_000),
    "spaces in a heading": ("a.md", lambda: b"# a" + b" " * 100_000 + b"b"),
    "dashes": ("a.md", lambda: b"a\n" + b"-" * 5_000_000 + b"x"),
    "deep quotations": ("a.md", lambda: b"> " * 100_000 + b"words"),
    "deep lists": ("a.md", lambda: b"\n".join(b" " * n + b"- a" for n in range(3_000))),
    "headings": ("a.md", lambda: b"# " + b"a" * 250 + b"\n## b\nwords\n" * 300_000),
    "front matter": ("a.md", lambda: b"---\n" + b"questions: [" + b"a," * 1_000_000 + b"]\n---\nwords"),
    "html open tags": ("a.html", lambda: b"<html><p>words" + b"<p " * 20_000),
    "html deep": ("a.html", lambda: b"<html><body>" + b"<div>" * 100_000 + b"deep"),
    "html deep, closed wrongly": ("a.html", lambda: b"<html><body>words" + b"<b>" * 3_000 + b"</i>" * 3_000),
    "html open comments": ("a.html", lambda: b"<html><p>words" + b"<!--" * 1_000_000),
    "html comments before": ("a.html", lambda: b"<!---->" * 500 + b"words"),
    "html attributes": ("a.html", lambda: b"<html><p " + b"a=b " * 1_000_000 + b">words"),
    "html entities": ("a.html", lambda: b"<html><p>words" + b"&#" * 1_000_000),
    "docx wide cell": (
        "a.docx",
        lambda: docx(f"<w:tbl><w:tr>{wide_cell('words', '100000000')}</w:tr></w:tbl>"),
    ),
    "docx cell of no number": (
        "a.docx",
        lambda: docx(f"<w:tbl><w:tr>{wide_cell('x', '9' * 5_000)}</w:tr></w:tbl>"),
    ),
    "docx merged rows": ("a.docx", lambda: docx(merged_rows(20_000))),
    "docx cells": (
        "a.docx",
        lambda: docx("<w:tbl>" + f"<w:tr>{wide_cell('x', '2')}</w:tr>" * 150_000 + "</w:tbl>"),
    ),
    "docx deep": ("a.docx", lambda: docx("<w:sdt>" * 100_000)),
    "docx empty paragraphs": ("a.docx", lambda: docx("<w:p/>" * 4_000_000 + paragraph("words"))),
    "docx zip bomb": ("a.docx", lambda: docx(paragraph("a" * 60_000_000))),
    "docx zip bomb beside": ("a.docx", lambda: docx(paragraph("a"), parts={"media": b"0" * 200_000_000})),
    "docx many parts": ("a.docx", lambda: docx(paragraph("a"), parts={f"p{n}": b"" for n in range(20_000)})),
    "docx entities": ("a.docx", lambda: docx(paragraph("&a10;"), prolog=entities())),
    "pdf loop": (
        "a.pdf",
        lambda: pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1 >>"),
    ),
    "pdf chain": ("a.pdf", lambda: pdf_of_chained_pages(5_000)),
    "pdf many pages": ("a.pdf", lambda: pdf_of_pages(100_000)),
    "pdf arrays": ("a.pdf", lambda: pdf_page(b"[" * 100_000)),
    "pdf zip bomb": (
        "a.pdf",
        lambda: pdf_page(zlib.compress(b"0" * 500_000_000, 9), b"/Filter /FlateDecode"),
    ),
    "pdf object stream": ("a.pdf", pdf_object_stream),
    "pdf operators": ("a.pdf", slow_pdf),
    "one line": ("a.txt", lambda: b"word " * 2_000_000),
    "one word": ("a.txt", lambda: b"a" * 10_000_000),
    "wrong magic": ("a.pdf", lambda: b"MZ" + b"\x00" * 1_000_000),
    "no text": ("a.txt", lambda: bytes(range(256)) * 40_000),
}
