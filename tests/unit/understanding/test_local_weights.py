from collections import Counter

from frontdesk.terms import Category, Intent
from frontdesk.understanding.local.corpus import LANGUAGES, utterances
from frontdesk.understanding.local.model import shipped
from frontdesk.understanding.local.train import data_hash


def test_the_shipped_weights_are_made_of_the_data_beside_them() -> None:
    assert shipped().data_hash == data_hash(), "run: python -m frontdesk.understanding.local.train"


def test_the_utterances_cover_every_category_and_intent_in_every_language() -> None:
    said = utterances()
    for language in LANGUAGES:
        mine = [one for one in said if one.language == language]
        categories = Counter(one.category for one in mine)
        assert set(categories) == set(map(str, Category))
        assert min(categories.values()) >= 400
        intents = Counter(one.intent for one in mine)
        assert set(intents) == set(map(str, Intent))
        assert min(intents.values()) >= 100


def test_no_utterance_stands_twice_under_different_readings() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for one in utterances():
        reading = (one.category, one.intent)
        assert seen.setdefault(one.text.lower(), reading) == reading, one.text


def test_the_models_generalise_to_texts_they_have_not_seen() -> None:
    least = {"words_category": 0.75, "words_intent": 0.8, "meaning_category": 0.8, "words_reason": 0.93}
    for name, share in least.items():
        assert shipped().held_out[name] >= share, name
