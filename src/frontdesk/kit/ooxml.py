"""The package that word processors and spreadsheets write: a ZIP archive of XML parts that name each other.

Elements and attributes go by their local names, which are the same in the transitional and the strict form.
"""

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from frontdesk.errors import ValidationFailed

_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_XML = 25 * 1024 * 1024
_MOST_PARTS = 10_000
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins; the second one is empty."""
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
)
"""What a damaged archive or part raises, besides what lxml does; `NotImplementedError` is a `RuntimeError`."""

Element = Any
"""Of lxml, which has no types."""


class Package:
    """One archive. `kind` names it in errors. Raises `ValidationFailed` for what is broken, locked or a bomb."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            parts = self._archive.infolist()
        except BROKEN_ARCHIVE as error:
            raise self.broken() from error
        if any(part.flag_bits & 1 for part in parts):
            raise ValidationFailed(f"the {kind} file is protected by a password")
        # The archive's reader holds every part to the size that it declares.
        if sum(part.file_size for part in parts) > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
            raise self._too_large()
        self._sizes = {part.filename: part.file_size for part in parts}

    def broken(self) -> ValidationFailed:
        return ValidationFailed(f"the {self._kind} file is broken")

    def _too_large(self) -> ValidationFailed:
        return ValidationFailed(f"the {self._kind} file unpacks to more than can be read safely")

    def main(self, usual: str) -> str:
        """The part that the package itself names as its document, else the usual one."""
        return [*self.related("", "officeDocument"), usual][0]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part (the package: an empty name) refers to."""
        return [
            target
            for kind_of, target in self.links(part).values()
            if kind_of == kind and target in self._sizes
        ]

    def related_xml(self, part: str, kind: str) -> Element | None:
        """The root of the first part of a kind that a part refers to; None where there is none."""
        names = self.related(part, kind)
        return self.xml(names[0]) if names else None

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """The kind and the target of each reference of a part, by its id."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        links: dict[str, tuple[str, str]] = {}
        for link in () if root is None else root:
            if local(link) == "Relationship":
                target = posixpath.normpath(posixpath.join("/", folder, attribute(link, "Target")))
                kind = attribute(link, "Type").rpartition("/")[2]
                links[attribute(link, "Id")] = kind, target.lstrip("/")
        return links

    def xml(self, part: str) -> Element | None:
        """The root of a part; None where there is none. A part that declares entities is refused."""
        from lxml import etree

        if part not in self._sizes:
            return None
        if self._sizes[part] > _MOST_XML:
            raise self._too_large()
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        try:
            root = etree.fromstring(self._archive.read(part), parser)
        except (*BROKEN_ARCHIVE, etree.LxmlError, SyntaxError) as error:
            raise self.broken() from error
        if root.getroottree().docinfo.doctype:
            raise self.broken()
        return root


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute in any namespace, else an empty text."""
    if element is None:
        return ""
    value = element.get(name)
    if value is None:
        value = next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")
    return str(value)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of this name, and so on down the path."""
    for name in path:
        element = next(children(element, name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of this name."""
    return (inner for inner in (() if element is None else element) if local(inner) == name)


def is_on(element: Element | None) -> bool:
    """Whether a property that may be switched is there and on."""
    return element is not None and attribute(element, "val").lower() not in ("0", "false", "off", "none")
