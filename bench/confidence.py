"""Fits the chance that an answer out of articles is right: `python -m bench.confidence [--write]`.

Questions of four trades (the sample shop, a clinic, a bank, an internet provider; `bench/data/trades`), worded unlike
their articles, are asked of a knowledge base of each trade: whole, with a half of its articles away, and of another
trade's. For each the best article is known, and whether its sentences answer. A logistic model for each language,
which borrows from the others, is fitted to all trades but one; that one tells how well it does.
"""

import argparse
import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bench.answers import case_of, shop_articles
from bench.place import temporary_place
from frontdesk import logs
from frontdesk.answering.labelled import LabelledQuestion, questions_of_lines
from frontdesk.answering.local import chance
from frontdesk.answering.local.chance import Match
from frontdesk.answering.local.passages import Choice, choose
from frontdesk.answering.local.sentences import answer_sentences
from frontdesk.answering.score_answers import is_meant, says_every_fact
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.desk import Desk, open_desk
from frontdesk.kit.measures import auroc, expected_calibration_error
from frontdesk.kit.translit import in_cyrillic
from frontdesk.knowledge.document import Article
from frontdesk.knowledge.intake import articles_of_lines
from frontdesk.phrases import supported_language
from frontdesk.terms import ChannelName

LANGUAGES = ("en", "kk", "ru")
TRADES = ("shop", "clinic", "bank", "provider")
HELD_OUT = "provider"
_DATA = Path(__file__).parent / "data" / "trades"
_VARIANTS = {"whole": 1.0, "first half": 0.2, "second half": 0.2}
"""Of a knowledge base, with what a question asked of it counts."""
_OWN = "own questions"
"""Of the sample shop's articles, asked of halves that do not have them; right where the article is."""
_OWN_COUNTS = 0.25
_FOREIGN_COUNTS = 0.1
_OTHER_LANGUAGES = 0.3
"""What an example of another language counts."""
_PENALTY = 4.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    trade: str
    language: str
    evidence: Match
    right: bool
    counts: float


async def examples(desk: Desk) -> AsyncIterator[Example]:
    """Every question of every trade, of each variant of its own knowledge base and of one other trade's."""
    for trade in TRADES:
        await _fill(desk, trade, list(_articles(trade)))
    await _fill(desk, _OWN, [replace(article, questions=()) for article in shop_articles()])
    for trade in (*TRADES, _OWN):
        for question in _questions(trade):
            variants = {f"{trade}, {name}": counts for name, counts in _VARIANTS.items()}
            if trade == _OWN:
                variants = {name: _OWN_COUNTS for name in list(variants)[1:]}
            else:
                others = [other for other in TRADES if other not in {trade, HELD_OUT}]
                variants[f"{others[crc32(question.text.encode()) % len(others)]}, whole"] = _FOREIGN_COUNTS
            async for example in _asked(desk, trade, question, variants):
                yield example


async def _asked(
    desk: Desk, trade: str, question: LabelledQuestion, variants: dict[str, float]
) -> AsyncIterator[Example]:
    case = case_of(question.text)
    reading = await desk.journey.understanding.read(case)
    language = supported_language(reading.language, "ru")
    text = in_cyrillic(case.question, language)
    for space, counts in variants.items():
        passages = await desk.knowledge.search(text, language=language, limit=8, space=space)
        choice = choose(passages, text, language, reading.category, reading.confidence)
        if choice is not None and choice.evidence is not None:
            own = space.startswith(f"{trade},")
            yield Example(trade, language, choice.evidence, own and _is_right(question, choice, text), counts)


def _is_right(question: LabelledQuestion, choice: Choice, text: str) -> bool:
    room = REPLY_STYLES[ChannelName.WEB_CHAT]
    reply = "\n\n".join(quoted.text for quoted in answer_sentences(choice.passage, text, room))
    return bool(reply) and is_meant(question, [choice.passage.doc_key]) and says_every_fact(question, reply)


async def _fill(desk: Desk, trade: str, articles: list[Article]) -> None:
    halves = {
        name: [article for article in articles if _half(article) == at]
        for at, name in enumerate(list(_VARIANTS)[1:])
    }
    for name, kept in ({"whole": articles} | halves).items():
        await desk.knowledge.add_articles(kept, f"{trade}, {name}")
        while await desk.knowledge.embed_missing(f"{trade}, {name}", batch=250):
            pass


def _half(article: Article) -> int:
    """The same for an article in every language."""
    return crc32(article.doc_key.removesuffix(".md").rpartition("/")[2].encode()) % 2


def _articles(trade: str) -> Iterable[Article]:
    if trade == "shop":
        return shop_articles()
    with (_DATA / f"{trade}-articles.jsonl").open(encoding="utf-8") as lines:
        return list(articles_of_lines(lines))


def _questions(trade: str) -> list[LabelledQuestion]:
    """Those with one matter: of several, one article has a part alone."""
    if trade == _OWN:
        return [
            LabelledQuestion(
                text, "answer", article.language, articles=(article.doc_key.removesuffix(".md"),)
            )
            for article in shop_articles()
            for text in article.questions[::3]
        ]
    lines = (_DATA / f"{trade}-questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [question for question in questions_of_lines(lines) if question.kind != "several"]


def fitted(learned: Sequence[Example]) -> dict[str, list[float]]:
    """By language the weights of `chance.chance`: one for each field of `Match`, then the bias."""
    values = np.array([example.evidence for example in learned], np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    rows = np.column_stack(((values - mean) / spread, np.ones(len(values))))
    right = np.array([example.right for example in learned], np.float64)
    weights = {}
    for language in LANGUAGES:
        counts = np.array(
            [
                example.counts * (1.0 if example.language == language else _OTHER_LANGUAGES)
                for example in learned
            ]
        )
        scaled = _logistic(rows, right, counts)
        slopes = scaled[:-1] / spread
        weights[language] = [*map(float, slopes.round(4)), round(float(scaled[-1] - slopes @ mean), 4)]
    return weights


def _logistic(rows: Floats, right: Floats, counts: Floats) -> Floats:
    """By Newton's method; all weights but the bias are kept small."""
    penalty = np.diag([_PENALTY] * (rows.shape[1] - 1) + [1e-3])
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (chances - right)) + penalty @ weights
        bend = (rows * (counts * chances * (1 - chances))[:, None]).T @ rows + penalty
        weights -= np.linalg.solve(bend, slope)
    return weights


def report(name: str, asked: Sequence[Example], weights: dict[str, list[float]]) -> str:
    """A line for each language, and one for all."""
    lines = []
    for language in ("all", *LANGUAGES):
        some = [example for example in asked if language in {"all", example.language}]
        given = [chance.chance(example.evidence, example.language, weights) for example in some]
        right = [example.right for example in some]
        sure = [hit for value, hit in zip(given, right, strict=True) if value >= 0.8]
        parted = auroc(
            [value for value, hit in zip(given, right, strict=True) if hit],
            [value for value, hit in zip(given, right, strict=True) if not hit],
        )
        lines.append(
            f"{name}, {language}: {len(some)} examples, calibration error "
            f"{expected_calibration_error(given, right):.3f}, AUROC {parted or 0:.3f}, "
            f"given at 0.8 and more {len(sure)}, of these right {sum(sure) / max(1, len(sure)):.3f}"
        )
    return "\n".join(lines)


async def _all() -> list[Example]:
    with temporary_place() as place:
        async with open_desk(place.settings()) as desk:
            return [example async for example in examples(desk)]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.confidence", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    args = parser.parse_args(arguments)
    logs.configure("ERROR")
    asked = asyncio.run(_all())
    learned = [example for example in asked if example.trade != HELD_OUT]
    held = [example for example in asked if example.trade == HELD_OUT]
    weights = fitted(learned)
    print(report("fitted to", learned, weights), report("held out", held, weights), sep="\n")
    if args.write:
        lines = ",\n".join(f'  "{language}": {json.dumps(values)}' for language, values in weights.items())
        chance.FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
