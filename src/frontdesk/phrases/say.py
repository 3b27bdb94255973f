"""Look a sentence up and fill it in."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Language = Literal["ru", "kk", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "kk", "en")


def spoken(language: str | None, default: str = "ru") -> Language:
    """The language the desk writes in for a customer of `language` (any BCP 47 code, or None)."""
    for code in (language, default):
        base = (code or "").lower().partition("-")[0]
        if base in LANGUAGES:
            return base
    return "ru"


def say(key: str, language: str | None, **values: object) -> str:
    """The sentence of `key` in `language`, in ru where the desk does not speak it.

    Raises `KeyError` for an unknown key or a value that the sentence needs and was not given.
    """
    return _texts()[key][spoken(language)].format(**values)


def keys() -> tuple[str, ...]:
    return tuple(_texts())


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = files("frontdesk.phrases").joinpath("phrases.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], json.loads(text))
