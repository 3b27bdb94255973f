from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.understanding.local.features import bag, forms_of, of_word
from frontdesk.understanding.local.model import is_known
from frontdesk.understanding.local.sentiment import sentiment_words
from frontdesk.understanding.local.text import view


def counted(text: str, language: str = "ru") -> dict[int, float]:
    text_view = view(text)
    forms = forms_of(text_view.words, language)
    features = bag(text_view.clean, forms, sentiment_words(forms, language))
    assert (features.keys[1:] > features.keys[:-1]).all()
    return dict(zip(features.keys.tolist(), features.values.tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("абвқә Wxyz19)(!?.,-_😀\ud800\n"), max_size=80))
def test_each_feature_occurs_once_with_the_sum_of_its_words(text: str) -> None:
    of_words: Counter[int] = Counter()
    for form in forms_of(view(text).words, "ru"):
        keys, values = of_word(form)
        for key, value in zip(keys.tolist(), values.tolist(), strict=True):
            of_words[key] += value
    weights = counted(text)
    assert all(abs(weights[key] - value) < 1e-5 for key, value in of_words.items())


def test_nothing_gives_nothing() -> None:
    assert counted("") == {}


def test_order_and_punctuation_count() -> None:
    assert counted("не хочу возврат") != counted("возврат хочу не")
    assert counted("спасибо") != counted("спасибо)))")
    assert counted("верните") != counted("ВЕРНИТЕ")


def test_known_words_are_those_of_the_training_text() -> None:
    assert all(map(is_known, ("доставка", "delivery", "жеткизу", "заказали")))
    assert not any(map(is_known, ("zxqwv", "ъыъыъ")))
