"""The state of one run of the agent: who is served, what was looked up, what the reply has to fit."""

from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from frontdesk.answering.checks.guard import form_problems
from frontdesk.answering.evidence import Evidence, EvidenceKind, Findings
from frontdesk.answering.llm.context import ReplySetting
from frontdesk.answering.llm.memory import MAX_QUESTION_CHARACTERS, recall
from frontdesk.answering.proof.prover import Ground
from frontdesk.answering.tools.tool import ToolCaller
from frontdesk.kit import figures
from frontdesk.llm.fence import shorten
from frontdesk.llm.redact import Redactor
from frontdesk.terms import SenderType
from frontdesk.tickets.action import ProposedAction
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Source
from frontdesk.tickets.reading import Reading


@dataclass(slots=True)
class AgentRun:
    """Tools act for the customer of `case` and nobody else: they take the customer from here."""

    case: Case
    reading: Reading
    setting: ReplySetting
    findings: Findings = field(default_factory=Findings)
    redactor: Redactor = field(default_factory=Redactor)
    actions: list[ProposedAction] = field(default_factory=list)
    """What tools with effects proposed; kept with the decision, done after it."""
    corrected: bool = False
    """Whether the model was already asked to mend the form of its reply; it is asked once."""

    @property
    def caller(self) -> ToolCaller:
        return ToolCaller(self.case, self.setting.language, self.setting.now)

    def put_forward(self, proposed: ProposedAction) -> str:
        """Keep a proposal with the decision; the evidence of it, by its name."""
        if all(known.digest != proposed.digest for known in self.actions):
            self.actions.append(proposed)
        name = f"act:{proposed.digest[:8]}"
        source = Source(name, proposed.tool.replace("_", " "), "put forward", proposed.summary, 1.0)
        return self.findings.add(Evidence(name, EvidenceKind.RESULT, proposed.summary, source))

    @property
    def lacks_proof(self) -> bool:
        """Whether it is about an order, and nothing of orders may be told to who asks."""
        return "order_status" in self.reading.tags and not self.case.contact.is_proven

    def ground(self, instructions: str, inner_names: frozenset[str]) -> Ground:
        """What the reply will be held against; it sees what is looked up later."""
        names = (self.setting.desk_name, self.case.contact.proven_name or "")
        return Ground(
            findings=self.findings,
            hosts=(*self.setting.link_hosts, urlsplit(self.setting.sign_in_url).hostname or ""),
            own_addresses=figures.read(self.setting.sign_in_url).addresses,
            names=tuple(name for name in names if name),
            own_words=(self._words_of_customer(),),
            form_problems=partial(form_problems, instructions=instructions, inner_names=inner_names),
            besides=self._wish(),
        )

    def _wish(self) -> tuple[tuple[str, Evidence], ...]:
        """What a colleague asked for may be stated in the reply that they will send."""
        if not self.case.wish:
            return ()
        source = Source("wish", "", "", self.case.wish, 1.0)
        return (("wish", Evidence("wish", EvidenceKind.PASSAGE, self.case.wish, source)),)

    def _words_of_customer(self) -> str:
        """What the model was shown of the customer's words, about."""
        turns = [*recall(self.case).turns, *self.case.pending]
        by_customer = [turn.text for turn in turns if turn.sender_type is SenderType.CUSTOMER]
        texts = (self.case.subject, *by_customer)
        return "\n".join(shorten(text, MAX_QUESTION_CHARACTERS) for text in texts)
