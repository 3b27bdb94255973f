"""An answerer that proposes to give points, as an LLM would by calling the toy tool."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from frontdesk.answering.answerer import Stream
from frontdesk.answering.tools.registry import Registry
from frontdesk.answering.tools.tool import ToolCaller
from frontdesk.tickets.action import ProposedAction
from frontdesk.tickets.case import Case
from frontdesk.tickets.decision import Decision
from frontdesk.tickets.reading import Reading
from tests.contracts.toy_tool import GivePoints, GivePointsBlindly
from tests.journeys.scripted import ScriptedAnswerer

_ASKED = re.compile(r"(GIVE|BLINDLY) (\S+)")


class ProposingAnswerer(ScriptedAnswerer):
    """`GIVE 50` proposes 50 points, `BLINDLY 50` the same by the tool that may not be repeated."""

    async def answer(self, case: Case, reading: Reading, stream: Stream) -> Decision:
        decision = await super().answer(case, reading, stream)
        actions = [await self._propose(case, *wish.groups()) for wish in _ASKED.finditer(case.text)]
        return replace(decision, actions=tuple(actions))

    async def _propose(self, case: Case, how: str, points: str) -> ProposedAction:
        tool = GivePoints("") if how == "GIVE" else GivePointsBlindly("")
        return await Registry([tool]).propose(
            tool, {"points": points}, ToolCaller(case, "en", datetime.now(UTC))
        )
