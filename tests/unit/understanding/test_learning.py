"""Training, measuring and retraining of classifiers, without a database."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import Conflict, PermanentError, ValidationFailed
from frontdesk.understanding.learning.classifier import Classifier, Prediction, classifier_inputs
from frontdesk.understanding.learning.corrections import Correction
from frontdesk.understanding.learning.examples import Example, read_examples
from frontdesk.understanding.learning.measure import macro_f1, measure
from frontdesk.understanding.learning.retrain import RetrainResult, retrain, shipped_classifier
from frontdesk.understanding.learning.train import train

_WORDS = {
    "hours": ["opening", "hours", "open", "closed", "weekend", "sunday", "today", "time", "shop", "until"],
    "parking": ["parking", "car", "garage", "space", "street", "free", "ticket", "barrier", "spot", "bike"],
    "menu": ["menu", "lunch", "vegan", "soup", "breakfast", "dessert", "dish", "price", "kitchen", "tea"],
}
_OUT_OF_SCOPE = [
    "quantum",
    "poem",
    "planet",
    "violin",
    "glacier",
    "senate",
    "orbit",
    "sonnet",
    "algebra",
    "tiger",
]


def _texts(words: list[str], count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.sample(words, 4)) for _ in range(count)]


def _examples(count: int, seed: int, *, out_of_scope: int = 0) -> list[Example]:
    examples = [
        Example(text, label) for label, words in _WORDS.items() for text in _texts(words, count, seed)
    ]
    return examples + [Example(text, "oos") for text in _texts(_OUT_OF_SCOPE, out_of_scope, seed)]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return train(_examples(30, seed=1, out_of_scope=20)).classifier


def test_it_learns_labels_of_any_kind_and_says_how_sure_it_is(classifier: Classifier) -> None:
    examples = _examples(20, seed=2, out_of_scope=20)
    texts = classifier_inputs([example.text for example in examples], None)
    measured = measure(classifier.predict(texts), [example.label for example in examples])
    assert measured.accuracy > 0.9
    assert measured.in_scope_accuracy is not None
    assert measured.in_scope_accuracy > 0.95
    assert measured.oos_auroc is not None
    assert measured.oos_auroc > 0.95


def test_with_few_examples_the_name_of_a_label_counts_as_an_example() -> None:
    examples = [Example("sunday until six", "opening_hours"), Example("where do cars go", "parking_space")]
    classifier = train(examples).classifier
    predictions = classifier.predict(
        classifier_inputs(["opening hours please", "is there any parking"], None)
    )
    assert [prediction.label for prediction in predictions] == ["opening_hours", "parking_space"]


def test_a_few_right_answers_do_not_prove_certainty() -> None:
    examples = [Example(text, label) for label, words in _WORDS.items() for text in _texts(words[:5], 3, 4)]
    held_out = train(examples).held_out
    assert held_out.accuracy == 1.0
    assert held_out.ece > 0.02, "all nine were right; the tenth might not be"


def test_a_stored_classifier_predicts_the_same_when_it_is_loaded(classifier: Classifier) -> None:
    texts = classifier_inputs(
        [*_texts(_WORDS["menu"], 5, 3), *_texts(_OUT_OF_SCOPE, 5, 3), "", "🙂", "\ud800"], None
    )
    assert Classifier.from_bytes(classifier.to_bytes()).predict(texts) == classifier.predict(texts)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x93NUMPY", b"x" * 1000])
def test_what_is_no_classifier_is_refused(data: bytes) -> None:
    with pytest.raises(PermanentError):
        Classifier.from_bytes(data)


def test_it_names_the_words_that_led_to_a_label(classifier: Classifier) -> None:
    text = "is there vegan soup"
    [features] = classifier_inputs([text], None)
    assert set(classifier.explain(text, features, "menu")) & {"vegan", "soup"}


def test_a_single_label_is_refused() -> None:
    with pytest.raises(ValidationFailed, match="two different labels"):
        train([Example("a", "x"), Example("b", "x"), Example("c", "oos")])


def test_mixed_languages_are_classified_by_words() -> None:
    examples = [
        *(Example(text, "bonus") for text in ("сколько у меня бонусов", "бонусы сгорели", "ұпайларым қанша")),
        *(Example(text, "gift") for text in ("подарочная карта", "сертификат на подарок", "сыйлық картасы")),
    ]
    predictions = train(examples).classifier.predict(
        classifier_inputs(["где мои бонусы", "хочу подарочную карту"], None)
    )
    assert [prediction.label for prediction in predictions] == ["bonus", "gift"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_macro_f1_is_the_mean_of_each_labels_f1(pairs: list[tuple[str, str]]) -> None:
    predicted, labels = [ours for ours, _ in pairs], [label for _, label in pairs]
    scores = []
    for name in set(labels):
        hits = sum(ours == label == name for ours, label in pairs)
        precision = hits / predicted.count(name) if name in predicted else 0.0
        recall = hits / labels.count(name)
        scores.append(2 * precision * recall / (precision + recall) if hits else 0.0)
    assert macro_f1(predicted, labels) == pytest.approx(sum(scores) / len(scores))


def test_scope_is_measured_only_where_it_was_asked_for() -> None:
    sure = Prediction("a", 0.9, "a", 1.0)
    assert "oos_auroc" not in measure([sure], ["a"]).as_json()
    with pytest.raises(ValueError, match="nothing"):
        measure([], [])


def test_examples_are_read_from_json_lines_and_csv(tmp_path: Path) -> None:
    lines, table = tmp_path / "a.jsonl", tmp_path / "b.csv"
    lines.write_text('{"q": "one", "y": 3}\n\n{"q": "two", "y": " b "}\n', encoding="utf-8")
    table.write_text('q,y\none,3\n"two, more",b\n', encoding="utf-8-sig")
    assert read_examples(lines, "q", "y") == [Example("one", "3"), Example("two", "b")]
    assert read_examples(table, "q", "y") == [Example("one", "3"), Example("two, more", "b")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_examples_are_read_from_a_table_as_a_spreadsheet_writes_it(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    rows = [separator.join(row) for row in (("Text", "Label"), ('"верните деньги; или, обмен"', "return"))]
    (tmp_path / "a.csv").write_bytes("\r\n".join(rows).encode(encoding))
    assert read_examples(tmp_path / "a.csv", "Text", "Label") == [
        Example("верните деньги; или, обмен", "return")
    ]
    with pytest.raises(ValidationFailed, match="names no column `words`: text, label"):
        read_examples(tmp_path / "a.csv", "words", "label")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "holds no examples"),
        ("not json\n", "line 1 is not a JSON object"),
        ("[1]\n", "line 1 is not a JSON object"),
        ('{"text": "a", "label": "x"}\n{"label": "x"}\n', "line 2 has no text in its field `text`"),
        ('{"text": "a", "label": null}\n', "line 1 has no label"),
        ('{"text": "a", "label": true}\n', "line 1 has no label"),
        ('{"text": "a", "label": "  "}\n', "line 1 has no label"),
    ],
)
def test_bad_examples_are_named_by_their_line(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValidationFailed, match=says):
        read_examples(file, "text", "label")


def test_a_file_of_bytes_or_none_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(ValidationFailed, match="line 1 is not a JSON object"):
        read_examples(tmp_path / "bytes.jsonl", "text", "label")
    with pytest.raises(ValidationFailed, match="not a file"):
        read_examples(tmp_path / "none", "text", "label")


def _corrections() -> list[Correction]:
    """The desk of a marina, which files questions about berths under delivery."""
    places = ["berth", "pontoon", "mooring", "marina", "harbour", "buoy", "quay", "dock", "jetty", "slip"]
    texts = [f"{place} for my boat" for place in _texts(places, 25, 9)]
    return [
        Correction(number, text, "delivery", "en", number % 5 == 0) for number, text in enumerate(texts, 1)
    ]


def test_retraining_improves_on_corrections_and_forgets_nothing() -> None:
    result = retrain("category", None, _corrections(), None)
    measured = result.measured
    assert result.is_not_worse
    assert measured["held_out"] == 5
    assert measured["accuracy"] == 1.0 > measured["accuracy_before"]
    assert measured["utterances"] >= measured["utterances_shipped"] - 0.01
    retrained = Classifier.from_bytes(result.weights)
    assert set(retrained.labels) == set(shipped_classifier("category").labels)
    json.dumps(measured)


def test_wrong_corrections_make_a_result_that_is_worse() -> None:
    """The corrections change right labels to wrong ones; the held-out ones have the right labels."""
    held = [
        Correction(5, "Where is my parcel?", "delivery", "en", True),
        Correction(10, "refund for shoes", "returns", "en", True),
    ]
    wrong = [
        Correction(n, f"Where is my parcel {n}?", "billing", "en", False)
        for n in (1, 2, 3, 4, 6, 7, 8, 9, 11, 12)
    ]
    assert not retrain("category", None, [*held, *wrong], None).is_not_worse


@pytest.mark.parametrize(
    ("accuracy", "before", "utterances", "was", "good"),
    [
        (0.9, 0.6, 0.85, 0.85, True),
        (0.9, 0.6, 0.842, 0.85, True),
        (0.9, 0.6, 0.83, 0.85, False),
        (0.9, 0.6, 0.83, 0.83, True),
        (0.6, 0.6, 0.845, 0.85, False),
        (0.6, 0.6, 0.85, 0.85, True),
        (0.5, 0.6, 0.9, 0.85, False),
    ],
)
def test_only_a_gain_on_corrections_may_cost_a_little_on_utterances(
    accuracy: float, before: float, utterances: float, was: float, good: bool
) -> None:
    measured = {
        "accuracy": accuracy,
        "accuracy_before": before,
        "utterances": utterances,
        "utterances_before": was,
        "utterances_shipped": 0.85,
    }
    assert RetrainResult(b"", [], 10, measured).is_not_worse is good


@pytest.mark.parametrize("count", [0, 3, 5])
def test_too_few_corrections_are_refused(count: int) -> None:
    with pytest.raises(Conflict, match="too few"):
        retrain("category", None, _corrections()[:count], None)
