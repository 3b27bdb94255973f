"""What a sentence says, clause by clause: its meanings, quantities, what it denies, and under which condition."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from importlib.resources import files

from frontdesk.answering.proof.lexicon import among, flat, lexicon, meanings, same_word
from frontdesk.answering.proof.numerals import written_out
from frontdesk.answering.proof.patterns import Patterns
from frontdesk.answering.proof.quantity import Quantity, quantities
from frontdesk.kit import figures
from frontdesk.kit.figures import Figures
from frontdesk.kit.plain import plain


@dataclass(frozen=True, slots=True)
class Term:
    """A word that states something; `names` are its meanings, empty for one that the lexicon does not know."""

    form: str
    names: frozenset[str]

    def same(self, other: "Term") -> bool:
        if self.names or other.names:
            return not self.names.isdisjoint(other.names)
        return same_word(self.form, other.form)

    @property
    def soft(self) -> bool:
        """Whether it comes along with others in paraphrase and states little by itself."""
        return bool(self.names) and self.names <= lexicon().kinds["soft"]

    def is_(self, name: str) -> bool:
        return name in self.names


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    """Folded, with phrases as one word."""
    terms: tuple[Term, ...]
    quantities: tuple[Quantity, ...]
    denied: tuple[Term, ...]
    """Those that a negation stands before (in Kazakh: after)."""
    impossible: bool
    """`cannot`, `нельзя`, `мүмкін емес`: the clause denies all it says."""
    condition: str
    """`if`, `unless`, `only`, or empty."""

    def has(self, term: Term) -> bool:
        return any(term.same(own) for own in self.terms)

    @property
    def opens_with_term(self) -> bool:
        """As an English imperative does."""
        first = _WORD.search(self.text)
        return first is not None and first.group().isascii() and bool(meanings(first.group()))

    @property
    def is_free(self) -> bool:
        return any(term.is_("free") for term in self.terms)


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    clauses: tuple[Clause, ...]
    apart: Figures
    """Its addresses, dates and times of day."""
    kazakh: bool
    quotes: tuple[str, ...] = field(default=())

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for clause in self.clauses for term in clause.terms)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantity for clause in self.clauses for quantity in clause.quantities)

    @property
    def condition(self) -> tuple[Clause, ...]:
        """The clauses under which the rest holds; empty where it holds as it is, or nothing parts the two."""
        marked = [n for n, clause in enumerate(self.clauses) if clause.condition in ("if", "unless")]
        if not marked or len(self.clauses) == 1:
            return ()
        if self.kazakh or marked[0] == 0:
            last = marked[-1] if self.kazakh else 0
            return self.clauses[marked[0] : last + 1]
        return self.clauses[marked[0] :]


_KAZAKH = re.compile(r"[әғқңөұүһі]|\b(?:мен|жане|бар|болады|керек|емес)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PATTERNS = Patterns("clauses.txt")
_BORDER = _PATTERNS.any_of("border")
_BORDER_KK = _PATTERNS.any_of("border", "border_kk")
_NOT = frozenset({"not", "no", "never", "without", "neither", "nor"})
_NOT_RU = frozenset({"не", "нет", "без", "ни", "никогда", "никакой", "никаких"})
_NOT_KK = frozenset({"емес", "жок"})
_KAZAKH_NOT = _PATTERNS.any_of("kazakh_not")
_KAZAKH_WITHOUT = re.compile(r"(?:\w+[мб][ае]|\w{2,}[^аеийоуыэюя])с[ыи]з")
"""`чексіз`, `қаптамасыз`, but not `аласыз`: you take."""
_PERCENT_ENDING = re.compile(r"(?<=%)-\w+")
_IMPOSSIBLE = _PATTERNS.word("impossible")
_CONDITION = {name: _PATTERNS.any_of(name) for name in ("unless", "if", "only")}
_UN = re.compile(r"^(?:un|non-?|in|dis)(?=[a-z]{4})|^не(?=\w{4})")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{3,})[»”\"]")


@lru_cache(maxsize=16_384)
def read_sentence(text: str) -> Sentence:
    meant = plain(text, markup=False).text
    kazakh = bool(_KAZAKH.search(meant))
    apart, rest = figures.set_apart(meant)
    rest = written_out(_one_word(_PERCENT_ENDING.sub("", flat(rest)), kazakh))
    border = _BORDER_KK if kazakh else _BORDER
    pieces = [piece for piece in border.split(rest) if piece and piece.strip(" .!?…")]
    clauses = tuple(_clause(piece.strip(), kazakh) for piece in pieces)
    quotes = tuple(match[1] for match in _QUOTED.finditer(meant))
    return Sentence(meant, clauses, apart, kazakh, quotes)


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    text = (files("frontdesk.answering.proof") / "phrases.txt").read_text(encoding="utf-8")
    lines = [line.partition(" => ") for line in text.splitlines() if " => " in line]
    return [(re.compile(pattern), f" {word.strip()} ") for pattern, _, word in lines]


def _one_word(text: str, kazakh: bool) -> str:
    """Phrases as the word that stands for them; a Kazakh verb that denies goes on denying."""

    def replaced(match: re.Match[str], word: str) -> str:
        denies = kazakh and _KAZAKH_NOT.fullmatch(match.group().split()[-1])
        return match.expand(word) + (" емес " if denies and "free" not in word else "")

    for pattern, word in _phrases():
        text = pattern.sub(partial(replaced, word=word), text)
    return text


def _clause(text: str, kazakh: bool) -> Clause:
    measured, whole = tuple(quantities(text)), text
    for quantity in reversed(measured):
        if quantity.unit != "piece":
            text = f"{text[: quantity.start]} {text[quantity.end :]}"
    impossible = bool(_IMPOSSIBLE.search(text))
    terms, denied = _terms(text, kazakh, impossible)
    condition = next((name for name, pattern in _CONDITION.items() if pattern.search(text)), "")
    return Clause(whole, terms, measured, denied, impossible, condition)


def _terms(text: str, kazakh: bool, impossible: bool) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    terms: list[Term] = []
    denied: list[Term] = []
    waits = False
    for form in _forms(text):
        negates = _negates(form, kazakh)
        term = _term(form)
        if negates == "word" and term is not None:
            terms.append(term)
            denied.append(term)
        elif term is not None:
            terms.append(term)
            if waits and not term.soft:
                denied.append(term)
                waits = False
        elif negates == "before" and terms and not impossible:
            denied.append(terms[-1])
        elif negates == "after":
            waits = not impossible
    if waits and terms:
        denied.append(terms[-1])
    return tuple(terms), tuple(denied)


def _negates(form: str, kazakh: bool) -> str:
    """`after`: what follows; `before`: what goes before; `word`: itself."""
    if kazakh:
        if form in _NOT_KK:
            return "before"
        return "word" if _KAZAKH_NOT.fullmatch(form) or _KAZAKH_WITHOUT.fullmatch(form) else ""
    if form in _NOT or form in _NOT_RU or form.endswith("n't"):
        return "after"
    if among("empty", form) or meanings(form):
        return ""
    bare = _UN.sub("", form)
    return "word" if bare != form and meanings(bare) else ""


def _forms(text: str) -> list[str]:
    forms: list[str] = []
    for match in _WORD.finditer(text):
        form = match.group().removesuffix("'s")
        known = among("empty", form) or meanings(form) or form.endswith("n't")
        forms += [form] if known or "-" not in form else form.split("-")
    return forms


@lru_cache(maxsize=65_536)
def _term(form: str) -> Term | None:
    """None for a word that states nothing."""
    if among("empty", form) or form.endswith("n't") or len(form) == 1:
        return None
    names = meanings(form)
    if not names:
        bare = _UN.sub("", form)
        names = meanings(bare) if bare != form else names
    return Term(form, names)
