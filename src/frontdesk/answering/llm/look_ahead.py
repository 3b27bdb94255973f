"""Look up what is plainly needed before the model is asked: most cases then take one request."""

from contextlib import suppress

from frontdesk.answering.llm.run import AgentRun
from frontdesk.answering.tools.knowledge import SearchKnowledge
from frontdesk.answering.tools.orders import GetOrder
from frontdesk.answering.tools.registry import Registry
from frontdesk.answering.tools.tool import LookupTool
from frontdesk.errors import ToolDelayed, ToolInputInvalid, ToolRefused
from frontdesk.terms import EntityType, SenderType
from frontdesk.tickets.case import Case

_ORDERS = 3
_STANDS_ALONE = 30
"""A question of so many characters is looked up without the one before it."""


async def look_ahead(run: AgentRun, tools: Registry) -> None:
    """Passages for the question, and the orders that it names, become findings of the run."""
    if not run.reading.asks_nothing:
        await _look_up(run, tools, SearchKnowledge.name, {"query": _query(run.case)})
    numbers = [entity.value for entity in run.reading.entities if entity.type is EntityType.ORDER_NUMBER]
    for number in dict.fromkeys(numbers[:_ORDERS]):
        await _look_up(run, tools, GetOrder.name, {"number": number})


async def _look_up(run: AgentRun, tools: Registry, name: str, given: dict[str, object]) -> None:
    """Use a tool as the model would, where this desk has it and this customer may use it."""
    tool = tools.get(name)
    if isinstance(tool, LookupTool) and tool.permits(run.caller):
        with suppress(ToolDelayed, ToolRefused, ToolInputInvalid):
            run.findings.add_all(await tools.look_up(tool, given, run.caller))


def _query(case: Case) -> str:
    """What to look up: the question, with the one before it where it is too short to stand alone."""
    text = case.question.strip()
    if len(text) >= _STANDS_ALONE:
        return text
    pending = {turn.seq for turn in case.pending}
    earlier = [t.content for t in case.turns if t.sender_type is SenderType.CUSTOMER and t.seq not in pending]
    return f"{earlier[-1]}\n{text}" if earlier else text
