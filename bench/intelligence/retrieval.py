"""Search as `kb import` and `kb evaluate` do it, each set in spaces of its own; and knowing when not to answer."""

import asyncio
import random
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.intelligence.section import Bench, Part, Row, Section, at_least, percent
from bench.place import temporary_place
from frontdesk.desk import open_desk
from frontdesk.knowledge import Knowledge
from frontdesk.knowledge.document import Article
from frontdesk.knowledge.evaluate import Query, RetrievalQuality, evaluate, queries_of_lines
from frontdesk.knowledge.intake import articles_of_lines

_EMBED_BATCH = 64
_SETS = {"StackFAQ": "stackfaq", "XQuAD en": "xquad_en", "XQuAD ru": "xquad_ru", "KazQAD": "kazqad_kk"}
_SHOP = "support_kb"
_AIMS = {
    "StackFAQ": ((91, 67), (99.5, 89)),
    "XQuAD ru": ((94, 91), (99.7, 99)),
    "KazQAD": ((76, 68), (95, 88)),
    "Support KB ru": ((80, 59), (97, 75)),
    "Support KB kk": ((75, 53), (95, 78)),
}
"""Of hit@1 and hit@5, the aim and what plain BM25 reaches."""
_SILENCE = {"en": (0.97, 0.79), "ru": (0.93, 0.73), "kk": (0.93, 0.88)}
"""Of the AUROC of knowing when not to answer."""


@dataclass(frozen=True, slots=True)
class _Set:
    name: str
    language: str
    articles: list[Article]
    queries: list[Query]


@dataclass(slots=True)
class _Found:
    """What was measured, by set."""

    whole: dict[str, RetrievalQuality] = field(default_factory=dict)
    halves: dict[str, float] = field(default_factory=dict)
    """AUROC with a half of the articles taken away, the mean of both halves."""
    foreign: dict[str, float] = field(default_factory=dict)
    """AUROC against as many questions of the language's other sets."""


def search(bench: Bench) -> Section:
    sets, absent = _sets(bench.data / "retrieval")
    if not sets:
        return Section("Search", left_out=absent)
    found = asyncio.run(_measured(sets))
    languages = {one.name: one.language for one in sets}
    rows = [row for name, measured in found.whole.items() for row in _hit_rows(name, measured)]
    for what, figures in (("half of the articles away", found.halves), ("foreign questions", found.foreign)):
        rows += _silence_rows(what, figures, languages)
    return Section("Search, and knowing when not to answer", tuple(rows), _how(found), absent)


def _how(found: _Found) -> str:
    each = "; ".join(
        f"{name} {found.halves[name]:.2f} · {found.foreign[name]:.2f}"
        for name in found.whole
        if name in found.halves and name in found.foreign
    )
    speed = statistics.median(one.queries_per_second for one in found.whole.values())
    return (
        "Articles are imported into spaces of their own of an embedded database and every question is asked once "
        "(`kb import`, `kb evaluate`); hit@k is the share of answerable questions whose article is among the first k. "
        "The weights of search and of its score are means over folds of these very sets "
        "([0003](../decisions/0003-retrieval.md)): few numbers, but they have seen them. The support KB has 12 questions "
        "a language, two of them without an answer: one is 10 points.\n\n"
        "Knowing when not to answer is the AUROC of the first passage's score, questions with an answer against those "
        "without. *Half of the articles away*: each set twice with a random half of its articles missing, so that "
        "about half of the questions have lost theirs. *Foreign questions*: the whole set, with as many questions of "
        "the other sets in its language. A language's figure is the mean of its sets, each counting the same "
        f"(half away · foreign): {each}.\n\n"
        f"Median of the sets: {speed:,.0f} searches a second, one after the other."
    )


def _hit_rows(name: str, found: RetrievalQuality) -> list[Row]:
    aims = _AIMS.get(name)
    rows = []
    for at, share in enumerate((found.recall_at_1, found.recall_at_5)):
        aim, plain = aims[at] if aims else (None, None)
        rows.append(
            Row(f"{name}, hit@{(1, 5)[at]}", percent(share), None if aim is None else at_least(aim), plain)
        )
    return rows


def _silence_rows(what: str, figures: dict[str, float], languages: dict[str, str]) -> list[Row]:
    by_language: dict[str, list[float]] = defaultdict(list)
    for name, value in figures.items():
        by_language[languages[name]].append(value)
    return [
        Row(
            f"when not to answer, {language}: {what}",
            statistics.mean(by_language[language]),
            at_least(aim),
            plain,
            digits=2,
        )
        for language, (aim, plain) in _SILENCE.items()
        if language in by_language
    ]


def _sets(folder: Path) -> tuple[list[_Set], tuple[str, ...]]:
    """The sets whose files are there, the support KB one for each language; and a note on each that is not."""
    sets: list[_Set] = []
    absent = []
    for name, files in [*_SETS.items(), ("Support KB", _SHOP)]:
        docs, asked = folder / f"{files}_docs.jsonl", folder / f"{files}_queries.jsonl"
        if not (docs.is_file() and asked.is_file()):
            absent.append(f"{name}: no data (`retrieval/{docs.name}`, `retrieval/{asked.name}`)")
            continue
        with docs.open(encoding="utf-8") as lines:
            articles = list(articles_of_lines(lines))
        with asked.open(encoding="utf-8") as lines:
            queries = queries_of_lines(lines)
        for language in sorted({query.language or "en" for query in queries}):
            own = [query for query in queries if (query.language or "en") == language]
            sets.append(_Set(f"{name} {language}" if files == _SHOP else name, language, articles, own))
    return sets, tuple(absent)


async def _measured(sets: list[_Set]) -> _Found:
    found = _Found()
    with temporary_place() as place:
        async with open_desk(place.settings()) as desk:
            for one in sets:
                await _import(desk.knowledge, one.articles, one.name)
                found.whole[one.name] = await evaluate(desk.knowledge, one.queries, one.name)
                foreign = await _against_foreign(desk.knowledge, one, sets)
                halves = await _with_halves(desk.knowledge, one)
                found.foreign |= {} if foreign is None else {one.name: foreign}
                found.halves |= {} if halves is None else {one.name: halves}
    return found


async def _import(knowledge: Knowledge, articles: Iterable[Article], space: str) -> None:
    await knowledge.add_articles(list(articles), space)
    while await knowledge.embed_missing(space, _EMBED_BATCH):
        pass


async def _against_foreign(knowledge: Knowledge, one: _Set, sets: list[_Set]) -> float | None:
    others = [
        query
        for other in sets
        if other.language == one.language and other.name != one.name
        for query in other.queries
    ]
    some = random.Random(5).sample(others, min(len(others), len(one.queries)))
    strange = [replace(query, doc_ids=frozenset(), answerable=False) for query in some]
    return (await evaluate(knowledge, one.queries + strange, one.name)).answerable_auroc


async def _with_halves(knowledge: Knowledge, one: _Set) -> float | None:
    """Of the set's own language: articles in others stand apart and answer nothing of it."""
    keys = sorted(article.doc_key for article in one.articles if article.language == one.language)
    random.Random(9).shuffle(keys)
    found = []
    for half, away in enumerate((set(keys[::2]), set(keys[1::2]))):
        space = f"{one.name}, half {half}"
        await _import(knowledge, (article for article in one.articles if article.doc_key not in away), space)
        queries = [_without(query, away) for query in one.queries]
        found.append((await evaluate(knowledge, queries, space)).answerable_auroc)
    told = [value for value in found if value is not None]
    return statistics.mean(told) if told else None


def _without(query: Query, away: set[str]) -> Query:
    left = query.doc_ids - away
    return replace(query, doc_ids=left, answerable=bool(left))


PARTS = (Part("search", "Search, and knowing when not to answer", search),)
