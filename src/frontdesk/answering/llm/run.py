"""The state of one run of the agent: who is served, what was looked up, what the reply has to fit."""

from dataclasses import dataclass, field

from frontdesk.answering.deps import Deps
from frontdesk.answering.evidence import Evidence
from frontdesk.answering.llm.context import Setting
from frontdesk.llm.redact import Redactor
from frontdesk.tickets.case import Case
from frontdesk.tickets.reading import Reading


@dataclass(slots=True)
class AgentRun:
    """Tools act for the customer of `case` and nobody else: they take the customer from here."""

    case: Case
    reading: Reading
    setting: Setting
    deps: Deps
    evidence: Evidence = field(default_factory=Evidence)
    redactor: Redactor = field(default_factory=Redactor)
    corrected: bool = False
    """Whether the model was already asked to mend the form of its reply; it is asked once."""
