"""What the parts of the comparison share."""

from collections.abc import Iterable

from frontdesk.answering.proof.clause import Sentence, Term
from frontdesk.answering.proof.quantity import Quantity
from frontdesk.answering.proof.window import Window

FOLLOWS = {
    "courier": {"deliver"},
    "shipped-way": {"deliver", "send"},
    "refund": {"money"},
    "pay": {"money", "cover"},
    "open": {"work"},
    "work": {"open"},
}
"""Meanings that come with another: a courier delivers, what is paid is money."""


def nearest_of(claim: Sentence, window: Window) -> list[Sentence]:
    """The sentences of the window that have most in common with what is claim."""

    def common(sentence: Sentence) -> int:
        terms = sum(any(term.same(own) for own in sentence.terms) for term in claim.terms if not term.soft)
        return 2 * terms + sum(
            any(bears_quantity(own, mine) for own in sentence.quantities) for mine in claim.quantities
        )

    most = max(map(common, window.sentences), default=0)
    return [sentence for sentence in window.sentences if common(sentence) == most]


def bears_quantity(known: Quantity, claim: Quantity) -> bool:
    if claim.borne_by(known):
        return True
    counted = {claim.unit, known.unit} <= {None, "piece"}
    return counted and (claim.low, claim.high) == (known.low, known.high)


def among_terms(term: Term, terms: Iterable[Term]) -> bool:
    return any(term.same(other) for other in terms)
