"""Which encoding a text is in, by evidence: what its bytes allow, and how likely the letters are that they give."""

import math
import re
from collections.abc import Iterable

from frontdesk.errors import ValidationFailed

_RUSSIAN = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (109, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5,
         4, 3, 3, 1, 1),
        strict=True,
    )
)  # fmt: skip
_KAZAKH = dict(
    zip(
        "аеыінтрлқдсмкбұғйоужшөпзгүңәиявхчфщцюэһьъё",
        (130, 90, 80, 70, 65, 60, 60, 55, 45, 45, 40, 35, 35, 30, 15, 25, 25, 25, 25, 22, 20, 12, 18, 18, 15, 15, 15,
         12, 12, 3, 4, 3, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1),
        strict=True,
    )
)  # fmt: skip
_LETTERS = {letter: math.log(share / 1000) for letter, share in _RUSSIAN.items()} | {
    letter: math.log(max(share, _RUSSIAN.get(letter, 0)) / 1000) for letter, share in _KAZAKH.items()
}
_SIGNS = {sign: math.log(0.01) for sign in "\u00a0«»—–№…“”„’‘•·°₸€₽©®™×§±²³¹½"}
_OTHER_LETTER = math.log(0.0004)
_STRANGE = math.log(0.00001)
_CASES = re.compile("[а-яёәғқңөұүһі][А-ЯЁӘҒҚҢӨҰҮҺІ]")
_ALPHABETS = re.compile("[a-z][а-яё]|[а-яё][a-z]|[а-яё][^\\W_][0-9]|[а-яё][«»№°©®™]\\w", re.IGNORECASE)
_PAGES = ("cp1251", "koi8-r", "cp866", "kz1048", "ptcp154", "mac-cyrillic", "iso8859-5", "koi8-u", "cp1252")
"""The commoner first: the first of equals wins."""
_NAMES = {"kz1048": "KZ-1048", "ptcp154": "PT154"}
_MOST_SEEN = 20_000
_WIDE_SHARE = 0.9


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text with plain line ends, and a warning where the encoding had to be guessed.

    UTF-8 and UTF-16 by the bytes; else what the file declares, unless its letters speak for another; else the most
    likely code page of Russian and Kazakh. Raises `ValidationFailed` for bytes that are no text.
    """
    wide = utf16_of(data)
    if wide:
        return _unix(data.decode(wide, "replace").lstrip("\ufeff")), ()
    try:
        return _unix(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        if data.count(b"\x00") > len(data) // 4:
            raise ValidationFailed("the file is not text, or its encoding is unknown") from error
    if is_damaged_utf8(data):
        return _unix(data.decode("utf-8-sig", "replace")), (
            "some bytes were not valid UTF-8 and were replaced",
        )
    seen = telling(data)
    best, highest = best_page(seen)
    if declared and _is_plausible(seen, declared, highest):
        return _unix(data.decode(declared, "replace")), ()
    name = _NAMES.get(best, best)
    return _unix(data.decode(best, "replace")), (
        f"read as {name}: save the file as UTF-8 if letters look wrong",
    )


def best_page(seen: bytes) -> tuple[str, float]:
    """The code page in which bytes make the likeliest Russian or Kazakh, and how likely it is."""
    likely = {page: page_likelihood(seen, page) for page in _PAGES}
    best = max(likely, key=lambda page: likely[page])
    return best, likely[best]


def likelihood(letters: str) -> float:
    """The mean likelihood of Cyrillic letters, a logarithm: about -3 in a text, below -3.7 in letters at random."""
    return sum(_weight(letter) for letter in letters) / max(len(letters), 1)


def page_of(lines: Iterable[bytes]) -> str | None:
    """The code page that the lines of a file speak for; None for UTF-8, a little damaged or not."""
    seen = b""
    for line in lines:
        if not line.isascii():
            seen += line
        if len(seen) > _MOST_SEEN:
            break
    try:
        seen.decode("utf-8")
    except UnicodeDecodeError:
        return None if is_damaged_utf8(seen) else best_page(telling(seen))[0]
    return None


def utf16_of(data: bytes) -> str | None:
    """The codec of a text in UTF-16, by its mark or by its high bytes; None for others."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:8192]
    half = len(sample) // 2
    if half < 8 or (len(data) % 2 and len(data) == len(sample)):
        return None
    for codec, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        tops, bottoms = sample[high : 2 * half : 2], sample[low : 2 * half : 2]
        wide = sum(tops.count(top) for top in (0, 4, 0x20))
        if wide > _WIDE_SHARE * half and tops.count(0) + tops.count(4) > 0.8 * half and len(set(bottoms)) > 4:
            plain = tops.count(0) < half or bottoms.count(0) == 0
            if plain and bottoms.count(0) < 0.02 * half:
                return codec
    return None


def is_damaged_utf8(data: bytes) -> bool:
    """More letters are valid UTF-8 than bytes are not."""
    valid = data.decode("utf-8-sig", "ignore")
    letters = sum(not character.isascii() for character in valid[:2_000_000])
    return letters > len(data) - len(valid.encode())


_HIGH = re.compile(rb"[\x80-\xff]")


def telling(data: bytes) -> bytes:
    """The lines with bytes above ASCII, up to a limit."""
    kept: list[bytes] = []
    size = 0
    end = 0
    while size <= _MOST_SEEN and (high := _HIGH.search(data, end)):
        start = max(end, high.start() - 80)
        before = re.split(rb"[\n\r]", data[start : high.start()])[-1]
        after = re.split(rb"[\n\r]", data[high.start() : high.start() + 401], maxsplit=1)[0]
        kept.append(before + after)
        end = high.start() + len(after)
        size += len(before) + len(after)
    return b"\n".join(kept)


def page_likelihood(seen: bytes, page: str) -> float:
    """The mean likelihood of what the bytes above ASCII mean in a code page."""
    text = seen.decode(page, "replace")
    high = [character for character in text if not character.isascii()]
    total = sum(_weight(character) for character in high)
    odd = len(_CASES.findall(text)) + len(_ALPHABETS.findall(text))
    # Signs within words, capitals after small letters and mixed alphabets speak against a page.
    return (total - 6.0 * odd) / max(len(high), 1)


def _weight(character: str) -> float:
    lower = character.lower()
    if lower in _LETTERS:
        return _LETTERS[lower]
    if character in _SIGNS:
        return _SIGNS[character]
    return _OTHER_LETTER if character.isalpha() else _STRANGE


def _is_plausible(seen: bytes, declared: str, best: float) -> bool:
    try:
        return page_likelihood(seen, declared) > best - 1.0
    except (LookupError, ValueError, UnicodeError):
        return False


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
