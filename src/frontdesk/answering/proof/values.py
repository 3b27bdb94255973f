"""Figures, prices, dates, times and addresses: each must be in the source, and be said of the same thing there."""

from collections.abc import Callable, Iterator, Sequence

from frontdesk.answering.evidence import EvidenceKind
from frontdesk.answering.proof.clause import Sentence
from frontdesk.answering.proof.common import FOLLOWS, among_terms, bears_quantity
from frontdesk.answering.proof.quantity import Quantity
from frontdesk.answering.proof.window import Segment, Window, segments_of
from frontdesk.kit.figures import Day


def wrong_values(claim: Sentence, window: Window) -> Iterator[str]:
    for segment in segments_of(claim):
        for quantity in segment.quantities:
            bearing = [
                known
                for known in window.segments
                if any(bears_quantity(own, quantity) for own in known.quantities)
            ]
            if not bearing:
                yield quantity.shown
            elif _binds(quantity, window) and all(
                _of_another(segment, known, quantity.kind, window) for known in bearing
            ):
                yield f"{quantity.shown} of something else"
        if segment.free:
            bearing = [known for known in window.segments if known.free]
            if bearing and all(_of_another(segment, known, "money", window) for known in bearing):
                yield "free of something else"


def _binds(quantity: Quantity, window: Window) -> bool:
    """Whether it matters what it is said of; the number of an order is the whole record's."""
    return quantity.unit is not None or window.kind is EvidenceKind.PASSAGE


def _of_another(claim: Segment, known: Segment, kind: str, window: Window) -> bool:
    """Whether the value is told of what in the source goes with another value, or with none."""
    titled = [term for sentence in window.context for term in sentence.terms]
    implied = {name for term in known.around for name in term.names}
    follows = {name for known_name in implied for name in FOLLOWS.get(known_name, ())} | {
        "pay",
        "amount",
        "free",
        "request",
    }
    hard = [
        term
        for term in claim.terms
        if not term.soft
        and not known.has(term)
        and not term.names & follows
        and not among_terms(term, titled)
    ]
    if any(not among_terms(term, known.around) and not term.is_("need") for term in hard):
        return True
    rivals = [
        other
        for other in window.segments
        if other is not known and (kind in other.kinds or other.alternative)
    ]
    native = [term for term in known.terms if term not in known.borrowed]
    verbs = [term for term in native if not term.soft and not term.names & {"pay", "free"}]
    if known.borrowed and verbs and not any(among_terms(term, verbs) for term in claim.terms):
        return True  # "and this can be extended by 3 days": the days are those of the extension
    foreign = any(
        among_terms(term, rival.terms) and not window.is_common(term) for term in hard for rival in rivals
    )
    own = any(
        not term.soft and not term.names & {"pay", "free"} and not among_terms(term, titled)
        for term in known.terms
    )
    return foreign and own


def wrong_days_and_addresses(
    claim: Sentence, window: Window, known_addresses: frozenset[str]
) -> Iterator[str]:
    days = [day for sentence in (*window.sentences, *window.context) for day in sentence.apart.days]
    times = {time for sentence in (*window.sentences, *window.context) for time in sentence.apart.times}
    for day in claim.apart.days:
        if not any(day.same(known) for known in days):
            yield day.shown
        elif not _same_matter(claim, window, day.same):
            yield f"{day.shown} of something else"
    yield from sorted(claim.apart.times - times)
    known = {
        address for sentence in window.sentences for address in sentence.apart.addresses
    } | known_addresses
    for address in claim.apart.addresses:
        if not any(address == other or other.startswith(f"{address}/") for other in known):
            yield address


def _same_matter(claim: Sentence, window: Window, same: Callable[[Day], bool]) -> bool:
    """A record has a line for each date: what its line calls it must not be another line's name in the reply."""
    if window.kind is EvidenceKind.PASSAGE:
        parts = [sentence for sentence in window.sentences if any(same(day) for day in sentence.apart.days)]
        titled = [term for sentence in window.context for term in sentence.terms]
        hard = [term for term in claim.terms if not term.soft]
        return (
            any(all(among_terms(term, (*part.terms, *titled)) for term in hard) for part in parts)
            or not parts
        )
    dated = [sentence for sentence in window.sentences if sentence.apart.days]
    own = [sentence for sentence in dated if any(same(day) for day in sentence.apart.days)]
    if len(dated) < 2 or not own:
        return True
    others = [sentence for sentence in dated if sentence not in own]

    def named(lines: Sequence[Sentence]) -> bool:
        return any(
            term.same(other)
            for term in claim.terms
            for line in lines
            for other in line.terms
            if not term.soft or term.is_("place")
        )

    return named(own) or not named(others)
