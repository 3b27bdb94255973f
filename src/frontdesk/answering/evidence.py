"""What one run has looked up: the only things its reply may state."""

from dataclasses import dataclass, field

from frontdesk.knowledge.passage import Passage
from frontdesk.tickets.decision import Source


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as it was told to the model, word for word."""

    number: str
    text: str
    status: str
    summary: str


@dataclass(slots=True)
class Evidence:
    """Passages (`p1`, `p2` ...) and orders (`order:54321`) by the id under which the model saw them."""

    passages: dict[str, Passage] = field(default_factory=dict)
    orders: dict[str, OrderFacts] = field(default_factory=dict)

    def add_passages(self, passages: list[Passage]) -> dict[str, Passage]:
        """Keep them; the answer names each by its id, an old one where it was seen before."""
        return {self._id_of(passage): passage for passage in passages}

    def add_order(self, facts: OrderFacts) -> str:
        key = f"order:{facts.number}"
        self.orders[key] = facts
        return key

    @property
    def ids(self) -> tuple[str, ...]:
        return (*self.passages, *self.orders)

    def known(self, cited: list[str]) -> tuple[str, ...]:
        """Those of the cited ids that exist, each once; `54321` and `#54321` also name an order."""
        found: dict[str, None] = {}
        for name in cited:
            plain = name.strip().strip("[]").lower()
            for key in (plain, f"order:{plain.lstrip('#')}"):
                if key in self.passages or key in self.orders:
                    found[key] = None
        return tuple(found)

    def text_of(self, key: str) -> str:
        """All that this piece of evidence says."""
        if key in self.orders:
            return self.orders[key].text
        passage = self.passages[key]
        return "\n".join(part for part in (passage.title, passage.heading, passage.text, passage.url) if part)

    def source_of(self, key: str) -> Source:
        if key in self.orders:
            facts = self.orders[key]
            return Source(key, facts.number, facts.status, facts.summary, 1.0)
        passage = self.passages[key]
        return Source(
            passage.doc_key, passage.title, passage.heading, passage.quote, passage.score, passage.url
        )

    def _id_of(self, passage: Passage) -> str:
        for key, seen in self.passages.items():
            if (seen.document_id, seen.heading, seen.text) == (
                passage.document_id,
                passage.heading,
                passage.text,
            ):
                return key
        key = f"p{len(self.passages) + 1}"
        self.passages[key] = passage
        return key
