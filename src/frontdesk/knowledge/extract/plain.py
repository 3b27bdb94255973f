"""Plain text in any usual encoding."""

import re

from frontdesk.errors import ValidationFailed
from frontdesk.knowledge.extract.extracted import Extracted

_CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_COMMON = re.compile("[оеаинтсрвл]")
"""The ten most frequent lower-case letters of Russian, which are many in the right encoding."""


def read(data: bytes) -> Extracted:
    text, warnings = decode(data)
    first, _, rest = text.lstrip("\n").partition("\n")
    # A short first line with a blank one below it is the title.
    if (
        rest.startswith("\n")
        and 0 < len(first.strip()) <= 120
        and rest.strip()
        and not first.strip().endswith(".")
    ):
        return Extracted(first.strip("# \t"), rest.strip("\n"), warnings=warnings)
    return Extracted("", text, warnings=warnings)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 or UTF-16 by the bytes, else the most likely Cyrillic code page, with a warning."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _unix(data.decode("utf-16", "replace")), ()
    try:
        return _unix(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        if data.count(b"\x00") > len(data) // 4:
            raise ValidationFailed("the file is not text, or its encoding is unknown") from error
    valid = data.decode("utf-8-sig", "ignore")
    if len(valid.encode()) > 0.98 * len(data):
        return _unix(data.decode("utf-8-sig", "replace")), (
            "some bytes were not valid UTF-8 and were replaced",
        )
    readings = {name: data.decode(name, "replace") for name in ("cp1251", "koi8-r", "cp866", "cp1252")}
    best = max(readings, key=lambda name: _likely(readings[name]))
    return _unix(readings[best]), (f"read as {best}: save the file as UTF-8 if letters look wrong",)


def _likely(text: str) -> float:
    sample = text[:20_000]
    odd = sum(not (c.isalnum() or c.isspace() or c.isascii() or c in "«»—–№…“”’₸€") for c in sample)
    return len(_COMMON.findall(sample)) + 0.3 * len(_CYRILLIC.findall(sample)) - 3.0 * odd


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
