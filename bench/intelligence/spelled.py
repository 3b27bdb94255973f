"""The labelled tickets in 35 spellings: how much each field's accuracy falls against the plain one."""

from dataclasses import replace

from bench.intelligence.readings import SHARED, TICKETS
from bench.intelligence.section import Bench, Part, Row, Section, at_most
from bench.spellings import SPELLINGS, spelled
from frontdesk.understanding.labelled import LabelledTicket, tickets_of_lines
from frontdesk.understanding.local.reader import LocalReader, ReadRequest
from frontdesk.understanding.score_tickets import score_tickets

_MOST = 2.0
"""Points that a field may fall."""


def spellings(bench: Bench) -> Section:
    tickets: list[LabelledTicket] = []
    for file in (TICKETS, bench.data / SHARED):
        if file.is_file():
            with file.open(encoding="utf-8") as lines:
                tickets += tickets_of_lines(lines)
    reader = LocalReader(sentences=bench.sentences)
    plain = _figures(reader, tickets)
    falls: dict[str, tuple[float, str]] = {field: (0.0, "none") for field in plain}
    for name in SPELLINGS:
        texts = spelled(name, [ticket.text for ticket in tickets])
        figures = _figures(reader, [replace(t, text=text) for t, text in zip(tickets, texts, strict=True)])
        for field, figure in figures.items():
            if plain[field] - figure > falls[field][0]:
                falls[field] = plain[field] - figure, name
    rows = [
        Row(f"{field}, most that any spelling costs ({worst})", fall, at_most(_MOST), round(plain[field], 1))
        for field, (fall, worst) in falls.items()
    ]
    return Section(
        "Labelled tickets in 35 spellings",
        tuple(rows),
        f"{len(tickets)} labelled tickets, each in {len(SPELLINGS)} spellings of `bench/spellings.py`: invisible "
        "characters, spaces, dashes, look-alike and decomposed letters, markup, line ends, signatures. In points of "
        "accuracy (of F1 for entities and for tickets that need a person); *plain* is the figure of the ticket as it was "
        "labelled.",
    )


def _figures(reader: LocalReader, tickets: list[LabelledTicket]) -> dict[str, float]:
    """In points, 0 to 100."""
    readings = reader.analyse_many([ReadRequest(ticket.text, ticket.subject) for ticket in tickets])
    scores = score_tickets(tickets, readings).all
    figures = {field: 100 * share for field, share in scores.accuracy.items()}
    if scores.entities is not None:
        figures["entities"] = 100 * scores.entities.f1
    if scores.escalate is not None:
        figures["needs a person"] = 100 * scores.escalate.f1
    return figures


PARTS = (Part("spellings", "Labelled tickets in 35 spellings", spellings),)
