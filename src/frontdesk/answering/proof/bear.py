"""Whether a stretch of a source bears a sentence: by its words, figures, denials, conditions and who acts."""

import re
from collections.abc import Iterator

from frontdesk.answering.evidence import EvidenceKind
from frontdesk.answering.proof.clause import Clause, Sentence, Term
from frontdesk.answering.proof.common import FOLLOWS, nearest_of
from frontdesk.answering.proof.conditions import left_out_conditions
from frontdesk.answering.proof.denials import wrong_denials
from frontdesk.answering.proof.lexicon import flat
from frontdesk.answering.proof.values import wrong_days_and_addresses, wrong_values
from frontdesk.answering.proof.window import Window, without_step_before

_IMPERATIVE = re.compile(r"\b\w{3,}(?:йте|ите|йтесь|итесь|ыныз|иниз|низ|ныз)\b")
_ACTORS = {
    "us": re.compile(r"\b(?:we|мы|биз)\b"),
    "you": re.compile(r"\b(?:you|customers?|buyers?|clients?|вы|клиент\w*|покупател\w*|сиз|тутынушы\w*)\b"),
    "courier": re.compile(r"\b(?:couriers?|курьер\w*)\b"),
    "bank": re.compile(r"\b(?:banks?|банк\w*)\b"),
    "manager": re.compile(r"\b(?:managers?|менеджер\w*)\b"),
}
_ACTED = frozenset(
    {"pay", "install", "repair", "package", "call", "approve", "inspect", "transfer", "cancel"}
)
"""What may be done by one or another, so that it matters who does it."""


def faults(claim: Sentence, window: Window, known_addresses: frozenset[str] = frozenset()) -> list[str]:
    """What of a sentence the window does not bear, in words for staff; empty where it bears all."""
    if not _states_anything(claim):
        return ["states nothing that can be looked up"]
    if unborne := list(_words(claim, window)):
        return unborne
    if not _in_the_text(claim, window):
        return ["only its title says so"]
    return [
        *wrong_values(claim, window),
        *wrong_days_and_addresses(claim, window, known_addresses),
        *wrong_denials(claim, window),
        *_actors(claim, window),
        *left_out_conditions(claim, window),
        *_quotes(claim, window),
    ]


def _in_the_text(claim: Sentence, window: Window) -> bool:
    """Whether at least half of it stands in the text itself, not in title and heading alone."""
    if window.kind is not EvidenceKind.PASSAGE or claim.apart.addresses:
        return True
    hard = [term for term in claim.terms if not term.soft]
    own = [term for sentence in window.sentences for term in sentence.terms]
    return (
        2 * sum(any(term.same(other) for other in own) for term in hard) >= len(hard) or not window.sentences
    )


def _states_anything(claim: Sentence) -> bool:
    hard = any(not term.soft for term in claim.terms)
    return hard or bool(claim.quantities or claim.apart.days or claim.apart.times or claim.apart.addresses)


def _words(claim: Sentence, window: Window) -> Iterator[str]:
    implied = _implied(claim, window)
    for term in claim.terms:
        if term.soft or window.has(term) or term.names & implied:
            continue
        if term.is_("day") and claim.apart.days:
            continue  # "23 қараша күні": the day itself is looked up
        if term.is_("need") and _demands(claim, window):
            continue
        yield f"“{term.form}”"


def _implied(claim: Sentence, window: Window) -> frozenset[str]:
    """Meanings that come with what the source says: a price is paid, a courier delivers."""
    names = {name for term in window.terms for name in term.names}
    implied = set()
    priced = any(clause.is_free for clause in claim.clauses) or any(
        q.kind == "money" for q in claim.quantities
    )
    if priced:
        implied |= {"pay", "amount"}
    if claim.apart.addresses:
        implied |= {"write", "contact", "call", "phone", "number", "email", "answer", "ask"}
    for known, follows in FOLLOWS.items():
        if known in names:
            implied |= follows
    if any("put forward" in flat(part.text) for part in window.context):
        implied.add("request")
    return frozenset(implied)


def _demands(claim: Sentence, window: Window) -> bool:
    nearest = nearest_of(claim, window)
    text = flat(" ".join(sentence.text for sentence in nearest))
    return (
        any(clause.condition for sentence in nearest for clause in sentence.clauses)
        or bool(_IMPERATIVE.search(text))
        or any(sentence.clauses and sentence.clauses[0].opens_with_term for sentence in window.sentences)
    )


def _actors(claim: Sentence, window: Window) -> Iterator[str]:
    for clause in claim.clauses:
        for term in without_step_before(clause, claim.kazakh):
            actor = _actor(clause, term) if term.names & _ACTED else ""
            known = {_actor(other, term) for other in window.clauses if other.has(term)} - {""}
            if actor and known and actor not in known:
                yield f"“{term.form}” by another"


def _actor(clause: Clause, act: Term) -> str:
    """Who stands first before the act; empty where nobody does."""
    form = next((term.form for term in clause.terms if term.same(act)), "")
    before = clause.text[: max(clause.text.find(form), 0)]
    places = {name: match.start() for name, pattern in _ACTORS.items() if (match := pattern.search(before))}
    return min(places, key=lambda name: places[name]) if places else ""


def _quotes(claim: Sentence, window: Window) -> Iterator[str]:
    """What stands in quotation marks stands in the source word for word, where it is longer than a name."""
    known = " ".join(flat(f"{window.quote} {' '.join(part.text for part in window.context)}").split())
    for quote in claim.quotes:
        bare = " ".join(flat(quote).split()).strip(" .,!?…")
        if len(bare.split()) >= 4 and bare not in known:
            yield f"quotes “{quote}”"
