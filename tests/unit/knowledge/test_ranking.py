"""What the index ranks first, and how sure it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.knowledge import ranking
from frontdesk.knowledge.index import ChunkRow, Floats, Index, analyse
from frontdesk.knowledge.quote import quote
from frontdesk.knowledge.vectors import to_matrices

ARTICLES = {
    "delivery": ("Сроки доставки", "По Алматы курьер привозит заказ за два дня. В другие города за неделю."),
    "refund": ("Возврат денег", "Деньги возвращаются на карту за пять рабочих дней после проверки товара."),
    "warranty": ("Гарантия", "На электронику гарантия двенадцать месяцев, на холодильники двадцать четыре."),
    "pickup": ("Самовывоз", "Заказ хранится в пункте выдачи семь дней, срок можно продлить в приложении."),
}


def index_of(articles: dict[str, tuple[str, str]]) -> Index:
    analysed = {
        key: analyse([ChunkRow(number, key, 1, title, (), "", text)], "ru")
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


def test_a_paraphrase_without_a_common_word_finds_its_article() -> None:
    index = index_of(ARTICLES)
    assert winner(index, "Хочу обратно свою сумму, товар не подошёл") == "refund"
    assert winner(index, "починят ли, если сломается через полгода") == "warranty"


def test_shop_talk_does_not_outweigh_the_subject_of_another_question() -> None:
    about = ("Чингисхан", "Время правления Чингисхана длилось двадцать лет, империя росла.")
    index = index_of({**ARTICLES, "khan": about})
    assert winner(index, "Сколько времени длилось правление Чингисхана?") == "khan"


def test_what_the_space_has_never_heard_of_is_less_likely_to_be_answered() -> None:
    index = index_of(ARTICLES)
    heard, unheard = (
        ranking.score(index, query).score.max()
        for query in (
            "заказ хранится в пункте выдачи",
            "заказ хранится в пункте выдачи криптобиржи Мадагаскара",
        )
    )
    assert unheard < heard


@given(st.text(max_size=60), st.sampled_from(["ru", "kk", "en"]))
def test_any_text_gets_chances_between_nothing_and_certainty(query: str, language: str) -> None:
    score = ranking.score(index_of(ARTICLES), query, query_language=language).score
    assert bool(((score >= 0) & (score <= 1)).all())


def test_two_articles_that_differ_in_a_number_are_both_unsure() -> None:
    title, text = ARTICLES["delivery"]
    twin = {**ARTICLES, "delivery2": (title, text.replace("два", "три"))}
    alone, beside = (
        ranking.score(index_of(documents), "Сроки доставки").score.max() for documents in (ARTICLES, twin)
    )
    assert beside < alone


def test_an_empty_index_and_an_empty_query_score_nothing() -> None:
    assert len(ranking.score(Index("ru", {}), "доставка").score) == 0
    assert ranking.score(index_of(ARTICLES), "").lexical.max() == 0


def test_of_two_texts_under_one_title_the_nearer_one_comes_first() -> None:
    entries = [
        ChunkRow(number, "a", 1, "Доставка", (), "", text) for number, text in enumerate(("раз", "два"))
    ]
    index = Index("ru", {"a": analyse(entries, "ru")})
    title, far, near = np.eye(384, dtype=np.float32)[:3]
    asked = (title + near) / np.float32(np.sqrt(2))
    scored = ranking.score(
        index.with_vectors(to_matrices(index, {0: {0: far, 1: title}, 1: {0: near}})), "x", asked
    )
    assert int(scored.score.argmax()) == 1


def test_vectors_lift_what_shares_no_word() -> None:
    index = index_of(ARTICLES)
    near, far = np.eye(384, dtype=np.float32)[:2]
    vectors = {number: {0: near if number == 1 else far} for number in range(4)}
    scored = ranking.score(index.with_vectors(to_matrices(index, vectors)), "совсем иное", near)
    assert int(scored.score.argmax()) == 1
    assert scored.vector[1] > 0.99


def squeezed(vector: Floats, background: float) -> Floats:
    """As of a model in which any two texts are alike: a cosine c becomes background + (1 - background) c."""
    shrunk = np.sqrt(1 - background) * vector
    return np.append(shrunk, np.sqrt(background)).astype(np.float32)


@pytest.mark.parametrize("squeeze", [0.6, 0.75, 0.9])
def test_a_model_to_which_all_texts_are_alike_ranks_as_one_with_spread_cosines(squeeze: float) -> None:
    index = index_of({f"{number}": (f"Статья {number}", f"Текст номер {number}.") for number in range(20)})
    drawn = np.random.default_rng(1).normal(size=(25, 48)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    stored = dict(enumerate(drawn[:20]))
    background = squeeze + (1 - squeeze) * ranking.BACKGROUND
    for asked in (*drawn[20:], drawn[3]):
        plain = ranking.score(
            index.with_vectors(to_matrices(index, {n: {0: vector} for n, vector in stored.items()})),
            "совсем иное",
            asked,
        )
        close = {n: {0: squeezed(vector, squeeze)} for n, vector in stored.items()}
        spread = ranking.score(
            index.with_vectors(to_matrices(index, close)),
            "совсем иное",
            squeezed(asked, squeeze),
            background=background,
        )
        assert np.argsort(-spread.score).tolist() == np.argsort(-plain.score).tolist()
        assert spread.score == pytest.approx(plain.score, abs=1e-3)
        assert spread.vector == pytest.approx(plain.vector, abs=1e-3)


def test_russian_words_in_a_kazakh_question_are_understood() -> None:
    entries = [ChunkRow(1, "return", 1, "Тауарды қайтару", (), "", "Тауарды 14 күнде қайтарасыз.")]
    other = [ChunkRow(2, "time", 1, "Жұмыс уақыты", (), "", "Күн сайын жұмыс істейміз.")]
    index = Index("kk", {"return": analyse(entries, "kk"), "time": analyse(other, "kk")})
    assert index.documents[int(ranking.score(index, "возврат жасауға бола ма").score.argmax())] == "return"


def test_chunks_whose_vectors_are_not_there_yet_are_scored_by_words() -> None:
    index = index_of(ARTICLES)
    far = np.eye(384, dtype=np.float32)[0]
    partly = index.with_vectors(to_matrices(index, {0: {0: far}}))
    scored = ranking.score(partly, "гарантия на электронику", np.eye(384, dtype=np.float32)[1])
    assert index.documents[int(scored.score.argmax())] == "warranty"


def test_concepts_reach_across_languages() -> None:
    scored = ranking.score(index_of(ARTICLES), "is there a guarantee", query_language="en")
    assert int(scored.score.argmax()) == 2


def test_the_quote_is_the_sentence_that_answers_and_verbatim() -> None:
    text = "Мы работаем с 2010 года. По Алматы доставка идёт два дня, без выходных и праздников. Звоните нам."
    chosen = quote(text, "сколько идёт доставка по Алматы", "ru", lambda stem: 1.0)
    assert chosen.startswith("По Алматы доставка")
    assert chosen in text
