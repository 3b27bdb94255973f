"""What is done with an article by how sure it is: an answer, an answer with a question, titles, or a person."""

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.settings import Settings

_WORTH_OFFERING = 0.05
"""Below it not even the titles are likely to help."""


class Way(StrEnum):
    ANSWER = "answer"
    DOUBTFUL = "doubtful"
    """The answer with "did this help?" and other titles."""
    OFFER = "offer"
    """Titles to choose from."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Costs:
    """What mistakes cost, in needless hand-overs; all thresholds follow from them.

    An answer pays where its expected cost, the chance of being wrong times the cost, is below that of a hand-over.
    """

    wrong: float = 5.0
    doubtful: float = 1.5
    """Of a wrong answer that asks whether it helped."""

    @classmethod
    def of(cls, settings: Settings) -> "Costs":
        return cls(settings.wrong_answer_cost, settings.doubtful_answer_cost)

    @property
    def answer_from(self) -> float:
        """The least chance with which an article is answered from."""
        return 1 - 1 / self.wrong

    @property
    def doubtful_from(self) -> float:
        """The least chance of an answer with the question whether it helped."""
        return min(1 - 1 / self.doubtful, self.answer_from)

    def way(self, chance: float, *, may_ask: bool = True, upset: bool = False) -> Way:
        """`may_ask`: whether a question back is acceptable; without one it is an answer or a person.

        A doubtful answer would feed the anger of who is upset: it must be surer by half of the way, and no titles.
        """
        if chance >= self.answer_from:
            return Way.ANSWER
        if not may_ask or chance < _WORTH_OFFERING:
            return Way.PERSON
        least = (self.doubtful_from + self.answer_from) / 2 if upset else self.doubtful_from
        if chance >= least:
            return Way.DOUBTFUL
        return Way.PERSON if upset else Way.OFFER


COSTS = Costs()
"""The defaults."""
