"""What the index ranks first, and how sure it is."""

import numpy as np
import pytest

from frontdesk.knowledge import ranking
from frontdesk.knowledge.evaluate import auroc
from frontdesk.knowledge.index import Entry, Index, analyse
from frontdesk.knowledge.quote import quote
from frontdesk.knowledge.vectors import arrange

ARTICLES = {
    "delivery": ("Сроки доставки", "По Алматы курьер привозит заказ за два дня. В другие города за неделю."),
    "refund": ("Возврат денег", "Деньги возвращаются на карту за пять рабочих дней после проверки товара."),
    "warranty": ("Гарантия", "На электронику гарантия двенадцать месяцев, на холодильники двадцать четыре."),
    "pickup": ("Самовывоз", "Заказ хранится в пункте выдачи семь дней, срок можно продлить в приложении."),
}


def index_of(articles: dict[str, tuple[str, str]]) -> Index:
    analysed = {
        key: analyse([Entry(number, key, 1, title, (), "", text)], "ru")
        for number, (key, (title, text)) in enumerate(articles.items())
    }
    return Index("ru", analysed)


def winner(index: Index, query: str) -> str:
    return index.documents[int(index.document_of[int(ranking.score(index, query).score.argmax())])]


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("Сколько идёт доставка в Алматы?", "delivery"),
        ("досавка сколько дней", "delivery"),
        ("когда вернут деньги на карту", "refund"),
        ("гарантийный срок холодильника", "warranty"),
        ("сколько хранится заказ в пункте", "pickup"),
    ],
)
def test_the_right_article_comes_first_despite_typos_and_endings(query: str, document: str) -> None:
    assert winner(index_of(ARTICLES), query) == document


def test_a_question_it_holds_scores_high_and_a_foreign_one_low() -> None:
    index = index_of(ARTICLES)
    assert ranking.score(index, "Какие сроки доставки?").score.max() > 0.7
    assert ranking.score(index, "Продаёте ли вы билеты в театр?").score.max() < 0.3


def test_words_that_no_article_has_lower_the_coverage() -> None:
    index = index_of(ARTICLES)
    full, part = (ranking.score(index, query).coverage.max() for query in ("гарантия", "гарантия космолёт"))
    assert full == pytest.approx(1.0)
    assert part < 0.7


def test_two_equal_articles_are_both_unsure() -> None:
    twin = {**ARTICLES, "delivery2": ARTICLES["delivery"]}
    alone, beside = (ranking.score(index_of(held), "Сроки доставки").score.max() for held in (ARTICLES, twin))
    assert beside < alone


def test_an_empty_index_and_an_empty_query_score_nothing() -> None:
    assert len(ranking.score(Index("ru", {}), "доставка").score) == 0
    assert ranking.score(index_of(ARTICLES), "").lexical.max() == 0


def test_vectors_lift_what_shares_no_word() -> None:
    index = index_of(ARTICLES)
    near, far = np.eye(384, dtype=np.float32)[:2]
    vectors = {number: {0: near if number == 1 else far} for number in range(4)}
    scored = ranking.score(index.with_vectors(arrange(index, vectors)), "совсем иное", near)
    assert int(scored.score.argmax()) == 1
    assert scored.vector[1] > 0.99


def test_chunks_whose_vectors_are_not_there_yet_are_scored_by_words() -> None:
    index = index_of(ARTICLES)
    far = np.eye(384, dtype=np.float32)[0]
    partly = index.with_vectors(arrange(index, {0: {0: far}}))
    scored = ranking.score(partly, "гарантия на электронику", np.eye(384, dtype=np.float32)[1])
    assert index.documents[int(scored.score.argmax())] == "warranty"


def test_concepts_reach_across_languages() -> None:
    scored = ranking.score(index_of(ARTICLES), "is there a guarantee", spoken="en")
    assert int(scored.score.argmax()) == 2


def test_the_quote_is_the_sentence_that_answers_and_verbatim() -> None:
    text = "Мы работаем с 2010 года. По Алматы доставка идёт два дня, без выходных и праздников. Звоните нам."
    chosen = quote(text, "сколько идёт доставка по Алматы", "ru", lambda stem: 1.0)
    assert chosen.startswith("По Алматы доставка")
    assert chosen in text


def test_auroc_counts_ties_as_half() -> None:
    assert auroc([1.0, 0.5], [0.5, 0.0]) == pytest.approx(0.875)
    assert auroc([1.0], []) is None
