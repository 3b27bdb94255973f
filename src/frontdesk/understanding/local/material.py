"""A text as everything that learns or judges by features sees it."""

from frontdesk.understanding.local import language as languages
from frontdesk.understanding.local.features import Bag, bag, forms_of
from frontdesk.understanding.local.sentiment import tones
from frontdesk.understanding.local.text import view


def bag_of(text: str, language: str | None = None) -> tuple[Bag, str]:
    """The features of a text of any content, and its language, detected where it is not told."""
    seen = view(text)
    if language is None:
        language, _ = languages.detect(seen.clean, seen.words, None, "en")
    forms = forms_of(seen.words, language)
    return bag(seen.clean, forms, tones(forms, language)), language
