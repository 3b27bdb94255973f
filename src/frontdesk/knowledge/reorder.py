"""The optional last step of a search: a reranker puts the best passages into its own order."""

from dataclasses import replace

from frontdesk.knowledge.passage import Passage
from frontdesk.llm.best_effort import BestEffort
from frontdesk.llm.rerank import Reranker

TOP = 20
_CHARACTERS = 2_000


class Reorder:
    """Within `seconds`, or the order stays as it was."""

    def __init__(self, reranker: Reranker, seconds: float) -> None:
        self._reranker = reranker
        self._asking = BestEffort("reranker_away", reranker.name, seconds)

    async def apply(self, query: str, passages: list[Passage]) -> list[Passage]:
        """The same passages, the first `TOP` of them by relevance.

        A score belongs to its place: the first place's is the calibrated chance that the search found the
        answer, and stays so. What a reranker gives is comparable within one query at best, and is not kept.
        """
        top, rest = passages[:TOP], passages[TOP:]
        if len(top) < 2:
            return passages
        texts = [_read(passage) for passage in top]
        relevance = await self._asking.ask(lambda: self._reranker.relevance(query, texts))
        if relevance is None:
            return passages
        order = sorted(range(len(top)), key=lambda at: -relevance[at])
        placed = [replace(top[at], score=before.score) for at, before in zip(order, top, strict=True)]
        return placed + rest


def _read(passage: Passage) -> str:
    above = " › ".join(part for part in (passage.title, passage.heading) if part)
    return f"{above}\n{passage.text}"[:_CHARACTERS]
