"""What was looked up: the only facts that a reply may state, each with where it comes from."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.knowledge.passage import Passage
from frontdesk.tickets.decision import Source


class EvidenceKind(StrEnum):
    PASSAGE = "passage"
    ORDER = "order"
    RESULT = "result"
    """What another tool answered."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece, whatever gave it: an article, an order, a tool."""

    id: str
    """The same for the same words of the same source, whenever they are looked up."""
    kind: EvidenceKind
    text: str
    """Word for word what a model is shown."""
    source: Source

    @property
    def basis(self) -> str:
        """All that a reply may state from it: the text, and what its source is called."""
        parts = (self.source.title, self.source.heading, self.text, self.source.url)
        return "\n".join(part for part in parts if part)


def passage_evidence(passage: Passage, quote: str | None = None, heading: str | None = None) -> Evidence:
    """Evidence of a passage; `quote` and `heading` tell which words of its document are meant, and under what."""
    under = passage.heading if heading is None else heading
    words = quote or passage.quote
    return Evidence(
        id=f"{passage.doc_key}#{_fingerprint(passage.heading, passage.text)}",
        kind=EvidenceKind.PASSAGE,
        text=passage.text,
        source=Source(
            passage.doc_key, passage.title, under, words, round(passage.score, 3), passage.url,
            passage.document_id, passage.version,
        ),
    )  # fmt: skip


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]


class Findings:
    """What one run has looked up, in order, each piece under the short name that a model cites it by.

    Passages are `p1`, `p2` ...; everything else goes by its own id, such as `order:54321`.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, Evidence] = {}

    def add(self, evidence: Evidence) -> str:
        """Keep it; its name, the old one where it was looked up before."""
        for name, known in self._by_name.items():
            if known.id == evidence.id:
                return name
        passages = sum(known.kind is EvidenceKind.PASSAGE for known in self._by_name.values())
        name = f"p{passages + 1}" if evidence.kind is EvidenceKind.PASSAGE else evidence.id
        self._by_name[name] = evidence
        return name

    def add_all(self, pieces: Iterable[Evidence]) -> dict[str, Evidence]:
        """Keep them; each by its name."""
        return {self.add(piece): piece for piece in pieces}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_name)

    def __getitem__(self, name: str) -> Evidence:
        return self._by_name[name]

    def __iter__(self) -> Iterator[tuple[str, Evidence]]:
        return iter(self._by_name.items())

    def cited(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that exist, each once; `[P1]`, and `#54321` for an order, are understood too."""
        known: dict[str, None] = {}
        for name in names:
            plain = name.strip().strip("[]").lower()
            for candidate in (plain, f"order:{plain.lstrip('#')}"):
                if candidate in self._by_name:
                    known[candidate] = None
        return tuple(known)
