from collections import Counter

from frontdesk.terms import Category, Intent
from frontdesk.understanding.local.model import shipped
from frontdesk.understanding.local.train import data_hash, held_out_accuracy, utterances


def test_the_shipped_weights_are_made_of_the_data_beside_them() -> None:
    assert shipped().data_hash == data_hash(), "run: python -m frontdesk.understanding.local.train"


def test_the_utterances_cover_every_category_and_intent_in_every_language() -> None:
    texts = utterances()
    for language in ("ru", "kk", "en"):
        mine = [text for text in texts if text["lang"] == language]
        categories = Counter(text["category"] for text in mine)
        assert set(categories) == {category.value for category in Category}
        assert min(categories.values()) >= 25
        assert {text["intent"] for text in mine} == {intent.value for intent in Intent}
        assert len({text["text"] for text in mine}) == len(mine)


def test_the_category_generalises_to_texts_it_has_not_seen() -> None:
    assert held_out_accuracy(utterances(), "category") > 0.75
