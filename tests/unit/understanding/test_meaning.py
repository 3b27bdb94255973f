"""Reading with sentence vectors, batches and explanations of `LocalReader`."""

from datetime import date

import pytest

from frontdesk.kit.words import words
from frontdesk.llm.embedding.minilm import MiniLM, installed_minilm
from frontdesk.terms import Category
from frontdesk.understanding.local.corpus import Utterance, utterances
from frontdesk.understanding.local.features import forms_of
from frontdesk.understanding.local.neighbours import nearest
from frontdesk.understanding.local.reader import LocalReader, ReadRequest

TODAY = date(2026, 4, 1)
WORDS = LocalReader(today=lambda: TODAY)
TEXTS = (
    "I cannot find the spot where the voucher digits go",
    "Где мой заказ 54321?",
    "thanks!",
    "The parcel was left in the rain, what now",
    "",
    "Please " + "do look at what came with the box. " * 200,
)


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    sentences = installed_minilm()
    assert sentences is not None, "the development requirements hold the MiniLM wheel"
    return sentences


@pytest.fixture(scope="module")
def reader(minilm: MiniLM) -> LocalReader:
    return LocalReader(today=lambda: TODAY, sentences=minilm)


async def test_one_at_a_time_and_together_read_alike(reader: LocalReader) -> None:
    together = reader.analyse_many([ReadRequest(text) for text in TEXTS], explain=True)
    for text, batched in zip(TEXTS, together, strict=True):
        alone = await reader.read(text)
        assert (alone.category, alone.intent, alone.explanation) == (
            batched.category,
            batched.intent,
            batched.explanation,
        )
        # A batch is padded, which moves the last digits.
        assert alone.confidence == pytest.approx(batched.confidence, abs=0.02)


def test_sentence_vectors_are_used_for_english_where_words_are_not_sure(
    reader: LocalReader, minilm: MiniLM
) -> None:
    text = TEXTS[0]
    by_words, by_meaning = WORDS.analyse(text), reader.analyse_many([ReadRequest(text)])[0]
    expected = WORDS.analyse(text, meaning=minilm.embed_now([text])[0])
    assert by_meaning.confidence == expected.confidence != by_words.confidence


def test_other_languages_are_read_by_their_words(reader: LocalReader) -> None:
    for text in ("Где мой заказ 54321?", "Тапсырысым қайда?"):
        assert reader.analyse_many([ReadRequest(text)], explain=True)[0] == WORDS.analyse(text)


def test_the_message_before_is_part_of_the_meaning(reader: LocalReader) -> None:
    asked = ReadRequest("and to Taraz?", earlier=("How much is the delivery to Shymkent?",))
    assert reader.analyse_many([asked])[0].category is Category.DELIVERY


def test_no_explanation_is_made_where_none_is_wanted() -> None:
    assert WORDS.analyse("Где мой заказ?", explain=False).explanation == {}
    assert WORDS.analyse_many([ReadRequest("Где мой заказ?")])[0].explanation == {}


@pytest.mark.parametrize("utterance", utterances()[::1500])
def test_an_example_is_nearest_to_itself(utterance: Utterance) -> None:
    shown = nearest(forms_of(words(utterance.text), utterance.language))
    assert any(utterance.text[:60] in example for example in shown)


def test_nearest_examples_tell_their_category_and_are_few() -> None:
    shown = nearest(["как", "вернуть", "деньги", "за", "товар"])
    assert 1 <= len(shown) <= 3
    assert all(example.endswith(tuple(f"({category})" for category in Category)) for example in shown)
    assert nearest([]) == nearest(["zxqwv", "ъыъ"]) == []
