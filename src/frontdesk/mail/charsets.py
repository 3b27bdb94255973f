"""Bytes of a message as text: by the declared charset, and by evidence where it cannot be right."""

import codecs
import re

from frontdesk.kit import encoding

_ALIASES = {
    "kz-1048": "kz1048",
    "strk1048-2002": "kz1048",
    "rk1048": "kz1048",
    "pt154": "ptcp154",
    "cp154": "ptcp154",
    "x-mac-cyrillic": "mac-cyrillic",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8",
    "utf8mb4": "utf-8",
    "ansi_x3.110-1983": "iso-8859-1",
}
_ESCAPED = ("iso2022", "hz", "utf-7")
"""Their bytes look like ASCII, so bytes alone never speak against them."""
_EASTERN = ("cp949", "cp932", "euc", "gb18030", "big5", "shift", "johab", "cp950")
_WINDOWS = re.compile(r"^(?:x-)?(?:win|windows|cp|ansi|microsoft)[-_ ]?(?:cp[-_]?)?(\d{3,4})$")
_KOI8 = re.compile(r"^koi8?[-_ ]?(r|u)$")
_LATIN = frozenset({
    "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-14",
    "iso8859-15", "iso8859-16", "cp1250", "cp1252", "cp1254", "cp1257", "mac-roman", "cp437", "cp850", "cp852",
})  # fmt: skip
_HIGH_RUN = re.compile(
    rb"([A-Za-z]?)([\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xa1\xa3\xa5\xa6\xa9\xaa\xac\xae\xaf\xb1\xb3\xb5\xb6\xb9\xba\xbc\xbe-\xff]+)"
    rb"(?=([A-Za-z]?))"
)
"""Letters of Latin code pages, with the ASCII letters beside them."""
_MARGIN = 0.1
"""By so much another page must be likelier than the declared; in a short text by more."""
_SHORT_MARGIN = 2.0
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "palmos"})


def codec_of(name: str) -> str | None:
    """Python's name of a declared charset; None where it knows none."""
    asked = name.strip().strip("\"'").lower()[:40]
    if windows := _WINDOWS.match(asked):
        asked = f"cp{windows[1]}"
    elif koi8 := _KOI8.match(asked):
        asked = f"koi8-{koi8[1]}"
    try:
        codec = codecs.lookup(_ALIASES.get(asked, asked)).name
        b"".decode(codec)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if codec in _NOT_CHARSETS else codec


def decoded(data: bytes, declared: str = "") -> tuple[str, str | None]:
    """The text, and a warning where its charset had to be guessed or bytes had to be replaced."""
    codec = codec_of(declared) if declared else None
    if codec and (text := _as_declared(data, codec)) is not None:
        return text, None
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    wide = encoding.utf16_of(data)
    if wide:
        return data.decode(wide, "replace").lstrip("\ufeff"), None
    if encoding.is_damaged_utf8(data):
        return data.decode("utf-8-sig", "replace"), "a text holds damaged letters"
    page = _page(data, codec)
    guessed = f"a text declared as {declared or 'nothing'} was read by its letters"
    return data.decode(page, "replace"), None if page == codec else guessed


def _page(data: bytes, codec: str | None) -> str:
    """The declared code page, unless the letters speak for another."""
    telling = encoding.telling(data)
    if _is_latin(telling, 0.3 if codec in _LATIN else 0.6):
        return codec if codec in _LATIN else "cp1252"
    best, highest = encoding.best_page(telling)
    if codec is None:
        return best
    high = sum(byte > 0x7F for byte in telling)
    margin = _MARGIN + _SHORT_MARGIN / max(high, 1)
    try:
        return codec if encoding.page_likelihood(telling, codec) > highest - margin else best
    except (LookupError, UnicodeError, ValueError):
        return best


def _is_latin(data: bytes, share: float) -> bool:
    """The letters above ASCII stand within words of Latin letters, or there are only signs."""
    runs = _HIGH_RUN.findall(data)
    within = sum(bool(before or after) for before, _, after in runs)
    return within >= share * len(runs)


def _as_declared(data: bytes, codec: str) -> str | None:
    """None where evidence shall decide: for code pages of one byte, whose every byte is some letter."""
    if codec.startswith(("utf-16", "utf-32")):
        return _strict(data, codec) if b"\x00" in data or not data.isascii() else None
    if codec.startswith(_ESCAPED):
        return _strict(data, codec) if data.isascii() else None
    if codec.startswith(_EASTERN) and not _is_utf8(data):
        text = data.decode(codec, "replace")
        return text if text.count("\ufffd") * 20 <= len(text) else None
    return None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _is_utf8(data: bytes) -> bool:
    return _strict(data, "utf-8") is not None
