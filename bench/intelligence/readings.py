"""The shipped reader, on labelled tickets that it was not trained on, and on the language of short texts."""

import asyncio
import json
from collections import defaultdict
from pathlib import Path

from bench.intelligence.section import Bench, Part, Row, Section, at_least, percent
from frontdesk.kit.words import words
from frontdesk.understanding.labelled import LabelledTicket, tickets_of_lines
from frontdesk.understanding.local import language as languages
from frontdesk.understanding.local.corpus import utterances
from frontdesk.understanding.local.reader import LocalReader
from frontdesk.understanding.local.text import view
from frontdesk.understanding.score_tickets import Scores, TicketScores, score_tickets

TICKETS = Path(__file__).parents[1] / "data" / "tickets.jsonl"
SHARED = "tickets/labelled.jsonl"
_SHORT = "langid/short.jsonl"
_CATEGORY_AIMS = {"en": 90.0, "ru": 90.0, "kk": 85.0}


def own_tickets(bench: Bench) -> Section:
    return _tickets(
        "Own tickets",
        TICKETS,
        bench,
        "Tickets of `bench/data/tickets.jsonl`, a third in each language: plain, short, long, mistyped, mixed, "
        "transliterated and tricky ones. None was taken into the training text; the reader was developed with an eye on "
        "their figures.",
    )


def shared_tickets(bench: Bench) -> Section:
    return _tickets(
        "Tickets of the development data",
        bench.data / SHARED,
        bench,
        "All plain. Too few for more than a sign: one ticket is 10 points of a language.",
    )


def _tickets(title: str, file: Path, bench: Bench, how: str) -> Section:
    with file.open(encoding="utf-8") as lines:
        tickets = tickets_of_lines(lines)
    scores = asyncio.run(_scored(tickets, bench))
    known = {_as_words(utterance.text) for utterance in utterances()}
    same = sum(_as_words(ticket.text) in known for ticket in tickets)
    counts = (
        f"{len(tickets)} tickets, read as `frontdesk eval tickets FILE` reads them; {same} of them, word by word, "
        "happen to be training lines too. "
    )
    return Section(title, tuple(_rows(scores)), counts + how)


def _as_words(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(text))


async def _scored(tickets: list[LabelledTicket], bench: Bench) -> TicketScores:
    reader = LocalReader(sentences=bench.sentences)
    return score_tickets(
        tickets, [await reader.read(ticket.text, subject=ticket.subject) for ticket in tickets]
    )


def _rows(scores: TicketScores) -> list[Row]:
    accuracy = scores.all.accuracy
    rows = [
        Row(f"category {name}, accuracy", percent(part.accuracy["category"]), at_least(_CATEGORY_AIMS[name]))
        for name, part in scores.by_language.items()
        if name in _CATEGORY_AIMS
    ]
    rows += [
        Row("intent, accuracy", percent(accuracy["intent"]), at_least(85)),
        Row("priority within one level", percent(accuracy["priority_within_one"]), at_least(95)),
        Row("priority, accuracy", percent(accuracy["priority"])),
        Row("sentiment, accuracy", percent(accuracy["sentiment"])),
        Row("language, accuracy", percent(accuracy["language"])),
        *_hit_rows(scores.all),
    ]
    return rows


def _hit_rows(scores: Scores) -> list[Row]:
    rows = []
    if scores.escalate is not None:
        rows.append(Row("needs a person, F1", scores.escalate.f1, at_least(0.85), digits=2))
    if scores.entities is not None:
        rows.append(Row("entities, F1", scores.entities.f1, at_least(0.92), digits=2))
    if scores.category_ece is not None:
        rows.append(Row("calibration error of the category", scores.category_ece, digits=3))
    return rows


def short_texts(bench: Bench) -> Section:
    right: dict[str, list[bool]] = defaultdict(list)
    with (bench.data / _SHORT).open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text_view = view(record["text"])
            language, _ = languages.detect(text_view.clean, text_view.words, None, "ru")
            right[record["lang"]].append(language == record["lang"])
    every = [is_right for some in right.values() for is_right in some]
    rows = [Row("all", percent(sum(every) / len(every)), at_least(99.5), 99.0)]
    rows += [Row(name, percent(sum(some) / len(some))) for name, some in sorted(right.items())]
    return Section(
        "Language of 1 to 5 words",
        tuple(rows),
        f"Accuracy on {len(every):,} pieces cut from sentences in en, ru and kk; what cannot be told is taken for ru, "
        "as a desk does by default. A few are truly ambiguous (names). Nothing was trained on them.",
    )


PARTS = (
    Part("tickets", "Own tickets", own_tickets),
    Part("shared-tickets", "Tickets of the development data", shared_tickets, (SHARED,)),
    Part("language", "Language of 1 to 5 words", short_texts, (_SHORT,)),
)
