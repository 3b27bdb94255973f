"""The tool that searches the company's knowledge."""

from pydantic_ai import RunContext

from frontdesk.answering.llm.context import fence_passages
from frontdesk.answering.llm.run import AgentRun
from frontdesk.knowledge.passage import Passage

SEARCHED = frozenset({"ru", "kk", "en"})


async def search_knowledge(ctx: RunContext[AgentRun], query: str) -> str:
    """Search the company's knowledge base.

    Args:
        query: What to look for, in a few words of the customer's language.
    """
    found = await find_passages(ctx.deps, query)
    return fence_passages(found) if found else "Nothing was found."


async def find_passages(run: AgentRun, query: str) -> dict[str, Passage]:
    """The best passages by the id to cite; kept as evidence of this run."""
    language = run.setting.language.partition("-")[0]
    passages = await run.deps.knowledge.search(
        query[:1_000], language=language if language in SEARCHED else None, limit=run.deps.top_k
    )
    return run.evidence.add_passages(passages)
