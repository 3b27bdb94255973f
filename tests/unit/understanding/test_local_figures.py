"""Lower bounds for the shipped reader on labelled tickets that it was not trained on."""

import asyncio
from pathlib import Path

import pytest

from frontdesk.llm.embedding.minilm import installed_minilm
from frontdesk.understanding.labelled import tickets_of_lines
from frontdesk.understanding.local.reader import LocalReader
from frontdesk.understanding.score_tickets import TicketScores, score_tickets

TICKETS = Path(__file__).parents[3] / "bench" / "data" / "tickets.jsonl"


@pytest.fixture(scope="module")
def scores() -> TicketScores:
    return scored(LocalReader())


def scored(reader: LocalReader) -> TicketScores:
    tickets = tickets_of_lines(TICKETS.read_text(encoding="utf-8").splitlines())

    async def read() -> TicketScores:
        return score_tickets(tickets, [await reader.read(ticket.text) for ticket in tickets])

    return asyncio.run(read())


@pytest.mark.parametrize(("language", "least"), [("en", 0.88), ("ru", 0.87), ("kk", 0.89)])
def test_categories_by_words_alone(scores: TicketScores, language: str, least: float) -> None:
    assert scores.by_language[language].accuracy["category"] >= least


def test_english_categories_with_sentence_vectors() -> None:
    sentences = installed_minilm()
    if sentences is None:
        pytest.skip("the MiniLM weights are not installed")
    assert scored(LocalReader(sentences=sentences)).by_language["en"].accuracy["category"] >= 0.92


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("language", 0.99),
        ("intent", 0.86),
        ("priority_within_one", 0.95),
        ("sentiment", 0.85),
        ("escalate_reason", 0.87),
    ],
)
def test_the_other_fields(scores: TicketScores, field: str, least: float) -> None:
    assert scores.all.accuracy[field] >= least


def test_who_needs_a_person_and_what_is_named(scores: TicketScores) -> None:
    assert scores.all.escalate is not None
    assert scores.all.escalate.f1 >= 0.88
    assert scores.all.entities is not None
    assert scores.all.entities.f1 >= 0.95


def test_the_confidence_is_honest(scores: TicketScores) -> None:
    assert scores.all.category_ece is not None
    assert scores.all.category_ece <= 0.1
