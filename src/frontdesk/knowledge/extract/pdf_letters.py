"""Whether the letters of a PDF are what its reader sees: a file may draw one letter and name another."""

import re

from frontdesk.errors import ValidationFailed
from frontdesk.kit.encoding import best_page, likelihood

_WESTERN = re.compile("[À-ÿ]")
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_MOST_SEEN = 20_000
_ENOUGH = 60
"""Letters to judge by."""
_MOSTLY = 0.6
_LEAST_LIKELY = -3.7
_LEAST_READ = -3.6
_WRONG = "its letters may be wrong: compare the text with the file, or save the file anew"
_NO_LETTERS = "the PDF file does not say what its letters mean: save it anew, or as DOCX or text"


def checked(text: str, letters: int, unknown: int) -> tuple[str, list[str]]:
    """The text, read as Cyrillic where it is that in a Western code page, and warnings.

    Raises `ValidationFailed` where the file does not say what most of its letters mean.
    """
    if unknown > 0.5 * letters:
        raise ValidationFailed(_NO_LETTERS)
    warnings = (
        [f"{unknown} of {letters} letters have no meaning in the file"] if unknown > 0.02 * letters else []
    )
    sample = text[:_MOST_SEEN]
    if len(_WESTERN.findall(sample)) > _MOSTLY * max(len(_LETTER.findall(sample)), 10):
        cyrillic = _as_cyrillic(text)
        if cyrillic:
            return cyrillic, [*warnings, "its letters were read as Cyrillic: compare the text with the file"]
        warnings.append(_WRONG)
    elif _is_unlikely(sample):
        warnings.append(_WRONG)
    return text, warnings


def _as_cyrillic(text: str) -> str | None:
    page, likely = best_page(text[:_MOST_SEEN].encode("cp1252", "ignore"))
    if likely < _LEAST_READ:
        return None
    return "".join(_reread(character, page) for character in text)


def _reread(character: str, page: str) -> str:
    if character.isascii():
        return character
    try:
        return character.encode("cp1252").decode(page, "replace")
    except UnicodeEncodeError:
        return character


def _is_unlikely(sample: str) -> bool:
    cyrillic, latin = _CYRILLIC.findall(sample), _LATIN.findall(sample)
    if len(cyrillic) >= max(_ENOUGH, len(latin)):
        return likelihood("".join(cyrillic)) < _LEAST_LIKELY
    if len(latin) >= _ENOUGH:
        return not 0.2 < len(_VOWEL.findall(sample)) / len(latin) < 0.65
    return False
