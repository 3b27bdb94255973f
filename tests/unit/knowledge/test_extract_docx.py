"""DOCX files as word processors write them: as a reader sees them once every change is accepted."""

import io
import zipfile

import pytest

from frontdesk.knowledge.extract import extract
from tests.unit.knowledge.bombs import docx, paragraph

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_RAISED = '<w:vertAlign w:val="superscript"/>'
_SHOWN = '<w:vanish w:val="0"/>'
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cells(*texts: str) -> str:
    return "".join(f"<w:tc>{text if text.startswith('<') else paragraph(text)}</w:tc>" for text in texts)


def read(body: str, **parts: str) -> str:
    """The text below a title."""
    names = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{_WORDS}">{part}</w:{name}>'.encode()
        for name, part in parts.items()
    }
    links = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    names["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{package}">{links}</Relationships>'.encode()
    )
    return extract("a.docx", docx(paragraph("Title") + body, parts=names)).text


def renamed(data: bytes, changes: dict[str, str]) -> bytes:
    """The archive with these texts replaced in the names and contents of its parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            for before, after in changes.items():
                content = content.replace(before, after)
            new.writestr(
                next((name.replace(*change) for change in changes.items() if change[0] in name), name),
                content,
            )
    return kept.getvalue()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('in ')}<w:del>{run('30')}</w:del><w:ins>{run('7')}</w:ins>{run(' days')}</w:p>", "in 7 days"),
        (f"<w:p><w:moveFrom>{run('here')}</w:moveFrom><w:moveTo>{run('there')}</w:moveTo></w:p>", "there"),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('in seven ')}</w:p><w:p>{run('days')}</w:p>",
            "in seven days",
        ),
        (f"<w:sdt><w:sdtContent>{paragraph('24 months')}</w:sdtContent></w:sdt>", "24 months"),
        (
            f"<w:p>{run('is ')}<w:sdt><w:sdtContent>{run('12 months')}</w:sdtContent></w:sdt>{run('.')}</w:p>",
            "is 12 months.",
        ),
        (f"<w:p><w:smartTag>{run('Almaty')}</w:smartTag><w:hyperlink>{run(' shop')}</w:hyperlink></w:p>", "Almaty shop"),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText><w:t>code</w:t></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("5 May")}'
            f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" till")}</w:p>',
            "5 May till",
        ),
        (f'<w:p><w:fldSimple w:instr="x">{run("14")}</w:fldSimple>{run(" days")}</w:p>', "14 days"),
        (f"<w:p>{run('5 percent')}{run(' secret', '<w:vanish/>')}</w:p>", "5 percent"),
        (f"<w:p>{run('shown', _SHOWN)}</w:p>", "shown"),
        (f"<w:p>{run('12 000', '<w:strike/>')}{run('9 900')}</w:p>", "9 900"),
        (f"<w:p>{run('5 000')}{run('1', _RAISED)}{run(' tenge')}</w:p>", "5 000 tenge"),
        ("<w:p><w:r><w:t>8</w:t><w:noBreakHyphen/><w:t>800</w:t><w:softHyphen/><w:tab/></w:r></w:p>", "8-800"),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Click')}</w:sdtContent></w:sdt>"
            + paragraph("Text"),
            "Text",
        ),
    ],
)  # fmt: skip
def test_a_paragraph_is_what_its_reader_sees(body: str, text: str) -> None:
    assert read(body) == text


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Open till nine.')}</w:txbxContent>"
    body = (
        '<w:p><w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('Hours.')}</w:p>"
    )
    assert read(body) == "Hours.\n\nOpen till nine."


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_by_its_sentence(kind: str) -> None:
    note = f'<w:{kind} w:id="2">{paragraph("Except linen.")}</w:{kind}>'
    mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="2"/></w:r>'
    assert (
        read(f"<w:p>{run('14 days')}{mark}{run('.')}</w:p>", **{f"{kind}s": note})
        == "14 days (Except linen)."
    )


def test_equal_and_empty_cells_stay_in_their_columns() -> None:
    rows = (
        cells("Town", "Courier", "Pick-up"),
        cells("Almaty", "1 day", "1 day"),
        cells("Aktau", "", "5 days"),
    )
    assert read(table(*rows)).split("\n") == [
        "Town: Almaty; Courier: 1 day; Pick-up: 1 day",
        "Town: Aktau; Courier: —; Pick-up: 5 days",
    ]


def test_two_columns_have_names_only_where_the_file_marks_them() -> None:
    assert read(table(cells("Courier", "free"), cells("Post", "1 500"))) == "Courier; free\nPost; 1 500"
    bold = "".join(f"<w:tc><w:p>{run(name, '<w:b/>')}</w:p></w:tc>" for name in ("Way", "Price"))
    assert read(table(bold, cells("Post", "1 500"))) == "Way: Post; Price: 1 500"


def test_merged_cells_are_told_in_each_row_and_a_deleted_row_is_not() -> None:
    start = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("Aktau")}</w:tc>'
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    deleted = "<w:trPr><w:del/></w:trPr>" + cells("Oral", "9")
    assert (
        read(table(start + cells("2 000"), goes_on + cells("3 500"), deleted)) == "Aktau; 2 000\nAktau; 3 500"
    )


def test_a_table_within_a_cell_stands_beside_its_row() -> None:
    inner = table(cells("3 days", "1 200")) + "<w:p/>"
    assert (
        read(table(cells("Town", "Term"), cells("Shymkent", inner))) == "Town; Term\nShymkent; 3 days, 1 200"
    )


def test_a_table_for_the_layout_is_read_cell_by_cell() -> None:
    assert read(table(cells(paragraph("One.") + paragraph("Two.")))) == "One.\n\nTwo."


def test_styles_count_by_their_name_outline_and_ancestors() -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="Заголовок 2"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="Mine"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="Inner"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="d"><w:name w:val="toc 1"/></w:style>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(f"Text {style}")}</w:p>' for style in "bcdx"
    )
    numbered = f'<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>{run("item")}</w:p>'
    assert read(body + numbered, styles=styles) == "## Text b\n\nText x\n\n- item"


@pytest.mark.parametrize(
    "changes",
    [
        {"document.xml": "document2.xml"},
        {"word/document.xml": "story/main.xml"},
        {_WORDS: "http://purl.oclc.org/ooxml/wordprocessingml/main",
         _OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships"},
    ],
    ids=["document2", "another folder", "strict"],
)  # fmt: skip
def test_the_package_names_its_main_part(changes: dict[str, str]) -> None:
    whole = docx(paragraph("Pick-up") + table(cells("a", "b")))
    extracted = extract("a.docx", renamed(whole, changes))
    assert (extracted.title, extracted.text) == ("Pick-up", "a; b")


def test_the_title_is_the_first_short_line_where_nothing_names_one() -> None:
    assert extract("a.docx", docx(paragraph("Fitting") + paragraph("Three things."))).title == "Fitting"
    assert (
        extract("some_rules.docx", docx(paragraph("Long sentence one.") + paragraph("Two."))).title
        == "some rules"
    )


def test_what_cannot_be_read_is_named() -> None:
    pictures = (
        "<w:p><w:r><w:drawing><x:pic xmlns:x='p'/><x:pic xmlns:x='p'/></w:drawing></w:r></w:p><w:altChunk/>"
    )
    [warning] = extract("a.docx", docx(paragraph("Title") + paragraph("Text.") + pictures)).warnings
    assert warning == "not read: 2 pictures, 1 attached document"


def test_what_a_layout_table_holds_is_told_once() -> None:
    picture = "<w:p><w:r><w:drawing><x:pic xmlns:x='p'/></w:drawing></w:r></w:p>"
    layout = f"<w:tbl><w:tr><w:tc>{picture}{paragraph('Text.')}</w:tc></w:tr></w:tbl>"
    [warning] = extract("a.docx", docx(paragraph("Title") + layout)).warnings
    assert warning == "not read: 1 picture"
