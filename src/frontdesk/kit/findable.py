"""What a text is found by: its words in their plain form, and its phones as one number each."""

import re

from frontdesk.kit.phones import find_phones
from frontdesk.kit.plain import plain
from frontdesk.kit.words import fold

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 60
_MOST_CHARACTERS = 60_000
"""Read of one text; a search index takes no texts without end."""
_WITH_PHONES = 8_000
"""Characters in which phones are looked for, which takes longer than words."""
_MOST_ASKED = 20


def findable(*texts: str | None) -> str:
    """The words of all texts, folded and separated by spaces, and the digits of every phone."""
    meant = "\n".join(plain(text[:_MOST_CHARACTERS]).text for text in texts if text)[:_MOST_CHARACTERS]
    phones = [_digits(phone.number) for phone in find_phones(meant[:_WITH_PHONES])]
    return " ".join([*_words(meant), *phones])


def phrase(text: str) -> str:
    """The words of a text in the form of `findable`, to be looked for one after another."""
    return " ".join(_words(plain(text).text))


def asked_words(query: str) -> list[str]:
    """The words that a query asks for, each once; a phone is one word, however it is spelled."""
    meant = plain(query).text
    pieces, at = [], 0
    for phone in find_phones(meant):
        pieces += [meant[at : phone.start], f" {_digits(phone.number)} "]
        at = phone.end
    return list(dict.fromkeys(_words("".join([*pieces, meant[at:]]))))[:_MOST_ASKED]


def _words(text: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


def _digits(number: str) -> str:
    return number.lstrip("+")
