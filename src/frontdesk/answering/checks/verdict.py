"""Every check a reply must pass before a customer may have it, in one place."""

import re
from dataclasses import dataclass

from frontdesk.answering.checks import ground, guard
from frontdesk.answering.checks.ground import Basis
from frontdesk.answering.llm.memory import MAX_QUESTION_CHARACTERS, recall
from frontdesk.answering.llm.run import AgentRun
from frontdesk.llm.fence import shorten
from frontdesk.terms import SenderType
from frontdesk.tickets.decision import Act, Source


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problems` are for the staff, empty where the reply is good; `sources` are those that bear it."""

    problems: tuple[str, ...]
    sources: tuple[Source, ...]


def judge(run: AgentRun, act: Act, content: str, cited: list[str], instructions: str) -> Verdict:
    """Ground and guard, on the reply as the customer would read it."""
    bearing = run.evidence.known(cited)
    bearing, missing = _ground(run, act, content, bearing)
    problems = [f"not in the sources: {fact}" for fact in missing]
    if act is Act.ANSWER and not bearing and run.reading.small_talk is None:
        problems.append("no source")
    problems += form_problems(content, instructions)
    return Verdict(tuple(problems), tuple(run.evidence.source_of(key) for key in bearing))


def form_problems(content: str, instructions: str) -> list[str]:
    """What is wrong with a text whatever its sources."""
    problems = [f"promises an action: {promise}" for promise in guard.promises(content)]
    problems += [f"unknown placeholder: {name}" for name in guard.unknown_placeholders(content)]
    if guard.leaks(content, instructions):
        problems.append("shows the instructions")
    return problems


def _ground(
    run: AgentRun, act: Act, content: str, cited: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The evidence that bears the reply (models forget to cite), and what even all of it does not hold."""
    missing = _missing(run, act, content, cited)
    for key in run.evidence.ids:
        if not missing:
            break
        if key not in cited:
            fewer = _missing(run, act, content, (*cited, key))
            if len(fewer) < len(missing):
                cited, missing = (*cited, key), fewer
    return cited, missing


def _missing(run: AgentRun, act: Act, content: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    basis = _basis(run, keys)
    return ground.unsupported(content, basis, today=run.setting.now.date(), asks=act is Act.ASK)


def _basis(run: AgentRun, keys: tuple[str, ...]) -> Basis:
    desk = (run.deps.desk_name, run.deps.sign_in_url)
    return Basis.of((*desk, *(run.evidence.text_of(key) for key in keys)), _said_by_customer(run))


def _said_by_customer(run: AgentRun) -> str:
    """What the model was shown of the customer's words, about."""
    turns = [*recall(run.case).turns, *run.case.pending]
    said = [turn.content for turn in turns if turn.sender_type is SenderType.CUSTOMER]
    return "\n".join(shorten(one, MAX_QUESTION_CHARACTERS) for one in (run.case.subject, *said))


_TAIL = 400
"""A promise or a leaked instruction is seen within so many characters."""
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")


class StreamCheck:
    """Whether a growing reply may stay on the customer's screen: each finished sentence must be grounded."""

    def __init__(self, run: AgentRun, instructions: str) -> None:
        self._run = run
        self._instructions = instructions
        self._basis: Basis | None = None
        self._checked = 0

    def allows(self, content: str) -> bool:
        """To be asked at every growth; each sentence is checked once."""
        if len(content) < self._checked:
            self._checked = 0
        if form_problems(content[-_TAIL:], self._instructions):
            return False
        ends = [found.end() for found in _SENTENCE_END.finditer(content, self._checked)]
        if not ends:
            return True
        finished, self._checked = content[self._checked : ends[-1]], ends[-1]
        if self._basis is None:
            # Nothing more is looked up once a reply is being written.
            self._basis = _basis(self._run, self._run.evidence.ids)
        # Whether a claim is a question's shows only in the whole; here all are taken as claims.
        return not ground.unsupported(finished, self._basis, today=self._run.setting.now.date())

    def begin(self) -> None:
        """A new reply begins, perhaps after more was looked up."""
        self._basis = None
        self._checked = 0
