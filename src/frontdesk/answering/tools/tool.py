"""The contract of a tool: what it takes, who may use it, how long it may take, and whether it changes anything."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar, assert_never, final

from pydantic import BaseModel, ConfigDict

from frontdesk.access.actor import Permission
from frontdesk.answering.evidence import Evidence
from frontdesk.errors import ToolRefused
from frontdesk.kit.canonical import canonical
from frontdesk.terms import CustomerId, EscalationReason, Proof
from frontdesk.tickets.action import ProposedAction
from frontdesk.tickets.case import Case


class ToolInput(BaseModel):
    """Base of every tool's input. It never names the customer: the case does."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Effect(StrEnum):
    REVERSIBLE = "reversible"
    """Done twice or by mistake, it can be undone."""
    IRREVERSIBLE = "irreversible"


class Approval(StrEnum):
    """When a person must approve what is proposed."""

    NEVER = "never"
    ABOVE_LIMIT = "above_limit"
    """Where the tool's `above_limit` says so of the input."""
    ALWAYS = "always"


InputT = TypeVar("InputT", bound=ToolInput)


@dataclass(frozen=True, slots=True)
class ToolCaller:
    """For whom a tool works: the customer of the case and nobody else, in their language."""

    case: Case
    language: str
    now: datetime
    """In the desk's own time zone."""

    @property
    def customer(self) -> CustomerId:
        """Who writes, where that is proven. Raises `ToolRefused` where it is not."""
        contact = self.case.contact
        if contact.customer_id is None or not contact.proof.reaches(Proof.ATTESTED):
            raise ToolRefused("It is not proven who writes.")
        return contact.customer_id


class Tool(ABC, Generic[InputT]):
    """What all tools declare. Subclass `LookupTool` or `EffectTool`."""

    name: ClassVar[str]
    """Words joined by underscores; a reply that holds it shows the inside and is stopped."""
    description: ClassVar[str]
    """For the model: what the tool does and when to use it."""
    input: type[InputT]
    proof: ClassVar[Proof] = Proof.NONE
    """The least proof of who writes; from `attested` on the customer is known too."""
    timeout: ClassVar[float] = 10.0
    """Seconds for one attempt."""
    retries: ClassVar[int] = 1
    """Further attempts after one that failed for the moment."""

    def permits(self, caller: ToolCaller) -> bool:
        """Whether the tool is offered to this caller at all."""
        contact = caller.case.contact
        known = contact.customer_id is not None or not self.proof.reaches(Proof.ATTESTED)
        return known and contact.proof.reaches(self.proof)


class LookupTool(Tool[InputT]):
    """A tool without effect: it may run while the desk thinks, and again."""

    nothing: ClassVar[str] = "Nothing was found."
    """What the model is told where there is no evidence."""

    @abstractmethod
    async def run(self, asked: InputT, caller: ToolCaller) -> Sequence[Evidence]:
        """What is known. Raises `ToolDelayed` to be tried again, `ToolRefused` with words for the model."""


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """What came of an act."""

    summary: str
    """For staff, in a sentence."""
    result: dict[str, Any]
    """JSON, kept with the action."""
    reply: str = ""
    """What the customer is told of it, in their language; empty: nothing, or only what a person says."""


class EffectTool(Tool[InputT]):
    """A tool that changes something. It never runs while the desk thinks: what it proposes is done afterwards."""

    effect: ClassVar[Effect]
    idempotent: ClassVar[bool] = False
    """Whoever does it does it once for each key, however often they are asked."""
    approval: ClassVar[Approval] = Approval.ALWAYS
    approval_reason: ClassVar[EscalationReason] = EscalationReason.POLICY
    approver: ClassVar[Permission] = Permission.TICKETS_WRITE
    """What a person needs to approve it."""

    @abstractmethod
    async def propose(self, asked: InputT, caller: ToolCaller) -> ProposedAction:
        """What would be done, by `self.action(...)`; looking things up is allowed, changing them is not.

        Raises `ToolDelayed`, or `ToolRefused` with words for the model.
        """

    @abstractmethod
    async def perform(self, asked: InputT, key: str, caller: ToolCaller) -> ActionOutcome:
        """Do it; `key` is the same at every attempt of this action and of no other.

        Raises `ToolDelayed` or `ToolRefused` only where nothing was done. Any other end, a time-out too,
        leaves open whether it was.
        """

    def above_limit(self, asked: InputT) -> bool:
        """Whether a person must approve this input, by the input alone."""
        return True

    @final
    def action(self, asked: InputT, summary: str) -> ProposedAction:
        """The proposal to be given this input; `summary` is a sentence for staff, and what a reply may state of it."""
        return ProposedAction(self.name, canonical(asked.model_dump()), summary, self.approval_needed(asked))

    @final
    def approval_needed(self, asked: InputT) -> EscalationReason | None:
        """Why a person must approve this input; None: nobody need."""
        match self.approval:
            case Approval.NEVER:
                needed = False
            case Approval.ABOVE_LIMIT:
                needed = self.above_limit(asked)
            case Approval.ALWAYS:
                needed = True
            case _:
                assert_never(self.approval)
        return self.approval_reason if needed else None

    @property
    def may_repeat(self) -> bool:
        """Whether an attempt with an unseen end may be followed by another."""
        return self.idempotent or self.effect is Effect.REVERSIBLE
