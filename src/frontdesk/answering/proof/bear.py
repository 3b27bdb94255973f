"""Whether a stretch of a source bears a sentence: by its words, figures, denials, conditions and who acts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from frontdesk.answering.proof.clause import Clause, Sentence, Term
from frontdesk.answering.proof.lexicon import flat
from frontdesk.answering.proof.quantity import Quantity
from frontdesk.answering.proof.window import Segment, Window, segments_of

_IMPERATIVE = re.compile(r"\b\w{3,}(?:йте|ите|йтесь|итесь|ыныз|иниз|низ|ныз)\b")
_US = re.compile(r"\b(?:we|our|us|мы|наш\w*|биз\w*)\b")
_YOU = re.compile(
    r"\b(?:you|your|yours|customers?|buyers?|вы|ваш\w*|клиент\w*|покупател\w*|сиз|тутынушы\w*|сатып алушы)\b"
)
_ACTED = frozenset({"pay", "install", "repair", "package", "call", "return"})
"""What may be done by either side, so that it matters who does it."""
CONDITION = "condition left out"


def faults(claim: Sentence, window: Window, known_addresses: frozenset[str] = frozenset()) -> list[str]:
    """What of a sentence the window does not bear, in words for staff; empty where it bears all."""
    if not _states_anything(claim):
        return ["states nothing that can be looked up"]
    return [
        *_words(claim, window),
        *_figures(claim, window),
        *_apart(claim, window, known_addresses),
        *_denials(claim, window),
        *_actors(claim, window),
        *_conditions(claim, window),
        *_quotes(claim, window),
    ]


def _states_anything(claim: Sentence) -> bool:
    hard = any(not term.soft for term in claim.terms)
    return hard or bool(claim.quantities or claim.apart.days or claim.apart.times or claim.apart.addresses)


def _words(claim: Sentence, window: Window) -> Iterator[str]:
    for term in claim.terms:
        if term.soft or window.has(term) or any(term.is_(name) for name in _implied(window)):
            continue
        if term.is_("need") and _demands(window):
            continue
        yield f"“{term.form}”"


def _implied(window: Window) -> frozenset[str]:
    """Meanings that come with what the source says: a price is paid, a courier delivers."""
    names = {name for term in window.terms for name in term.names}
    implied = set()
    if any(clause.is_free for clause in window.clauses) or any(q.kind == "money" for q in window.quantities):
        implied |= {"pay", "amount"}
    if names & {"courier", "shipped-way"}:
        implied.add("deliver")
    if names & {"refund", "pay"}:
        implied.add("money")
    if any("put forward" in flat(part.text) for part in window.context):
        implied.add("request")
    return frozenset(implied)


def _demands(window: Window) -> bool:
    text = flat(window.quote)
    return (
        any(clause.condition for clause in window.clauses)
        or bool(_IMPERATIVE.search(text))
        or any(sentence.clauses and sentence.clauses[0].opens_with_term for sentence in window.sentences)
    )


def _figures(claim: Sentence, window: Window) -> Iterator[str]:
    for segment in segments_of(claim):
        for quantity in segment.quantities:
            bearing = [
                known for known in window.segments if any(_bears(own, quantity) for own in known.quantities)
            ]
            if not bearing:
                yield quantity.shown
            elif bearing and all(_of_another(segment, known, quantity.kind, window) for known in bearing):
                yield f"{quantity.shown} of something else"
        if segment.free:
            bearing = [known for known in window.segments if known.free]
            if bearing and all(_of_another(segment, known, "money", window) for known in bearing):
                yield "free of something else"


def _bears(known: Quantity, claim: Quantity) -> bool:
    if claim.borne_by(known):
        return True
    counted = {claim.unit, known.unit} <= {None, "piece"}
    return counted and (claim.low, claim.high) == (known.low, known.high)


def _of_another(claim: Segment, known: Segment, kind: str, window: Window) -> bool:
    """Whether the value is told of what in the source goes with another value."""
    rivals = [other for other in window.segments if other is not known and kind in other.kinds]
    foreign = [
        term
        for term in claim.terms
        if not term.soft
        and not known.has(term)
        and any(rival.has(term) for rival in rivals)
        and not window.is_common(term)
    ]
    if len(foreign) == 1 and _comes_after(claim.terms) and _comes_after(known.terms):
        return False  # "after the check" names the step before
    titled = [term for sentence in window.context for term in sentence.terms]
    own = any(
        not term.soft and not term.is_("free") and not any(term.same(other) for other in titled)
        for term in known.terms
    )
    return bool(foreign) and own


def _comes_after(terms: Iterable[Term]) -> bool:
    return any(term.is_("after") for term in terms)


def _apart(claim: Sentence, window: Window, known_addresses: frozenset[str]) -> Iterator[str]:
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


def _same_matter(claim: Sentence, window: Window, same: object) -> bool:
    """A record has a line for each date: what its line calls it must not be another line's name in the reply."""
    assert callable(same)
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


def _denials(claim: Sentence, window: Window) -> Iterator[str]:
    nearest = [clause for sentence in _nearest(claim, window) for clause in sentence.clauses]
    for clause in claim.clauses:
        if clause.impossible:
            terms = [term for term in clause.terms if not any(term.same(other) for other in clause.denied)]
            if not any(_denies(known, terms) for known in window.clauses):
                yield "denies what is not denied"
            continue
        for term in clause.terms:
            if term.soft:
                continue
            denied = any(term.same(other) for other in clause.denied)
            places = [known for known in nearest if known.has(term)]
            places = places or [known for known in window.clauses if known.has(term)]
            if denied and not _denied_somewhere(term, places, window):
                yield f"denies “{term.form}”"
            elif not denied and places and all(_denies(known, (term,)) for known in places):
                yield f"affirms “{term.form}”"


def _nearest(claim: Sentence, window: Window) -> list[Sentence]:
    """The sentences of the window that have most in common with what is claim."""

    def common(sentence: Sentence) -> int:
        terms = sum(any(term.same(own) for own in sentence.terms) for term in claim.terms if not term.soft)
        return 2 * terms + sum(
            any(_bears(own, mine) for own in sentence.quantities) for mine in claim.quantities
        )

    most = max(map(common, window.sentences), default=0)
    return [sentence for sentence in window.sentences if common(sentence) == most]


def _denies(clause: Clause, terms: Iterable[Term]) -> bool:
    if clause.impossible:
        return any(clause.has(term) for term in terms if not term.soft)
    return any(term.same(other) for term in terms for other in clause.denied)


def _denied_somewhere(term: Term, places: Sequence[Clause], window: Window) -> bool:
    if any(_denies(known, (term,)) for known in places):
        return True
    # "without a receipt" where the source says that it is not needed
    not_needed = any(other.is_("need") for known in window.clauses for other in known.denied)
    return bool(places) and not_needed


def _actors(claim: Sentence, window: Window) -> Iterator[str]:
    for clause in claim.clauses:
        actor = _actor(clause.text)
        acts = [term for term in clause.terms if term.names & _ACTED]
        if not actor or not acts:
            continue
        for term in acts:
            known = {_actor(other.text) for other in window.clauses if other.has(term)} - {""}
            if known and actor not in known:
                yield f"“{term.form}” by another"


def _actor(text: str) -> str:
    us, you = _US.search(text), _YOU.search(text)
    if us and you:
        return "us" if us.start() < you.start() else "you"
    return "us" if us else "you" if you else ""


def _conditions(claim: Sentence, window: Window) -> Iterator[str]:
    nearest = _nearest(claim, window)
    valued = [
        sentence for sentence in nearest if not list(_figures(claim, replace(window, sentences=(sentence,))))
    ]
    nearest = valued or nearest
    if nearest and all(_leaves_out(claim, sentence) for sentence in nearest):
        yield CONDITION
        return
    for clause in window.clauses:
        limits = [own for own in clause.quantities if own.bound and own.kind == "money"]
        if limits and not any(_bears(own, mine) for own in limits for mine in claim.quantities):
            shared = [term for term in claim.terms if not term.soft and clause.has(term)]
            elsewhere = [other for other in window.clauses if other is not clause]
            if any(not any(other.has(term) for other in elsewhere) for term in shared):
                yield CONDITION
                return


def _leaves_out(claim: Sentence, sentence: Sentence) -> bool:
    at = next((n for n, clause in enumerate(sentence.clauses) if clause.condition in ("if", "unless")), None)
    if at is None:
        return False
    if at == 0 and not sentence.kazakh:
        first = sentence.clauses[0].terms
        under = [term for term in first[:2] if not term.soft] or [term for term in first[:3] if not term.soft]
        figures = sentence.clauses[0].quantities
        main = [term for term in sentence.terms if term not in under]
    else:
        group = sentence.clauses[: at + 1] if at == 0 else sentence.clauses[at:]
        under = [term for clause in group for term in clause.terms if not term.soft]
        figures = tuple(own for clause in group for own in clause.quantities)
        main = [term for clause in sentence.clauses if clause not in group for term in clause.terms]
    if not under and not figures:
        return False
    mentioned = any(term.same(mine) for term in under for mine in claim.terms)
    mentioned = mentioned or any(_bears(own, mine) for own in figures for mine in claim.quantities)
    rests = any(not term.soft and any(term.same(own) for own in main) for term in claim.terms)
    return rests and not mentioned


def _quotes(claim: Sentence, window: Window) -> Iterator[str]:
    """What stands in quotation marks stands in the source word for word, where it is longer than a name."""
    known = " ".join(flat(f"{window.quote} {' '.join(part.text for part in window.context)}").split())
    for quote in claim.quotes:
        bare = " ".join(flat(quote).split()).strip(" .,!?…")
        if len(bare.split()) >= 4 and bare not in known:
            yield f"quotes “{quote}”"
