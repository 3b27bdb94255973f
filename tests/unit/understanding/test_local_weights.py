from collections import Counter

from frontdesk.terms import Category, Intent
from frontdesk.understanding.local.corpus import LANGUAGES, utterances
from frontdesk.understanding.local.model import shipped
from frontdesk.understanding.local.train import data_hash


def test_the_shipped_weights_were_trained_on_the_current_data() -> None:
    assert shipped().data_hash == data_hash(), "run: python -m frontdesk.understanding.local.train"


def test_the_utterances_cover_every_category_and_intent_in_every_language() -> None:
    all_utterances = utterances()
    for language in LANGUAGES:
        chosen = [utterance for utterance in all_utterances if utterance.language == language]
        categories = Counter(utterance.category for utterance in chosen)
        assert set(categories) == set(map(str, Category))
        assert min(categories.values()) >= 400
        intents = Counter(utterance.intent for utterance in chosen)
        assert set(intents) == set(map(str, Intent))
        assert min(intents.values()) >= 100


def test_no_utterance_occurs_twice_with_different_labels() -> None:
    readings: dict[str, tuple[str, str]] = {}
    for utterance in utterances():
        reading = (utterance.category, utterance.intent)
        assert readings.setdefault(utterance.text.lower(), reading) == reading, utterance.text


def test_the_models_generalise_to_held_out_texts() -> None:
    least = {"words_category": 0.75, "words_intent": 0.8, "meaning_category": 0.8, "words_reason": 0.93}
    for name, share in least.items():
        assert shipped().held_out[name] >= share, name
