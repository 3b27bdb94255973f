"""How often the local answerer is right, and how well its confidence fits: on the sample shop's questions.

The articles are imported without their questions, in two halves. Each question is asked of the half with its
article, and two of three also of the other half, which cannot answer it: so three of five have an answer.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from zlib import crc32

from bench.place import Place
from bench.report import Aim, Figure, Report
from frontdesk.answering.deps import Deps
from frontdesk.answering.local.answerer import LocalAnswerer
from frontdesk.answering.local.passages import Choice, choose
from frontdesk.desk import Desk, open_desk
from frontdesk.kit.measures import expected_calibration_error
from frontdesk.knowledge.base import Knowledge
from frontdesk.knowledge.document import Article
from frontdesk.knowledge.extract import extract
from frontdesk.knowledge.intake import article_of
from frontdesk.knowledge.passage import Passage
from frontdesk.store.order import Order
from frontdesk.terms import ChannelName, ConversationId, CustomerId, Proof, SenderType, TicketId, TicketStatus
from frontdesk.tickets.case import Case, Contact, Turn
from frontdesk.tickets.decision import Act, Decision
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.local.reader import LocalReader

LANGUAGES = ("en", "ru", "kk")
_HALVES = ("first", "second")
_ABOUT_08 = (0.75, 0.85)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one language, as shares of 0..1; `right` to `withheld` are of questions with their article."""

    language: str
    questions: int
    right: float
    wrong: float
    asked: float
    """Answered by a question, or by a request to sign in where it is about an order."""
    withheld: float
    """Left to a person; the sum of right, wrong, asked and withheld is 1."""
    answered_without: float
    """Of the questions without their article: those that were answered."""
    right_at_08: float | None
    """Of the answers with a confidence of 0.75 to 0.85: the right ones; None without such answers."""
    ece: float
    """Calibration error of the confidence in the best article, whether or not it was used for an answer."""


@dataclass(frozen=True, slots=True)
class _Asked:
    language: str
    present: bool
    act: Act
    confidence: float
    right: bool
    """Answered from the right article."""
    from_articles: bool
    """False where rules answered alone: a wish for a person, an order."""
    best: float
    """The confidence in the best article."""
    best_right: bool


async def measure_answers(place: Place, share: float = 1.0) -> list[Row]:
    """One row for each of `LANGUAGES`, then one for "all"; only `share` of the questions are asked."""
    async with open_desk(place.settings()) as desk:
        questions = [question async for question in _ask(desk, share)]
    rows = [
        _row(language, [question for question in questions if question.language == language])
        for language in LANGUAGES
    ]
    return [*rows, _row("all", questions)]


async def run(place: Place, scale: float = 1.0) -> Report:
    rows = await measure_answers(place, min(1.0, scale))
    figures = [figure for row in rows for figure in _figures(row)]
    total = rows[-1].questions
    return Report("answers", tuple(figures), f"{total} questions, two of five without their article")


def _figures(row: Row) -> Iterable[Figure]:
    name = row.language
    yield Figure(f"{name}: right, of those with an article", row.right)
    yield Figure(f"{name}: wrong", row.wrong)
    yield Figure(f"{name}: asked back", row.asked)
    yield Figure(f"{name}: left to a person", row.withheld)
    yield Figure(f"{name}: answered without an article", row.answered_without)
    if row.right_at_08 is not None:
        yield Figure(f"{name}: right, of those given at 0.8", row.right_at_08)
    yield Figure(f"{name}: calibration error", row.ece, aim=Aim(most=0.05))


def _row(language: str, questions: list[_Asked]) -> Row:
    with_article = [question for question in questions if question.present]
    without = [question for question in questions if not question.present]
    answers = [question for question in questions if question.act is Act.ANSWER and question.from_articles]
    at_08 = [answer.right for answer in answers if _ABOUT_08[0] <= answer.confidence < _ABOUT_08[1]]
    return Row(
        language,
        questions=len(questions),
        right=_share(question.act is Act.ANSWER and question.right for question in with_article),
        wrong=_share(question.act is Act.ANSWER and not question.right for question in with_article),
        asked=_share(question.act is Act.ASK for question in with_article),
        withheld=_share(question.act is Act.ESCALATE for question in with_article),
        answered_without=_share(question.act is Act.ANSWER for question in without),
        right_at_08=_share(at_08) if at_08 else None,
        ece=expected_calibration_error(
            [question.best for question in questions], [question.best_right for question in questions]
        ),
    )


def _share(values: Iterable[bool]) -> float:
    held = list(values)
    return round(sum(held) / max(len(held), 1), 4)


async def _ask(desk: Desk, share: float) -> AsyncIterator[_Asked]:
    articles = list(shop_articles())[:: max(1, round(0.1 / share))]  # a small share asks of fewer articles
    for half in _HALVES:
        kept = [replace(article, questions=()) for article in articles if _half(article) == half]
        await desk.knowledge.add_articles(kept, half)
        while await desk.knowledge.embed_missing(half, batch=250):
            pass
    reader = LocalReader()
    for half in _HALVES:
        knowledge = _Half(desk.knowledge, half)
        answerer = LocalAnswerer(Deps(knowledge, _NoOrders()))
        for article in articles:
            present = _half(article) == half
            for n, question in enumerate(article.questions[: max(1, round(len(article.questions) * share))]):
                if present or n % 3 < 2:
                    reading = reader.analyse(question, language_hint=article.language)
                    decision = await answerer.answer(case_of(question), reading, _NoStream())
                    best = await _best(knowledge, article.language, question, reading)
                    yield _compared(article, present, decision, best)


async def _best(knowledge: "_Half", language: str, question: str, reading: Reading) -> Choice | None:
    passages = await knowledge.search(question, language=language, limit=8)
    return choose(passages, question, language, reading.category, reading.confidence)


def _compared(article: Article, present: bool, decision: Decision, best: Choice | None) -> _Asked:
    cited = {source.doc_id for source in decision.sources}
    return _Asked(
        article.language,
        present,
        decision.act,
        decision.confidence,
        right=present and article.doc_key in cited,
        from_articles=bool(cited),
        best=best.confidence if best else 0.0,
        best_right=best is not None and best.passage.doc_key == article.doc_key,
    )


def shop_articles() -> Iterable[Article]:
    folder = files("frontdesk.sample").joinpath("knowledge")
    for language in LANGUAGES:
        for file in sorted(folder.joinpath(language).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".md"):
                document = extract(file.name, file.read_bytes())
                yield article_of(document, doc_key=f"{language}/{file.name}", language=language)


def _half(article: Article) -> str:
    """The same for an article in every language."""
    return _HALVES[crc32(article.doc_key.partition("/")[2].encode()) % 2]


class _Half:
    """The knowledge of one space, as an answerer sees it."""

    def __init__(self, knowledge: Knowledge, space: str) -> None:
        self._knowledge, self._space = knowledge, space

    async def search(
        self, query: str, *, language: str | None = None, limit: int = 5, space: str = "main"
    ) -> list[Passage]:
        return await self._knowledge.search(query, language=language, limit=limit, space=self._space)


class _NoOrders:
    async def order_of(self, customer_id: CustomerId, number: str) -> Order | None:
        return None

    async def orders_of(self, customer_id: CustomerId, limit: int = 5) -> list[Order]:
        return []


class _NoStream:
    async def text(self, chunk: str) -> None:
        pass

    async def retract(self) -> None:
        pass


def case_of(question: str) -> Case:
    turn = Turn(1, SenderType.CUSTOMER, question, datetime.now(UTC))
    contact = Contact(None, None, None, None, None, False, 0.0, 0.0, Proof.NONE)
    return Case(
        TicketId("asked"), 1, ConversationId("asked"), ChannelName.WEB_CHAT, TicketStatus.NEW, "", contact,
        (turn,), (turn,), None,
    )  # fmt: skip
