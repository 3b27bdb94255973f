"""Small spreadsheets, written by hand."""

import io
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _links(**targets: str) -> str:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind.rstrip("12")}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'


def sheet(rows: str, strings: str = "", styles: str = "", book: str = "") -> bytes:
    """An XLSX whose second, visible sheet has these rows; the first one is hidden."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _links(officeDocument="xl/workbook.xml"))
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _links(
                worksheet1="worksheets/one.xml",
                worksheet2="worksheets/two.xml",
                sharedStrings="sharedStrings.xml",
                styles="styles.xml",
            ),
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}<sheets><sheet name="a" state="hidden"'
            ' r:id="worksheet1"/><sheet name="b" r:id="worksheet2"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/worksheets/two.xml", f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>')
    return kept.getvalue()
