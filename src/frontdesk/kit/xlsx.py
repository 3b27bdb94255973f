"""The cells of a spreadsheet (XLSX), as text."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from frontdesk.kit.ooxml import Element, Package, attribute, child, children, local
from frontdesk.kit.text import number_of

_COLUMN = re.compile(r"[A-Z]{1,3}")
_MOST_COLUMNS = 500
_DAY_ONE = datetime(1899, 12, 30)  # noqa: DTZ001  # spreadsheets know no zone
_DAY_ONE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_950_000
"""In the year 9976 or 9980, by either calendar: what is later is a number."""
_DATES = {*range(14, 23), *range(45, 48)}
"""The built-in number formats of dates and times."""
_DATE_SIGNS = re.compile(r"[ymdhs]", re.IGNORECASE)
_NO_SIGNS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first visible sheet with their numbers; cells as shown, dates as ISO 8601, errors empty.

    Raises `ValidationFailed` for a file that is broken, locked, or unpacks to too much.
    """
    package = Package(data, "XLSX")
    part = package.main("xl/workbook.xml")
    book = package.xml(part)
    sheets = [sheet for sheet in children(child(book, "sheets"), "sheet") if not attribute(sheet, "state")]
    links = package.links(part)
    if not sheets or attribute(sheets[0], "id") not in links:
        raise package.broken()
    sheet = package.xml(links[attribute(sheets[0], "id")][1])
    cells = _Cells(package, part, attribute(child(book, "workbookPr"), "date1904") in ("1", "true"))
    for number, row in enumerate(children(child(sheet, "sheetData"), "row"), 1):
        written = number_of(attribute(row, "r"), most_digits=8)
        yield number if written is None else written, cells.of(row)


class _Cells:
    """Reads cells of one workbook."""

    def __init__(self, package: Package, part: str, from_1904: bool) -> None:
        self._day_one = _DAY_ONE_1904 if from_1904 else _DAY_ONE
        self._texts = [_text(item) for item in children(package.related_xml(part, "sharedStrings"), "si")]
        self._dates = _date_styles(package.related_xml(part, "styles"))

    def of(self, row: Element) -> list[str]:
        texts: list[str] = []
        for cell in children(row, "c"):
            column = _column(attribute(cell, "r"), len(texts))
            if column >= _MOST_COLUMNS:
                break
            texts += [""] * (column + 1 - len(texts))
            texts[column] = self._value(cell).strip()
        return texts

    def _value(self, cell: Element) -> str:
        kind = attribute(cell, "t")
        if kind == "inlineStr":
            return _text(child(cell, "is"))
        value = child(cell, "v")
        written = str(value.text or "") if value is not None else ""
        if kind == "s":
            at = number_of(written, most_digits=8)
            return self._texts[at] if at is not None and at < len(self._texts) else ""
        if kind == "b":
            return "true" if written == "1" else "false"
        if kind == "e":
            return ""
        return self._number(written, attribute(cell, "s")) if kind in ("", "n") else written

    def _number(self, written: str, style: str) -> str:
        try:
            number = float(written)
        except ValueError:
            return written
        if style in self._dates and 0 <= number <= _LAST_DAY:
            moment = self._day_one + timedelta(seconds=round(number * 86_400))
            if 0 < number < 1:
                return moment.time().isoformat()
            return moment.isoformat() if number % 1 else moment.date().isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else written


def _text(item: Element | None) -> str:
    """Of a string with its formatted runs, without the reading aids of some scripts."""
    pieces: list[str] = []
    for element in () if item is None else item:
        if local(element) == "t":
            pieces.append(element.text or "")
        elif local(element) == "r":
            pieces += [inner.text or "" for inner in children(element, "t")]
    return "".join(pieces)


def _column(reference: str, following: int) -> int:
    """From `AB12`; the following one where the file does not say."""
    letters = _COLUMN.match(reference)
    if letters is None:
        return following
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, following)


def _date_styles(styles: Element | None) -> set[str]:
    """The indexes of cell styles that show dates or times."""
    own = {
        attribute(form, "numFmtId"): _NO_SIGNS.sub("", attribute(form, "formatCode"))
        for form in children(child(styles, "numFmts"), "numFmt")
    }
    dates = {str(number) for number in _DATES} | {
        key for key, code in own.items() if _DATE_SIGNS.search(code)
    }
    forms = children(child(styles, "cellXfs"), "xf")
    return {str(at) for at, form in enumerate(forms) if attribute(form, "numFmtId") in dates}
