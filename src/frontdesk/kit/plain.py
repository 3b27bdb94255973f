"""A text as it is meant, however it was spelled, with every place of the original kept.

Invisible characters, odd spaces and dashes, full-width and look-alike letters, decomposed letters, entities and
tags come from keyboards, word processors and mail programs, and mean nothing; nor does the layout that a keyboard was
switched to. Every reader reads the plain text; what is shown or quoted is cut from the original by `Plain.span`.
"""

import html
import re
import unicodedata
from functools import lru_cache

from frontdesk.kit import keyboard, lookalikes
from frontdesk.kit.rewriting import Rewriting

_CLEARLY = 0.75
"""In a text with so many Cyrillic letters a lone `c` is one too."""
_ROUNDS = 6
"""What is hidden in more layers than so many loses its brackets."""
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
)
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_DASHES = "\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\uff07\u00b4"


_EVERY = "".join(map(chr, range(0x10000)))


def _each(characters: str) -> list[int]:
    return [ord(character) for character in re.findall(f"[{characters}]", _EVERY)]


_TABLE: dict[int, str] = {
    **dict.fromkeys(_each(_SPACES), " "),
    **dict.fromkeys(_each(_LINE_ENDS), "\n"),
    **dict.fromkeys(_each(_DASHES), "-"),
    **dict.fromkeys(_each(_APOSTROPHES), "'"),
}
_ODD = re.compile(r"[^\n !-%'-;=-~Ѐ-ӿ«»„“”…№₸€₽©\u2600-\u27bf\U0001f000-\U0001faff]|  ")
"""Nothing else needs a look, but `&`, `<` and words of two alphabets."""
_GONE = re.compile(f"\r(?=\n)|[{_INVISIBLE}]")
_RETURN = re.compile("\r")
_CLUSTER = re.compile(r".?[\u0300-\u036f]+|[^\n -~Ѐ-ӿ]")
_RUN = re.compile(r" {2,}")

_HIDDEN = re.compile(r"<(style|script)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:amp;)*([a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_TAG = re.compile(
    r"<(?![\w.+-]{1,100}@[\w.-]{1,200}\s?>|\w{1,20}://|mailto:)/?([a-zA-Z][a-zA-Z0-9]{0,20})(?!\w)[^<>]{0,400}>"
)
"""Not `<anna@mail.example>` and `<https://shop.example>`."""
_BLOCK_NAMES = """
address article aside blockquote body br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 head header
hr html li main nav ol option p pre section table tbody tfoot thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th", "img", "input", "button", "select"})
_BRACKET = re.compile(r"[<&]")


class Plain(Rewriting):
    """`text` is the plain text; `span(start, end)` leads from it to the original."""


def plain(text: str, markup: bool = True) -> Plain:
    """The plain text of any text; that of a plain text is itself. `markup`: entities and tags are no text."""
    result = Plain(text)
    rounds = 0
    while _needs_work(result.text, markup):
        rounds += 1
        before = result.text
        _characters(result)
        if markup and _BRACKET.search(result.text):
            _markup(result, rounds)
        _letters(result)
        if "  " in result.text:
            result.sub(_RUN, lambda _: " ")
        if result.text == before:
            break
    again = keyboard.retyped(result.text)
    if again:
        result.sub(keyboard.TOKEN, lambda match: again[match.group()])
    return result


def _needs_work(text: str, markup: bool) -> bool:
    """A cheap look that finds nothing in most texts."""
    if markup and ("<" in text or "&" in text):
        return True
    if _ODD.search(text):
        return True
    return not text.isascii() and bool(lookalikes.MIXED.search(text) or lookalikes.STRAY.search(text))


def _characters(result: Rewriting) -> None:
    if not _ODD.search(result.text):
        return
    result.translate(_TABLE)
    if not _ODD.search(result.text):
        return
    result.sub(_GONE, lambda _: "")
    result.sub(_RETURN, lambda _: "\n")
    result.sub(_CLUSTER, lambda match: _composed(match.group()))


@lru_cache(maxsize=4_096)
def _composed(cluster: str) -> str:
    """A letter with its marks as one character; stress marks that make no letter are left out."""
    base = "".join(map(_compatible, cluster))
    joined = unicodedata.normalize("NFC", base)
    return "".join(c for c in joined if not "\u0300" <= c <= "\u036f")


def _compatible(character: str) -> str:
    """NFKC, but for signs with a meaning of their own: `№`, `…`, `²`, `½`, `™`."""
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind in {"No", "So", "Sk", "Lm"} or character == "…":
        return character
    if kind == "Cs":
        return "\ufffd"
    return unicodedata.normalize("NFKC", character)


def _markup(result: Rewriting, rounds: int) -> None:
    if rounds > _ROUNDS:
        result.sub(_BRACKET, lambda _: " ")
        return
    result.sub(_ENTITY, _decoded)
    result.sub(_HIDDEN, lambda _: " ")
    result.sub(_TAG, _instead)


def _decoded(match: re.Match[str]) -> str:
    return html.unescape(f"&{match[1]};")


def _instead(match: re.Match[str]) -> str:
    """What a tag leaves between its neighbours."""
    name = match[1].lower()
    return "\n" if name in _BLOCKS else " " if name in _CELLS else ""


def _letters(result: Rewriting) -> None:
    if result.text.isascii():
        return
    mixed, stray = lookalikes.MIXED.search(result.text), lookalikes.STRAY.search(result.text)
    leaning = lookalikes.leaning(result.text) if mixed or stray else 0.0
    if mixed:
        result.sub(lookalikes.WORD, lambda match: _settled(match.group(), leaning >= 0.5))
    if stray and leaning >= _CLEARLY:
        result.sub(lookalikes.STRAY, lambda match: match.group().translate(lookalikes.TO_CYRILLIC))


def _settled(word: str, in_cyrillic_text: bool) -> str:
    return lookalikes.settled(word, in_cyrillic_text) if lookalikes.MIXED.search(word) else word
