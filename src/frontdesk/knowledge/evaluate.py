"""Measures search: how often it finds the right document, and detects questions without an answer."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.errors import ValidationFailed
from frontdesk.kit.measures import auroc, expected_calibration_error
from frontdesk.knowledge.base import MAIN, Knowledge

_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Query:
    query_id: str
    query: str
    doc_ids: frozenset[str]
    answerable: bool
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RetrievalQuality:
    """Recall and MRR are over the answerable queries; `answerable_auroc` is None without queries of both kinds.

    `ece` is the expected calibration error of the first passage's score, 0..1.
    """

    queries: int
    recall_at_1: float | None
    recall_at_5: float | None
    mrr: float | None
    answerable_auroc: float | None
    ece: float
    queries_per_second: float

    def as_json(self) -> dict[str, float | int | None]:
        return {
            "recall@1": self.recall_at_1,
            "recall@5": self.recall_at_5,
            "mrr": self.mrr,
            "answerable_auroc": self.answerable_auroc,
            "ece": self.ece,
            "queries_per_second": self.queries_per_second,
            "queries": self.queries,
        }


def queries_of_lines(lines: Iterable[str]) -> list[Query]:
    """Queries of JSON lines (`query_id, query, doc_ids, answerable?, lang?`). Raises `ValidationFailed`."""
    queries: list[Query] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            wanted = frozenset(str(doc_id) for doc_id in record.get("doc_ids") or ())
            answerable = record.get("answerable")
            queries.append(
                Query(
                    query_id=str(record.get("query_id", number)),
                    query=str(record["query"]),
                    doc_ids=wanted,
                    answerable=bool(wanted) if answerable is None else bool(answerable),
                    language=record.get("lang") or record.get("language"),
                )
            )
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise ValidationFailed(
                f"line {number} is not a JSON object with query_id, query and doc_ids"
            ) from error
    if not queries:
        raise ValidationFailed("there are no queries in the file")
    return queries


async def evaluate(knowledge: Knowledge, queries: list[Query], space: str = MAIN) -> RetrievalQuality:
    """Run every query once, after the space has been read into memory."""
    await knowledge.warm(space)
    await knowledge.search(queries[0].query, language=queries[0].language, space=space)
    ranks: list[int | None] = []
    scores: tuple[list[float], list[float]] = ([], [])
    right: list[tuple[float, bool]] = []
    started = time.perf_counter()
    for query in queries:
        passages = await knowledge.search(query.query, language=query.language, limit=_DEEPEST, space=space)
        scores[query.answerable].append(passages[0].score if passages else 0.0)
        if passages:
            right.append((passages[0].score, query.answerable and passages[0].doc_key in query.doc_ids))
        if query.answerable:
            keys = list(dict.fromkeys(passage.doc_key for passage in passages))
            ranks.append(next((at for at, key in enumerate(keys, 1) if key in query.doc_ids), None))
    seconds = time.perf_counter() - started
    return RetrievalQuality(
        queries=len(queries),
        recall_at_1=_share(ranks, 1),
        recall_at_5=_share(ranks, 5),
        mrr=round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4) if ranks else None,
        answerable_auroc=_rounded(auroc(scores[True], scores[False])),
        ece=round(expected_calibration_error([score for score, _ in right], [hit for _, hit in right]), 4),
        queries_per_second=round(len(queries) / max(seconds, 1e-9), 1),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _share(ranks: list[int | None], within: int) -> float | None:
    return (
        round(sum(rank is not None and rank <= within for rank in ranks) / len(ranks), 4) if ranks else None
    )
