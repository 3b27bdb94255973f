"""What the source affirms may not be denied, nor the other way round."""

from collections.abc import Iterable, Iterator, Sequence

from frontdesk.answering.proof.clause import Clause, Sentence, Term
from frontdesk.answering.proof.common import among_terms, nearest_of
from frontdesk.answering.proof.window import Window


def wrong_denials(claim: Sentence, window: Window) -> Iterator[str]:
    nearest = [clause for sentence in nearest_of(claim, window) for clause in sentence.clauses]
    for clause in claim.clauses:
        hard = [term for term in clause.terms if not term.soft]
        if clause.impossible:
            terms = [term for term in hard if not among_terms(term, clause.denied)]
            if not any(_denies_all(known, terms, window) for known in window.sentences):
                yield "denies what is not denied"
        elif clause.denied:
            for term in clause.denied:
                if not any(
                    _denies_too(known, term, hard, window) for known in window.clauses
                ) and not _not_needed(term, window):
                    yield f"denies “{term.form}”"
        else:
            yield from _affirms(hard, nearest, window)


def _denies_all(known: Sentence, terms: Sequence[Term], window: Window) -> bool:
    """Whether a sentence of the source denies one of the terms and speaks of all the others too."""
    titled = [term for sentence in window.context for term in sentence.terms]
    denies = any(denies_clause(clause, terms) for clause in known.clauses)
    return denies and all(among_terms(term, (*known.terms, *titled)) for term in terms)


def _denies_too(known: Clause, denied: Term, hard: Sequence[Term], window: Window) -> bool:
    """Whether a clause of the source denies the same, and of nothing that is affirmed elsewhere."""
    if not denies_clause(known, (denied,)):
        return False
    affirming = [
        other for other in window.clauses if other.has(denied) and not denies_clause(other, (denied,))
    ]
    others = [term for term in hard if not term.same(denied) and not known.has(term)]
    return not any(other.has(term) for term in others for other in affirming)


def _not_needed(term: Term, window: Window) -> bool:
    """“Without a receipt” where the source says that it is not needed."""
    return any(
        among_terms(term, sentence.terms)
        and any(other.is_("need") for clause in sentence.clauses for other in clause.denied)
        for sentence in window.sentences
    )


def _affirms(hard: Sequence[Term], nearest: Sequence[Clause], window: Window) -> Iterator[str]:
    for term in hard:
        places = [known for known in nearest if known.has(term)] or [
            known for known in window.clauses if known.has(term)
        ]
        if places and all(denies_clause(known, (term,)) for known in places):
            yield f"affirms “{term.form}”"
    for known in window.clauses:
        if not any(among_terms(term, known.denied) for term in hard):
            continue
        others = [other for other in window.clauses if other is not known]
        only = [term for term in hard if known.has(term) and not any(other.has(term) for other in others)]
        if any(not among_terms(term, known.denied) for term in only):
            yield "affirms what is denied"


def denies_clause(clause: Clause, terms: Iterable[Term]) -> bool:
    """Whether a clause denies one of the terms."""
    if clause.impossible:
        return any(clause.has(term) for term in terms if not term.soft)
    return any(term.same(other) for term in terms for other in clause.denied)


def says_all(sentence: Sentence, terms: Sequence[Term]) -> bool:
    return all(among_terms(term, sentence.terms) for term in terms)


def denies_all_of(sentence: Sentence, terms: Sequence[Term]) -> bool:
    """Whether it denies one of the terms, and affirms it with none of the others."""
    denied = [
        term
        for term in terms
        if any(clause.has(term) and denies_clause(clause, (term,)) for clause in sentence.clauses)
    ]
    affirming = [clause for clause in sentence.clauses if not denies_clause(clause, terms)]
    others = [term for term in terms if term not in denied]
    return any(
        not any(
            clause.has(term) and (not others or any(clause.has(other) for other in others))
            for clause in affirming
        )
        for term in denied
    )
