"""From a text to its features, the same for training and for classifying."""

from frontdesk.understanding.local import language as languages
from frontdesk.understanding.local.features import Bag, bag, forms_of
from frontdesk.understanding.local.sentiment import sentiment_words
from frontdesk.understanding.local.text import view


def bag_of(text: str, language: str | None = None) -> tuple[Bag, str]:
    """The features of a text of any content, and its language, detected where it is not given."""
    text_view = view(text)
    if language is None:
        language, _ = languages.detect(text_view.clean, text_view.words, None, "en")
    forms = forms_of(text_view.words, language)
    return bag(text_view.clean, forms, sentiment_words(forms, language)), language
