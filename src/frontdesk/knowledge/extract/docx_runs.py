"""The text within a paragraph: runs, tracked changes as accepted, fields, notes, text boxes."""

from collections import Counter
from collections.abc import Callable, Iterator

from frontdesk.kit.ooxml import Element, attribute, child, is_on, local
from frontdesk.knowledge.extract.docx_styles import Styles, hides
from frontdesk.knowledge.extract.letters import raised

_LEFT_OUT = {
    "del", "moveFrom", "delText", "rPr", "pPr", "instrText", "delInstrText", "rt", "sdtPr", "sdtEndPr",
    "commentReference", "annotationRef", "sectPr", "tblPr", "txbxContent",
}  # fmt: skip
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_UNREAD = {
    "pic": "picture", "imagedata": "picture", "chart": "chart", "relIds": "diagram", "OLEObject": "embedded object",
}  # fmt: skip
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Runs:
    """Reads paragraphs of one document; `unread` counts what holds text that cannot be read."""

    def __init__(self, styles: Styles, note: Callable[[str, str], str]) -> None:
        self._styles = styles
        self._note = note
        self.unread: Counter[str] = Counter()
        self._fields: list[bool] = []
        """For each open field, whether its instruction goes on, which is no text."""

    def text(self, paragraph: Element, is_hidden: bool = False) -> tuple[str, list[Element]]:
        """The text of a paragraph and the text boxes anchored in it."""
        pieces: list[str] = []
        boxes: list[Element] = []
        self._read(paragraph, pieces, boxes, is_hidden)
        if any(self._fields):  # an instruction ends with its paragraph, whatever the file says
            self._fields.clear()
        return "".join(pieces), boxes

    def _read(self, parent: Element, pieces: list[str], boxes: list[Element], is_hidden: bool) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._read_run(element, pieces, boxes, is_hidden)
            elif name == "t":
                if not is_hidden and not any(self._fields):
                    pieces.append(element.text or "")
            elif name == "txbxContent":
                boxes.append(element)
            elif name == "fldChar":
                self._change_field(attribute(element, "fldCharType"))
            elif name in _NOTES:
                note = "" if is_hidden else self._note(_NOTES[name], attribute(element, "id"))
                pieces.append(f" ({note})" if note else "")
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name == "br":
                pieces.append(" " if attribute(element, "type") in ("page", "column") else "\n")
            elif name and name not in _LEFT_OUT:
                self._read_other(element, name, pieces, boxes, is_hidden)

    def _read_other(
        self, element: Element, name: str, pieces: list[str], boxes: list[Element], is_hidden: bool
    ) -> None:
        if name in _UNREAD:
            self.unread[_UNREAD[name]] += 1
        for inner in shown(element):
            self._read(inner, pieces, boxes, is_hidden)

    def _read_run(self, run: Element, pieces: list[str], boxes: list[Element], is_hidden: bool) -> None:
        properties = child(run, "rPr")
        hidden = hides(properties)
        if hidden is None:
            style = attribute(child(properties, "rStyle"), "val")
            hidden = is_hidden or (bool(style) and self._styles.of(style).is_hidden)
        if attribute(child(properties, "vertAlign"), "val") != "superscript":
            self._read(run, pieces, boxes, hidden)
            return
        marks: list[str] = []
        self._read(run, marks, boxes, hidden)
        pieces.append(raised("".join(marks), "".join(pieces[-3:])))

    def _change_field(self, change: str) -> None:
        if change == "begin":
            self._fields.append(True)
        elif self._fields and change == "separate":
            self._fields[-1] = False
        elif self._fields and change == "end":
            self._fields.pop()


def shown(element: Element) -> Iterator[Element]:
    """What stands for an element: of alternatives the first that has content, of a control what was filled in."""
    name = local(element)
    if name == "AlternateContent":
        options = [option for option in element if local(option) in ("Choice", "Fallback") and len(option)]
        yield from options[:1]
    elif name == "sdt":
        properties = child(element, "sdtPr")
        gallery = attribute(child(properties, "docPartObj", "docPartGallery"), "val")
        if gallery != "Table of Contents" and not is_on(child(properties, "showingPlcHdr")):
            yield from (inner for inner in element if local(inner) == "sdtContent")
    else:
        yield element
