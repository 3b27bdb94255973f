"""Every check a reply must pass before a customer may have it, in one place."""

import re
from dataclasses import dataclass
from datetime import date

from frontdesk.answering.checks import ground, guard
from frontdesk.answering.checks.ground import Basis
from frontdesk.answering.evidence import Findings
from frontdesk.tickets.decision import Act, Source


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a reply is held against."""

    findings: Findings
    own: tuple[str, ...]
    """What the desk may say of itself: its name, where to sign in."""
    own_words: str
    """The customer's own words, as far as they were shown to whoever replies."""
    today: date
    small_talk: bool
    instructions: str
    inner_names: frozenset[str]
    """Names of tools; no customer sees one."""

    def basis(self, names: tuple[str, ...]) -> Basis:
        """What these pieces of evidence allow to be stated."""
        return Basis.of((*self.own, *(self.findings[name].basis for name in names)), self.own_words)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problems` are for the staff, empty where the reply is good; `sources` are those that bear it."""

    problems: tuple[str, ...]
    sources: tuple[Source, ...]


def judge(grounds: Grounds, act: Act, content: str, cited: list[str]) -> Verdict:
    """Ground and guard, on the reply as the customer would read it."""
    bearing, missing = _ground(grounds, act, content, grounds.findings.cited(cited))
    problems = [f"not in the sources: {fact}" for fact in missing]
    if act is Act.ANSWER and not bearing and not grounds.small_talk:
        problems.append("no source")
    problems += form_problems(content, grounds)
    return Verdict(tuple(problems), tuple(grounds.findings[name].source for name in bearing))


def form_problems(content: str, grounds: Grounds) -> list[str]:
    """What is wrong with a text whatever its sources."""
    problems = [f"promises an action: {promise}" for promise in guard.promises(content)]
    problems += [f"unknown placeholder: {name}" for name in guard.unknown_placeholders(content)]
    if guard.leaks(content, grounds.instructions, grounds.inner_names):
        problems.append("shows the instructions")
    return problems


def _ground(
    grounds: Grounds, act: Act, content: str, cited: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The evidence that bears the reply (models forget to cite), and what even all of it does not hold."""
    missing = _missing(grounds, act, content, cited)
    for name in grounds.findings.names:
        if not missing:
            break
        if name not in cited:
            fewer = _missing(grounds, act, content, (*cited, name))
            if len(fewer) < len(missing):
                cited, missing = (*cited, name), fewer
    return cited, missing


def _missing(grounds: Grounds, act: Act, content: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return ground.unsupported(content, grounds.basis(names), today=grounds.today, asks=act is Act.ASK)


_TAIL = 400
"""A promise or a leaked instruction is seen within so many characters."""
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")


class StreamCheck:
    """Whether a growing reply may stay on the customer's screen: each finished sentence must be grounded."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._basis: Basis | None = None
        self._checked = 0

    def allows(self, content: str) -> bool:
        """To be asked at every growth; each sentence is checked once."""
        if len(content) < self._checked:
            self._checked = 0
        if form_problems(content[-_TAIL:], self._grounds):
            return False
        ends = [end.end() for end in _SENTENCE_END.finditer(content, self._checked)]
        if not ends:
            return True
        finished, self._checked = content[self._checked : ends[-1]], ends[-1]
        if self._basis is None:
            # Nothing more is looked up once a reply is being written.
            self._basis = self._grounds.basis(self._grounds.findings.names)
        # Whether a claim is a question's shows only in the whole; here all are taken as claims.
        return not ground.unsupported(finished, self._basis, today=self._grounds.today)

    def begin(self) -> None:
        """A new reply begins, perhaps after more was looked up."""
        self._basis = None
        self._checked = 0
