"""Which macros are offered for a ticket, and in which order. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from frontdesk.kit.findable import asked_words, findable
from frontdesk.macros.macro import Macro
from frontdesk.macros.text import Filled, Variable, fill

_LANGUAGES = ("ru", "kk", "en")


@dataclass(frozen=True, slots=True)
class Offered:
    macro: Macro
    language: str | None
    """Of the text; None where the macro only does something."""
    filled: Filled


def offered(
    macros: Iterable[Macro],
    query: str,
    category: str | None,
    languages: Sequence[str | None],
    values: Mapping[Variable, str | None],
) -> list[Offered]:
    """Those in which every word of the query begins a word: of the ticket's category first, then the most used.

    `languages`: in which the customer is written to, the most wanted first.
    """
    words = asked_words(query)
    fitting = [macro for macro in macros if macro.category in (None, category) or words if _has(macro, words)]

    def place(macro: Macro) -> tuple[bool, bool, int, str]:
        by_name = _begin(findable(macro.name), words)
        return not by_name, macro.category != category, -macro.uses, macro.name.lower()

    return [_filled(macro, languages, values) for macro in sorted(fitting, key=place)]


def _has(macro: Macro, words: Sequence[str]) -> bool:
    return _begin(_words_of(macro.name, tuple(macro.texts.values())), words)


@lru_cache(maxsize=4096)
def _words_of(name: str, texts: tuple[str, ...]) -> str:
    return findable(name, *texts)


def _begin(text: str, words: Sequence[str]) -> bool:
    padded = f" {text}"
    return all(f" {word}" in padded for word in words)


def _filled(macro: Macro, languages: Sequence[str | None], values: Mapping[Variable, str | None]) -> Offered:
    wanted = (language for language in (*languages, *_LANGUAGES) if language in macro.texts)
    language = next(wanted, None)
    return Offered(macro, language, fill(macro.texts[language] if language else "", values))
