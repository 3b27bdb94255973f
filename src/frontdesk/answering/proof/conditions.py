"""What holds under a condition may not be told without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from frontdesk.answering.evidence import EvidenceKind
from frontdesk.answering.proof.clause import Clause, Sentence, Term
from frontdesk.answering.proof.common import among_terms, bears_quantity, nearest_of
from frontdesk.answering.proof.values import wrong_values
from frontdesk.answering.proof.window import Window

CONDITION = "condition left out"


def left_out_conditions(claim: Sentence, window: Window) -> Iterator[str]:
    if claim.condition and not any(_joins(claim, sentence, window) for sentence in window.sentences):
        yield "another condition"
        return
    nearest = nearest_of(claim, window)
    valued = [
        sentence
        for sentence in nearest
        if not list(wrong_values(claim, replace(window, sentences=(sentence,))))
    ]
    nearest = valued or nearest
    if nearest and all(_leaves_out(claim, sentence) for sentence in nearest):
        yield CONDITION
        return
    if any(_tells_no_day(claim, sentence, window) for sentence in nearest):
        yield CONDITION
        return
    for clause in window.clauses:
        limits = [own for own in clause.quantities if own.bound and own.kind == "money"]
        if limits and not any(bears_quantity(own, mine) for own in limits for mine in claim.quantities):
            shared = [term for term in claim.terms if not term.soft and clause.has(term)]
            elsewhere = [other for other in window.clauses if other is not clause]
            if any(not any(other.has(term) for other in elsewhere) for term in shared):
                yield CONDITION
                return


def _joins(claim: Sentence, sentence: Sentence, window: Window) -> bool:
    """Whether one sentence of the source has both the claim's condition and what holds under it."""
    known = [*sentence.terms, *(term for part in window.context for term in part.terms)]
    under = [term for clause in claim.condition for term in clause.terms if not term.soft]
    main = [term for clause in claim.clauses if clause not in claim.condition for term in clause.terms]
    hard = [term for term in main if not term.soft and not term.names & {"pay", "need", "free"}]
    shared = sum(among_terms(term, known) for term in hard)
    return all(
        among_terms(term, known) for term in under if not term.names & {"pay", "amount"}
    ) and 2 * shared >= len(hard)


def _tells_no_day(claim: Sentence, sentence: Sentence, window: Window) -> bool:
    """Whether what holds on one day ("on 1 January the stores are closed") is told without it."""
    if not sentence.apart.days or claim.apart.days or window.kind is not EvidenceKind.PASSAGE:
        return False
    others = [term for other in window.sentences if other is not sentence for term in other.terms]
    return any(
        among_terms(term, sentence.terms) and not among_terms(term, others)
        for term in claim.terms
        if not term.soft
    )


def _leaves_out(claim: Sentence, sentence: Sentence) -> bool:
    """Whether the claim rests on what holds under a condition, and tells none of it."""
    group = sentence.condition
    if group:
        under = [term for clause in group for term in clause.terms if not term.soft]
        figures = [own for clause in group for own in clause.quantities]
        main = _held_by(group, sentence)
    elif sentence.clauses and sentence.clauses[0].condition in ("if", "unless"):
        first = sentence.clauses[0].terms
        under = [term for term in first[:2] if not term.soft] or [term for term in first[:3] if not term.soft]
        figures = list(sentence.clauses[0].quantities)
        main = [term for term in sentence.terms if term not in under]
    else:
        return False
    under = [term for term in under if not among_terms(term, main)]
    if not under and not figures:
        return False
    mentioned = any(among_terms(term, claim.terms) for term in under)
    mentioned = mentioned or any(bears_quantity(own, mine) for own in figures for mine in claim.quantities)
    return not mentioned and any(not term.soft and among_terms(term, main) for term in claim.terms)


def _held_by(group: Sequence[Clause], sentence: Sentence) -> list[Term]:
    """What stands under the condition: the clauses beside it, up to the value before those."""
    rest = [clause for clause in sentence.clauses if clause not in group]
    at = sentence.clauses.index(group[0])
    before = [clause for clause in rest if sentence.clauses.index(clause) < at]
    after = [clause for clause in rest if sentence.clauses.index(clause) > at]
    if after:
        return [term for clause in after for term in clause.terms]
    valued = [
        n for n, clause in enumerate(before) if clause.is_free or any(own.unit for own in clause.quantities)
    ]
    near = before[valued[-2] + 1 :] if len(valued) > 1 else before
    return [term for clause in near for term in clause.terms]
