"""Search as in `kb import` and `kb evaluate`, each set in its own spaces; and knowing when not to answer."""

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
from frontdesk.knowledge.base import Knowledge
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
class _Results:
    """The results, by set."""

    whole: dict[str, RetrievalQuality] = field(default_factory=dict)
    halves: dict[str, float] = field(default_factory=dict)
    """AUROC with half of the articles removed, the mean of both halves."""
    foreign: dict[str, float] = field(default_factory=dict)
    """AUROC against as many questions of the language's other sets."""


def search(bench: Bench) -> Section:
    sets, absent = _sets(bench.data / "retrieval")
    if not sets:
        return Section("Search", left_out=absent)
    results = asyncio.run(_measured(sets))
    languages = {corpus.name: corpus.language for corpus in sets}
    rows = [row for name, measured in results.whole.items() for row in _hit_rows(name, measured)]
    for what, figures in (
        ("half of the articles away", results.halves),
        ("foreign questions", results.foreign),
    ):
        rows += _silence_rows(what, figures, languages)
    return Section("Search, and knowing when not to answer", tuple(rows), _how(results), absent)


def _how(results: _Results) -> str:
    each = "; ".join(
        f"{name} {results.halves[name]:.2f} · {results.foreign[name]:.2f}"
        for name in results.whole
        if name in results.halves and name in results.foreign
    )
    speed = statistics.median(measured.queries_per_second for measured in results.whole.values())
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


def _hit_rows(name: str, measured: RetrievalQuality) -> list[Row]:
    aims = _AIMS.get(name)
    rows = []
    for at, share in enumerate((measured.recall_at_1, measured.recall_at_5)):
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
    """The sets with existing files (the support KB gives one for each language), and a note on each without."""
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


async def _measured(sets: list[_Set]) -> _Results:
    results = _Results()
    with temporary_place() as place:
        async with open_desk(place.settings()) as desk:
            for corpus in sets:
                await _import(desk.knowledge, corpus.articles, corpus.name)
                results.whole[corpus.name] = await evaluate(desk.knowledge, corpus.queries, corpus.name)
                foreign = await _against_foreign(desk.knowledge, corpus, sets)
                halves = await _with_halves(desk.knowledge, corpus)
                results.foreign |= {} if foreign is None else {corpus.name: foreign}
                results.halves |= {} if halves is None else {corpus.name: halves}
    return results


async def _import(knowledge: Knowledge, articles: Iterable[Article], space: str) -> None:
    await knowledge.add_articles(list(articles), space)
    while await knowledge.embed_missing(space, _EMBED_BATCH):
        pass


async def _against_foreign(knowledge: Knowledge, corpus: _Set, sets: list[_Set]) -> float | None:
    others = [
        query
        for other in sets
        if other.language == corpus.language and other.name != corpus.name
        for query in other.queries
    ]
    some = random.Random(5).sample(others, min(len(others), len(corpus.queries)))
    unanswerable = [replace(query, doc_ids=frozenset(), answerable=False) for query in some]
    return (await evaluate(knowledge, corpus.queries + unanswerable, corpus.name)).answerable_auroc


async def _with_halves(knowledge: Knowledge, corpus: _Set) -> float | None:
    """Only articles in the set's own language: those in others answer none of its questions."""
    keys = sorted(article.doc_key for article in corpus.articles if article.language == corpus.language)
    random.Random(9).shuffle(keys)
    aurocs = []
    for half, away in enumerate((set(keys[::2]), set(keys[1::2]))):
        space = f"{corpus.name}, half {half}"
        await _import(
            knowledge, (article for article in corpus.articles if article.doc_key not in away), space
        )
        queries = [_without(query, away) for query in corpus.queries]
        aurocs.append((await evaluate(knowledge, queries, space)).answerable_auroc)
    known = [value for value in aurocs if value is not None]
    return statistics.mean(known) if known else None


def _without(query: Query, away: set[str]) -> Query:
    left = query.doc_ids - away
    return replace(query, doc_ids=left, answerable=bool(left))


PARTS = (Part("search", "Search, and knowing when not to answer", search),)
