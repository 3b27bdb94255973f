"""The tool that searches the company's knowledge."""

from collections.abc import Sequence

from pydantic import Field

from frontdesk.answering.deps import Deps, KnowledgePort
from frontdesk.answering.evidence import Evidence, passage_evidence
from frontdesk.answering.tools.tool import LookupTool, Tool, ToolCaller, ToolInput

SEARCHED = frozenset({"ru", "kk", "en"})


class KnowledgeQuery(ToolInput):
    query: str = Field(description="What to look for, in a few words of the customer's language.")


class SearchKnowledge(LookupTool[KnowledgeQuery]):
    name = "search_knowledge"
    description = "Search the company's knowledge base."
    input = KnowledgeQuery
    timeout = 20.0
    retries = 0

    def __init__(self, knowledge: KnowledgePort, top_k: int) -> None:
        self._knowledge = knowledge
        self._top_k = top_k

    async def run(self, asked: KnowledgeQuery, caller: ToolCaller) -> Sequence[Evidence]:
        language = caller.language.partition("-")[0]
        passages = await self._knowledge.search(
            asked.query[:1_000], language=language if language in SEARCHED else None, limit=self._top_k
        )
        return [passage_evidence(passage) for passage in passages]


def tools(deps: Deps) -> list[Tool[KnowledgeQuery]]:
    return [SearchKnowledge(deps.knowledge, deps.top_k)]
