"""Doubles, contradictions, days and versions of articles, on a real database."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.errors import NotFound
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.days import Days
from frontdesk.knowledge.findings import FindingKind
from tests.knowledge.articles import fill, keys


async def test_equal_articles_are_one_source_as_sure_as_one(knowledge: Knowledge) -> None:
    await fill(knowledge)
    [alone, *_] = await knowledge.search("какая гарантия на технику", language="ru")
    await knowledge.add_text("warranty-2.ru", "Гарантия", "На технику действует  га\u00adрантия 12 месяцев.")
    passages = await knowledge.search("какая гарантия на технику", language="ru")
    assert [passage.doc_key for passage in passages if passage.title == "Гарантия"] == ["warranty.ru"]
    assert passages[0].score == pytest.approx(alone.score)
    await knowledge.delete(passages[0].document_id)
    assert (await keys(knowledge, "какая гарантия на технику", "ru"))[0] == "warranty-2.ru"


async def test_an_expired_article_gives_no_answer(knowledge: Knowledge) -> None:
    today = datetime.now(UTC).date()
    await knowledge.add_text("sale", "Скидки", "Скидка на чайники 20 %.", days=Days(None, today))
    assert await keys(knowledge, "какая скидка на чайники", "ru") == ["sale"]
    await knowledge.add_text(
        "sale", "Скидки", "Скидка на чайники 20 %.", days=Days(None, today - timedelta(1))
    )
    assert await keys(knowledge, "какая скидка на чайники", "ru") == []


async def test_every_version_is_kept_also_of_what_was_deleted(knowledge: Knowledge) -> None:
    first = await knowledge.add_text("fee", "Плата", "Доставка стоит 500 тенге.")
    [before] = await knowledge.search("сколько стоит доставка", language="ru")
    await knowledge.add_text("fee", "Плата за доставку", "Доставка стоит 700 тенге.")
    await knowledge.add_text("fee", "Плата за доставку", "Доставка стоит 700 тенге.")
    [after] = await knowledge.search("сколько стоит доставка", language="ru")
    assert (before.document_id, before.version, after.version) == (first.document_id, 1, 2)
    await knowledge.delete(first.document_id)
    cited = await knowledge.get(first.document_id, version=before.version)
    assert (cited.document.title, cited.chunks[0].text) == ("Плата", "Доставка стоит 500 тенге.")
    assert [version.version for version in await knowledge.versions_of(first.document_id)] == [2, 1]
    with pytest.raises(NotFound):
        await knowledge.get(first.document_id, version=3)
    with pytest.raises(NotFound):
        await knowledge.versions_of("nothing")


async def test_the_owner_is_shown_what_to_look_at(knowledge: Knowledge) -> None:
    today = datetime.now(UTC).date()
    old, soon = today - timedelta(3), today + timedelta(3)
    await knowledge.add_text("a", "Хранение заказа", "Заказ хранится в пункте выдачи пять дней.")
    await knowledge.add_text("b", "Хранение заказа", "Заказ хранится в пункте  выдачи пять дней.")
    await knowledge.add_text("c", "Самовывоз", "Заказ хранится в пункте выдачи 7 дней.", days=Days(old, soon))
    await knowledge.add_text("d", "Весна", "Заказ хранится в пункте выдачи 9 дней.", days=Days(None, old))
    findings = await knowledge.check()
    assert [
        (finding.kind, [place.doc_key for place in finding.places], finding.detail) for finding in findings
    ] == [
        (FindingKind.EXPIRED, ["d"], old.isoformat()),
        (FindingKind.EXPIRES_SOON, ["c"], soon.isoformat()),
        (FindingKind.REVIEW_DUE, ["c"], old.isoformat()),
        (FindingKind.EQUAL, ["a", "b"], ""),
        (FindingKind.NUMBERS, ["a", "c"], "day: 5 / 7"),
    ]
    assert findings[-1].places[1].quote == "Заказ хранится в пункте выдачи 7 дней."
