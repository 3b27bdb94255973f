"""Looks a phrase up and fills in its values."""

import json
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Language = Literal["ru", "kk", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "kk", "en")


def supported_language(language: str | None, default: str = "ru") -> Language:
    """The desk's language for a customer of `language` (any BCP 47 code, or None)."""
    for code in (language, default):
        base = (code or "").lower().partition("-")[0]
        if base in LANGUAGES:
            return base
    return "ru"


def say(key: str, language: str | None, **values: object) -> str:
    """The sentence of `key` in `language`, in ru for another language.

    Raises `KeyError` for an unknown key or a missing value.
    """
    return _texts()[key][supported_language(language)].format(**values)


def keys() -> tuple[str, ...]:
    return tuple(_texts())


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = files("frontdesk.phrases").joinpath("phrases.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], json.loads(text))
