from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.understanding.local.features import bag, forms_of, of_word
from frontdesk.understanding.local.model import knows
from frontdesk.understanding.local.sentiment import tones
from frontdesk.understanding.local.text import view


def counted(text: str, language: str = "ru") -> dict[int, float]:
    seen = view(text)
    forms = forms_of(seen.words, language)
    found = bag(seen.clean, forms, tones(forms, language))
    assert (found.keys[1:] > found.keys[:-1]).all()
    return dict(zip(found.keys.tolist(), found.values.tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("абвқә Wxyz19)(!?.,-_😀\ud800\n"), max_size=80))
def test_each_feature_stands_once_with_what_all_words_give_of_it(text: str) -> None:
    of_words: Counter[int] = Counter()
    for form in forms_of(view(text).words, "ru"):
        keys, values = of_word(form)
        for key, value in zip(keys.tolist(), values.tolist(), strict=True):
            of_words[key] += value
    found = counted(text)
    assert all(abs(found[key] - value) < 1e-5 for key, value in of_words.items())


def test_nothing_gives_nothing() -> None:
    assert counted("") == {}


def test_order_and_punctuation_tell_something() -> None:
    assert counted("не хочу возврат") != counted("возврат хочу не")
    assert counted("спасибо") != counted("спасибо)))")
    assert counted("верните") != counted("ВЕРНИТЕ")


def test_known_are_words_that_training_has_met() -> None:
    assert all(map(knows, ("доставка", "delivery", "жеткизу", "заказали")))
    assert not any(map(knows, ("zxqwv", "ъыъыъ")))
