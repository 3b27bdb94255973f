"""Ties one sentence of a reply to what bears it, or says why nothing does."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from frontdesk.answering.evidence import Evidence, EvidenceKind, Findings
from frontdesk.answering.proof import manners
from frontdesk.answering.proof.acts import OF_ORDER, ToldAct, acts_told
from frontdesk.answering.proof.bear import faults
from frontdesk.answering.proof.clause import Sentence, Term, read_sentence
from frontdesk.answering.proof.conditions import CONDITION
from frontdesk.answering.proof.denials import denies_all_of, says_all
from frontdesk.answering.proof.lexicon import flat, lexicon, meanings, same_word
from frontdesk.answering.proof.secrets import asks_secret
from frontdesk.answering.proof.window import Window, windows_of
from frontdesk.kit import figures
from frontdesk.kit.plain import plain
from frontdesk.tickets.decision import ProofKind, SentenceProof

_ENDINGS = (
    "com|kz|ru|org|net|io|shop|example|me|ly|info|biz|online|site|store|xyz|top|link|app|dev|co|uk|de|cn|club|pro|page"
    "|live|support|gd|gl|su|by|uz|kg|tr|eu|us|ai|click|cc|tk|win|vip|test|invalid|рф|қаз|каз"
)
_LINK = re.compile(
    rf"(?:[a-z][a-z+.-]{{1,12}}://|www\.)[^\s<>()\"'»]+"
    rf"|(?<![\w.-])(?:[\w.+-]*@)?[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?:/[^\s<>()\"'»]*)?|(?<![\w@])@[a-z0-9_]{{4,}}",
    re.IGNORECASE,
)
_INTERJECTION = re.compile(
    r"^(?:yes|no|yeah|ok|okay|да|нет|иә|жоқ|sure|right|конечно|әрине)\s*[,.!:—–-]\s*", re.IGNORECASE
)
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•–—]|\d{1,2}[.)]|(?:step|шаг|қадам)\s*\d{1,2}[.:)]?)\s+|^\d{1,2}-қадам[.:]?\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a reply is held against."""

    findings: Findings
    hosts: tuple[str, ...]
    """Domains of the settings that a link may lead to, beside those of the articles."""
    own_addresses: frozenset[str]
    """Addresses that the desk itself gives, such as where to sign in."""
    names: tuple[str, ...]
    """What the customer and the desk are called."""
    own_words: tuple[str, ...]
    """The customer's; they bear nothing, but a question may take them up."""
    form_problems: Callable[[str], list[str]] = lambda text: []
    """What is wrong with a sentence whatever bears it."""
    besides: tuple[tuple[str, Evidence], ...] = ()
    """What else bears a statement: a colleague's wish."""

    def __iter__(self) -> Iterator[tuple[str, Evidence]]:
        yield from self.findings
        yield from self.besides


@dataclass(frozen=True, slots=True)
class Proven:
    proof: SentenceProof | None
    problems: tuple[str, ...] = ()
    hard: bool = False
    """Such a sentence is never written by a model that does its work: the whole reply goes to a person."""
    window: Window | None = None

    @property
    def lacks_condition(self) -> bool:
        return self.problems == (CONDITION,)


class Prover:
    """For one reply; what is looked up meanwhile is seen."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._windows: dict[str, tuple[Window, ...]] = {}
        self._known_addresses: dict[int, frozenset[str]] = {}
        self._own = figures.set_apart("\n".join(ground.own_words))[0].addresses
        self._proven: dict[tuple[str, str | None, int], Proven] = {}

    def prove(self, sentence: str, after: str | None = None) -> Proven:
        """`after`: the evidence that the sentence before rests on, where that is an order."""
        key = (sentence, after, len(tuple(self._ground)))
        if key not in self._proven:
            self._proven[key] = self._prove(sentence, after)
        return self._proven[key]

    def _prove(self, sentence: str, after: str | None) -> Proven:
        if problems := self._never(sentence):
            return Proven(None, tuple(problems), hard=True)
        bare = _LIST_MARK.sub("", sentence).strip()
        if manners.is_courtesy(bare, self._ground.names) and not acts_told(bare):
            return Proven(SentenceProof(sentence, ProofKind.COURTESY))
        if manners.found_nothing(bare, self._own_numbers()):
            return Proven(SentenceProof(sentence, ProofKind.COURTESY))
        if bare.endswith("?"):
            if self._only_asks(bare):
                return Proven(SentenceProof(sentence, ProofKind.QUESTION))
            return Proven(None, ("a question that asserts",), hard=bool(acts_told(bare)))
        proven = self._borne(sentence, bare, after)
        if proven.proof is None and not proven.hard and manners.is_question(bare) and self._only_asks(bare):
            return Proven(SentenceProof(sentence, ProofKind.QUESTION))
        return proven

    def windows(self) -> Iterable[Window]:
        for name, evidence in self._ground:
            if name not in self._windows:
                self._windows[name] = tuple(windows_of(name, evidence))
            yield from self._windows[name]

    def _never(self, sentence: str) -> list[str]:
        problems = list(self._ground.form_problems(sentence))
        if asks_secret(sentence):
            problems.append("asks for a secret")
        known = self._addresses() | self._own
        for link in _LINK.findall(plain(sentence, markup=False).text):
            if not self._may_link(link, known):
                problems.append(f"a link that is not the desk's: {link}")
        return problems

    def _may_link(self, link: str, known: frozenset[str]) -> bool:
        bare = link.lower().rstrip("/.,;:!?")
        bare = re.sub(r"^[a-z][a-z+.-]*://", "", bare).removeprefix("www.").removeprefix("@")
        if not any(
            bare == other or other.startswith(f"{bare}/") or other.endswith(f"@{bare}") for other in known
        ):
            return False
        own = {address.rpartition("@")[2] for address in self._own}
        host = re.split(r"[/?#:]", bare.rpartition("@")[2])[0]
        hosts = hosts_of(self._ground.findings, self._ground.hosts)
        return (
            not hosts
            or host in own
            or any(host == own_host or host.endswith(f".{own_host}") for own_host in hosts)
        )

    def _addresses(self) -> frozenset[str]:
        key = len(tuple(self._ground))
        if key not in self._known_addresses:
            self._known_addresses[key] = self._read_addresses()
        return self._known_addresses[key]

    def _read_addresses(self) -> frozenset[str]:
        addresses = set(self._ground.own_addresses)
        for _, evidence in self._ground:
            addresses |= figures.set_apart(plain(evidence.basis, markup=False).text)[0].addresses
        return frozenset(addresses)

    def _own_numbers(self) -> set[str]:
        return set(re.findall(r"\d+", "\n".join(self._ground.own_words)))

    def _only_asks(self, text: str) -> bool:
        claim = read_sentence(text)
        if acts_told(text):
            return False
        hard = [term for term in claim.terms if not term.soft]
        together = any(
            len(window.sentences) == 1 and all(window.has(term) for term in hard) for window in self.windows()
        )
        if not together and any(term.names & lexicon().kinds["claims"] for term in hard):
            return False
        known = [term for window in self.windows() for term in window.terms]

        def borne(term: Term) -> bool:
            return any(term.same(other) for other in known)

        known_numbers = {(q.low, q.unit) for window in self.windows() for q in window.quantities}
        numbers = self._own_numbers()
        for quantity in claim.quantities:
            mine = quantity.unit in (None, "piece") and str(quantity.low) in numbers
            if (quantity.low, quantity.unit) not in known_numbers and not mine:
                return False
        if claim.apart.addresses - self._own - self._addresses() or claim.apart.days or claim.apart.times:
            return False
        return manners.asks_only(claim, borne, self._ground.own_words)

    def _borne(self, sentence: str, bare: str, after: str | None) -> Proven:
        acts = acts_told(bare)
        claim = read_sentence(self._without_call(_INTERJECTION.sub("", bare)))
        fewest: list[str] | None = None
        unrecorded = bool(acts)
        for window in self.windows():
            if (
                after
                and window.kind is EvidenceKind.ORDER
                and window.evidence != after
                and not claim.quantities
            ):
                continue
            missing = faults(claim, window, self._ground.own_addresses)
            if not missing and not _recorded(acts, window):
                missing = [f"tells an act that no record bears: {acts[0].shown}"]
            elif not missing or _recorded(acts, window):
                unrecorded = False
            if not missing and self._denied_by(claim, window):
                missing = ["the source denies it"]
            if not missing:
                return Proven(_proof(sentence, window, dict(self._ground)[window.evidence]), window=window)
            if fewest is None or len(missing) < len(fewest) or missing == [CONDITION]:
                fewest = missing
        problems = tuple(fewest or ("no source",))
        hard = unrecorded and any(act.personal for act in acts)
        return Proven(None, problems, hard=hard)

    def _denied_by(self, claim: Sentence, window: Window) -> bool:
        """Whether another sentence of the same article denies all of it, and none says all of it."""
        if any(clause.impossible or clause.denied or clause.condition for clause in claim.clauses):
            return False
        hard = [term for term in claim.terms if not term.soft]
        own = [
            other
            for other in self.windows()
            if other.evidence == window.evidence
            and len(other.sentences) == 1
            and not any(clause.condition in ("if", "unless") for clause in other.sentences[0].clauses)
        ]
        whole = [other.sentences[0] for other in own if hard and says_all(other.sentences[0], hard)]
        return bool(whole) and all(denies_all_of(sentence, hard) for sentence in whole)

    def _without_call(self, text: str) -> str:
        """Without the customer's name before the first comma."""
        head, comma, rest = text.partition(",")
        called = {form for name in self._ground.names for form in manners.forms_of(name)}
        forms = manners.forms_of(head)
        return rest.strip() if comma and forms and all(form in called for form in forms) else text


def _recorded(acts: tuple[ToldAct, ...], window: Window) -> bool:
    """Whether all acts that a sentence tells are in the window's record."""
    return all(_has_record(act, window) for act in acts)


def _has_record(act: ToldAct, window: Window) -> bool:
    if window.kind is EvidenceKind.ORDER:
        return act.name in _events_of_order(window)
    known = acts_told(window.quote)
    if window.kind is EvidenceKind.RESULT:
        return _put_forward(act, window) or _in_a_field(act, window)
    if act.personal:
        return False
    supposed = any(clause.condition for clause in window.clauses) or any(
        part.quotes for part in window.sentences
    )
    return (supposed or not act.weighty) and any(act.shown == other.shown for other in known)


def _events_of_order(window: Window) -> set[str]:
    state = re.search(r"(?m)^status: (.+)$", window.quote)
    return OF_ORDER.get(state[1].strip(), set()) if state else set()


def _put_forward(act: ToldAct, window: Window) -> bool:
    """Of a proposal no more may be told than that the request was received."""
    proposed = any("put forward" in flat(part.text) for part in window.context)
    return proposed and bool(re.search(r"receiv|register|принят|получ|зарегистр|кабылда|тирке", act.shown))


def _proof(sentence: str, window: Window, evidence: Evidence) -> SentenceProof:
    source = evidence.source
    quote = window.quote if window.kind is EvidenceKind.PASSAGE else source.quote
    return SentenceProof(
        sentence,
        ProofKind(window.kind),
        source.doc_id,
        source.heading,
        quote,
        source.document_id,
        source.version,
    )


def hosts_of(findings: Findings, settings_hosts: Iterable[str]) -> frozenset[str]:
    """Domains of the settings and of what was found."""
    urls = [evidence.source.url for _, evidence in findings if evidence.source.url]
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in urls}
    return frozenset((hosts | {host.lower().removeprefix("www.") for host in settings_hosts}) - {""})


_STATE = re.compile(r"(?m)^(?:[\w ]{0,30} )?(?:status|state|outcome|result): (\S+(?: \S+){0,3})$")


def _in_a_field(act: ToldAct, window: Window) -> bool:
    """Whether a field of the result says so; its free text may be anybody's."""
    verb = act.shown.split()[-1]
    states = " ".join(_STATE.findall(window.quote)).split()
    return any(
        same_word(verb, flat(state)) or bool(meanings(verb) & meanings(flat(state))) for state in states
    )
