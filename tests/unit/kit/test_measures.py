import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kit.measures import auroc, expected_calibration_error


def test_claims_that_come_true_as_often_as_they_say_are_calibrated() -> None:
    assert expected_calibration_error([0.25] * 4, [True, False, False, False]) == 0
    assert expected_calibration_error([0.9, 1.0], [False, True]) == pytest.approx(0.45)
    assert expected_calibration_error([], []) == 0


def test_without_both_kinds_there_is_no_order() -> None:
    assert auroc([1.0, 0.5], [0.5, 0.0]) == pytest.approx(0.875)
    assert auroc([1.0], []) is None
    assert auroc([], [1.0]) is None


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.floats(0.01, 0.99))
def test_a_constant_confidence_is_wrong_by_its_distance_from_accuracy(right: list[bool], sure: float) -> None:
    error = expected_calibration_error([sure] * len(right), right)
    assert error == pytest.approx(abs(sure - sum(right) / len(right)), abs=1e-5)


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=20), st.lists(st.integers(0, 5), min_size=1, max_size=20)
)
def test_auroc_is_the_share_of_pairs_in_order(positive: list[int], negative: list[int]) -> None:
    pairs = [(high > low) + 0.5 * (high == low) for high in positive for low in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))
