"""The optional last step of a search: a reranker reorders the best passages."""

from dataclasses import replace

from frontdesk.knowledge.passage import Passage
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.rerank import Reranker

TOP = 20
_CHARACTERS = 2_000


class Reorder:
    """The order is unchanged where the reranker fails or takes longer than `seconds`."""

    def __init__(self, reranker: Reranker, seconds: float) -> None:
        self._reranker = reranker
        self._asking = BestEffort("reranker_away", reranker.name, seconds)

    async def apply(self, query: str, passages: list[Passage]) -> list[Passage]:
        """The same passages, the first `TOP` of them by relevance.

        The scores keep their places: the first place's is the calibrated probability that the search found the
        answer. A reranker's own scores are not comparable between queries, so they are dropped.
        """
        top, rest = passages[:TOP], passages[TOP:]
        if len(top) < 2:
            return passages
        texts = [_text(passage) for passage in top]
        relevance = await self._asking.ask(lambda: self._reranker.relevance(query, texts))
        if relevance is None:
            return passages
        order = sorted(range(len(top)), key=lambda at: -relevance[at])
        placed = [replace(top[at], score=before.score) for at, before in zip(order, top, strict=True)]
        return placed + rest


def _text(passage: Passage) -> str:
    headings = " › ".join(part for part in (passage.title, passage.heading) if part)
    return f"{headings}\n{passage.text}"[:_CHARACTERS]
