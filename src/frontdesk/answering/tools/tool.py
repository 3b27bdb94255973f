"""The contract of a tool: what it takes, who may use it, how long it may take, and whether it changes anything."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from frontdesk.answering.evidence import Evidence
from frontdesk.errors import ToolRefused
from frontdesk.terms import CustomerId, Proof
from frontdesk.tickets.case import Case


class ToolInput(BaseModel):
    """Base of every tool's input. It never names the customer: the case does."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


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
    """What all tools declare. Subclass `LookupTool`."""

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
