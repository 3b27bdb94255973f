"""PDF files as programs make them: columns, tables, running heads, broken sentences, locks and wrong letters."""

import pytest

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.extract.extracted import Extracted
from tests.unit.knowledge.bombs import pdf
from tests.unit.knowledge.locked import AES_128_OPEN, AES_256_LOCKED, AES_256_OPEN

_HELVETICA = (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",)
_UNNAMED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /A+B /Encoding /Identity-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A+B /FontDescriptor 5 0 R /DW 500"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    b"<< /Type /FontDescriptor /FontName /A+B /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200"
    b" /CapHeight 700 /StemV 80 /ItalicAngle 0 >>",
)


def at(x: int, y: int, text: str) -> bytes:
    return b"BT /F1 12 Tf %d %d Td (%s) Tj ET\n" % (x, y, text.encode("latin-1"))


def document(*pages: bytes, font: tuple[bytes, ...] = _HELVETICA) -> bytes:
    """A PDF of these contents; the font's objects are numbered from 3."""
    first = 3 + len(font)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        *font,
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /MediaBox [0 0 612 792]"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (first + 2 * number + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return pdf(*objects)


def read(*pages: bytes) -> Extracted:
    return extract("rules.pdf", document(*pages))


def column(x: int, top: int, *lines: str) -> bytes:
    return b"".join(at(x, top - 16 * number, line) for number, line in enumerate(lines))


@pytest.mark.parametrize("data", [AES_128_OPEN, AES_256_OPEN])
def test_a_file_that_opens_without_a_password_is_read(data: bytes) -> None:
    assert "Orders wait five days." in extract("a.pdf", data).text


def test_a_file_that_needs_a_password_is_refused_in_words() -> None:
    with pytest.raises(ValidationFailed, match="protected by a password"):
        extract("a.pdf", AES_256_LOCKED)


@pytest.mark.parametrize("shift", [0, 7])
def test_columns_are_read_one_after_another(shift: int) -> None:
    left = column(60, 700, "A return is possible", "within fourteen days", "with the receipt.")
    right = column(330, 700 - shift, "Delivery to Aktau", "takes five days", "and costs 2 500 tenge.")
    text = read(left + right).text
    assert "A return is possible within fourteen days with the receipt." in text
    assert "Delivery to Aktau takes five days and costs 2 500 tenge." in text


def test_lines_written_across_both_columns_are_not_mixed() -> None:
    lines = zip(
        ["A return is possible", "within fourteen days", "with the receipt."],
        ["Delivery to Aktau", "takes five days", "and costs 2 500 tenge."],
        strict=True,
    )
    page = b"".join(
        at(60, 700 - 16 * n, left) + at(330, 700 - 16 * n, right) for n, (left, right) in enumerate(lines)
    )
    text = read(
        at(60, 740, "Rules for everybody who buys something in the shop of this town today.") + page
    ).text
    assert "A return is possible within fourteen days with the receipt." in text


def test_a_table_keeps_its_columns() -> None:
    rows = [
        ("Town", "Courier", "Pick-up"),
        ("Almaty", "1 day", "1 day"),
        ("Aktau", "", "5 days"),
        ("Oral", "4 days", ""),
    ]
    page = b"".join(
        at(60 + 150 * column, 700 - 20 * row, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    )
    assert read(at(60, 740, "Terms of delivery to all the towns of the country:") + page).text.split("\n")[
        -3:
    ] == [
        "Town: Almaty; Courier: 1 day; Pick-up: 1 day",
        "Town: Aktau; Courier: —; Pick-up: 5 days",
        "Town: Oral; Courier: 4 days; Pick-up: —",
    ]


def test_a_sentence_goes_on_over_a_page_without_heads_and_feet() -> None:
    def page(number: int, *lines: str) -> bytes:
        return (
            at(60, 770, "Example shop. Rules") + column(60, 700, *lines) + at(280, 30, f"Page {number} of 2")
        )

    first = page(1, "Small goods go back at once.", "Large goods go back only")
    text = read(first, page(2, "with the report of an inspection.", "Ask at the desk.")).text
    assert "Large goods go back only with the report of an inspection." in text
    assert "Example shop" not in text
    assert "Page" not in text


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    assert (
        "\n14" in read(column(60, 700, "Days until the end.", "Count.", "14", "Fourteen.", "The end.")).text
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The guar-", "antee lasts two years."), "The guarantee lasts two years."),
        (("Goods by e-", "mail only."), "Goods by e-mail only."),
        (("It costs", "2 500 tenge."), "It costs 2 500 tenge."),
        (("First rule.", "Second rule."), "First rule.\nSecond rule."),
        (("Almaty ........ 500", "Aktau . . . . . . 900"), "Almaty — 500\nAktau — 900"),
    ],
)
def test_words_and_sentences_broken_at_the_edge_are_joined(lines: tuple[str, ...], text: str) -> None:
    assert read(column(60, 700, *lines)).text == text


def test_the_first_line_apart_is_the_title() -> None:
    extracted = read(at(60, 740, "Delivery") + column(60, 700, "Two days.", "By courier."))
    assert (extracted.title, extracted.text) == ("Delivery", "Two days.\nBy courier.")


def test_cyrillic_letters_behind_western_names_are_read_as_what_they_are() -> None:
    russian = "Доставка по Алматы идёт один день и стоит 1 500 тенге."
    extracted = read(at(60, 700, russian.encode("cp1251").decode("latin-1")))
    assert extracted.text == russian
    assert "Cyrillic" in extracted.warnings[0]


def test_letters_without_a_meaning_are_refused() -> None:
    content = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % b"".join(b"%04x" % code for code in range(36, 80))
    with pytest.raises(ValidationFailed, match="what its letters mean"):
        extract("a.pdf", document(content, font=_UNNAMED))


def test_letters_of_a_wrong_meaning_are_told() -> None:
    codes = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <7a> <0420> endbfrange"
    shifted = b"begincmap %s endcmap" % codes
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shifted), shifted),
    )
    written = "Delivery to Almaty takes one day and costs one thousand tenge, returns take fourteen days"
    [warning] = extract("a.pdf", document(at(60, 700, written), font=font)).warnings
    assert "may be wrong" in warning


def test_pages_without_text_are_counted() -> None:
    assert read(at(60, 700, "Two days."), b"", b"").warnings == (
        "2 of 3 pages hold no text (pictures or scans)",
    )
