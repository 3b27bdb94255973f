"""Sentences that assert nothing: courtesies of a closed kind, and questions."""

import re
from collections.abc import Callable, Iterable

from frontdesk.answering.proof.clause import Sentence, Term
from frontdesk.answering.proof.lexicon import among, flat, lexicon, meanings, same_word
from frontdesk.answering.proof.patterns import Patterns
from frontdesk.kit.plain import plain

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+")
_PATTERNS = Patterns("manners.txt")
_REQUEST = _PATTERNS.any_of("request")
_OFFERED_TRUTH = _PATTERNS.any_of("offered_truth")
_OFFERED_ACT = _PATTERNS.any_of("offered_act")
_NOT_A_PERSON = _PATTERNS.any_of("not_a_person")


def forms_of(text: str) -> list[str]:
    return _WORD.findall(flat(plain(text, markup=False).text))


def is_courtesy(text: str, names: Iterable[str]) -> bool:
    """Whether all its words are of the closed list; `names` are the customer's and the desk's."""
    forms = forms_of(text)
    called = {form for name in names for form in forms_of(name)}
    rest = [form for form in forms if form not in called]
    if not all(among("courtesy", form) for form in rest) or _NOT_A_PERSON.search(" ".join(forms)):
        return False
    return any(among("heads", form) for form in rest) or (bool(forms) and not rest)


def found_nothing(text: str, own_numbers: Iterable[str]) -> bool:
    """Whether it says that nothing was found, of no number but one that the customer gave."""
    forms, numbers = forms_of(text), set(own_numbers)
    folded = " ".join(forms)
    denies = re.search(r"\b(?:no|not|couldn't|cannot|can't|don't|не|нет|жок|табылмады|алма\w+)\b", folded)
    return bool(denies) and all(among("nothing", form) or form in numbers for form in forms)


def is_question(text: str) -> bool:
    folded = flat(plain(text, markup=False).text).strip()
    return folded.rstrip(" »”\"')").endswith("?") or bool(_REQUEST.search(folded))


def asks_only(asked: Sentence, borne: Callable[[Term], bool], own_words: Iterable[str]) -> bool:
    """Whether a question brings up nothing of its own: its words are the list's, the sources' or the customer's."""
    folded = flat(asked.text)
    if _OFFERED_TRUTH.search(folded) or _OFFERED_ACT.search(folded):
        return False
    own = [form for text in own_words for form in forms_of(text)]
    kinds = lexicon().kinds
    for term in asked.terms:
        if among("asking", term.form) or borne(term):
            continue
        if term.names & kinds["topics"]:
            if not any(term.names & meanings(form) for form in own):
                return False
            continue
        if not term.names and not any(same_word(term.form, form) for form in own):
            return False
    return True
