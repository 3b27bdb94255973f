from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.answering.local.passages import Choice, choose
from frontdesk.knowledge.passage import Passage
from frontdesk.terms import DocumentId


def passage(key: str, score: float, title: str = "", category: str | None = None) -> Passage:
    return Passage(DocumentId(key), key, title or key, "", "Текст.", "Текст.", "ru", score, None, category)


def chosen(
    passages: list[Passage], question: str = "где найти номер договора банка", sure: float = 0.0
) -> Choice:
    choice = choose(passages, question, "ru", "payment", sure)
    assert choice is not None
    return choice


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_surer_the_search_the_surer_the_answer(first: float, second: float) -> None:
    lower, higher = sorted((first, second))
    sure = [chosen([passage("a", score)]).confidence for score in (lower, higher)]
    assert 0 < sure[0] <= sure[1] < 1


def test_an_article_of_another_category_is_believed_less_one_of_none_is_not() -> None:
    alike, other, none = (
        chosen([passage("a", 0.8, category=category)], sure=0.9).confidence
        for category in ("payment", "delivery", None)
    )
    assert other < none == alike


def test_of_two_near_articles_that_of_the_messages_category_is_taken() -> None:
    held = [passage("a", 0.6, category="delivery"), passage("b", 0.5, category="payment")]
    assert chosen(held, sure=0.9).passage.doc_key == "b"


def test_the_further_the_next_article_is_the_surer_the_answer() -> None:
    near, far, alone, same = (
        chosen([passage("a", 0.6), *others]).confidence
        for others in (
            [passage("b", 0.55)],
            [passage("b", 0.05)],
            [],
            [replace(passage("a", 0.55), heading="Ниже")],
        )
    )
    assert near < alone == same < far


def test_articles_that_are_close_are_told_as_titles_and_are_no_rivals() -> None:
    choice = chosen([passage("a", 0.5), passage("b", 0.45)])
    assert choice.rival is None
    assert choice.next_best == ("b",)


def test_a_word_that_several_titles_have_names_a_field_unless_it_is_one_of_them() -> None:
    held = [passage("a", 0.95, "Сроки доставки"), passage("b", 0.3, "Доставка курьером")]
    assert chosen(held, "доставка").rival is not None
    assert chosen(held, "сроки доставки").rival is None
    assert chosen([*held, passage("c", 0.2, "Доставка")], "доставка?").rival is None


def test_articles_in_other_languages_are_not_answered_from() -> None:
    assert choose([replace(passage("a", 0.9), language="kk")], "доставка", "ru", "delivery", 0.9) is None
