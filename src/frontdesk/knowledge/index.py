"""A search index of one space and one language, held in memory as numpy arrays.

Only a changed document is analysed again; the arrays are then rebuilt (milliseconds for hundreds of
articles). The index holds no text: the text of the hits is read from the database.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_TITLE_WEIGHT = 3.0
_HEADING_WEIGHT = 1.5
_QUESTION_WEIGHT = 0.5
_K1 = 1.2
_B = 0.75


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """One chunk of the database, with its document's fields."""

    chunk_id: int
    document_id: str
    version: int
    title: str
    questions: tuple[str, ...]
    heading: str
    text: str


Terms = tuple[NDArray[np.int64], Floats]
"""Hashes of distinct terms, and the weight of each; takes a tenth of a dictionary's memory."""


def pack(counts: Mapping[str, float]) -> Terms:
    keys = np.fromiter(map(hash, counts), np.int64, len(counts))
    return keys, np.fromiter(counts.values(), np.float32, len(counts))


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The weighted terms of a document's chunks and of its variants.

    A variant is its title, one of its questions, or the title with a heading.
    """

    version: int
    content: int
    """The same for documents that say the same, however they are spelled."""
    chunk_ids: tuple[int, ...]
    stems: tuple[Terms, ...]
    grams: tuple[Terms, ...]
    concepts: tuple[Terms, ...]
    variants: tuple[Terms, ...]
    variant_concepts: tuple[Terms, ...]


def analyse(chunks: list[ChunkRow], language: str) -> DocumentTerms:
    """Count the terms of one document."""
    first = chunks[0]
    shared: list[tuple[str, float]] = [(first.title, _TITLE_WEIGHT)]
    shared += [(question, _QUESTION_WEIGHT) for question in first.questions]
    stems: list[Terms] = []
    grams: list[Terms] = []
    mentioned: list[Terms] = []
    for chunk in chunks:
        fields = [(chunk.text, 1.0), (chunk.heading, _HEADING_WEIGHT), *shared]
        stems.append(pack(_weigh((analysis.stems(text, language), weight) for text, weight in fields)))
        grams.append(pack(_spread(_weigh((analysis.words(text), weight) for text, weight in fields))))
        mentioned.append(pack(_weigh((concepts(text, language), weight) for text, weight in fields)))
    headings = {chunk.heading.rpartition(" › ")[2] for chunk in chunks if chunk.heading}
    variants = [first.title, *first.questions, *(f"{first.title} {heading}" for heading in sorted(headings))]
    return DocumentTerms(
        version=first.version,
        content=_content(chunks),
        chunk_ids=tuple(chunk.chunk_id for chunk in chunks),
        stems=tuple(stems),
        grams=tuple(grams),
        concepts=tuple(mentioned),
        variants=tuple(pack(variant_terms(variant, language)) for variant in variants),
        variant_concepts=tuple(pack(_weigh([(concepts(variant, language), 1.0)])) for variant in variants),
    )


def _content(chunks: list[ChunkRow]) -> int:
    pieces = [chunks[0].title, *(text for chunk in chunks for text in (chunk.heading, chunk.text))]
    return hash(tuple(tuple(analysis.words(piece)) for piece in pieces))


def variant_terms(text: str, language: str) -> dict[str, float]:
    """The n-grams of a short question's words; those of stop words weigh a quarter."""
    content = set(analysis.stems(text, language))
    counts: dict[str, float] = {}
    for word in analysis.words(text):
        weight = 1.0 if analysis.stem(word, language) in content else 0.25
        pieces = analysis.grams(word)
        for piece in pieces:
            counts[piece] = counts.get(piece, 0.0) + weight
    return counts


def damped(count: float) -> float:
    """The logarithmic weight of a repeated term in a cosine."""
    return max(1 + math.log(max(count, 0.1)), 0.1)


def _weigh(fields: Iterable[tuple[list[str], float]]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for terms, weight in fields:
        for term, count in Counter(terms).items():
            counts[term] = counts.get(term, 0.0) + weight * count
    return counts


def _spread(counted: Mapping[str, float]) -> dict[str, float]:
    """Counts of n-grams from counts of words."""
    counts: dict[str, float] = {}
    for word, count in counted.items():
        for piece in analysis.grams(word):
            counts[piece] = counts.get(piece, 0.0) + count
    return counts


def _distinct(documents: Mapping[str, DocumentTerms]) -> dict[str, DocumentTerms]:
    """Of those that say the same the first: they are one source, and none makes another less certain."""
    first: dict[int, str] = {}
    for name, terms in documents.items():
        first.setdefault(terms.content, name)
    return {name: documents[name] for name in first.values()}


class Postings:
    """An inverted index: the rows of each term, and its weight in each."""

    def __init__(self, rows: list[Terms], normalise: bool = False) -> None:
        self.size = len(rows)
        lengths = np.fromiter((len(keys) for keys, _ in rows), np.int64, len(rows))
        empty = pack({})
        keys = np.concatenate([empty[0], *(keys for keys, _ in rows)])
        counts: Floats = np.concatenate([empty[1], *(counts for _, counts in rows)])
        self._vocabulary, inverse = np.unique(keys, return_inverse=True)
        terms = inverse.astype(np.int32)
        owner = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        frequency = np.bincount(terms, minlength=len(self._vocabulary))
        self.idf: Floats = np.log1p((self.size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        self.unknown = float(np.log1p((self.size + 0.5) / 0.5))
        """The weight of a term that is in no row."""
        weights = self._cosine(owner, terms, counts) if normalise else self._bm25(owner, terms, counts)
        order = np.argsort(terms, kind="stable")
        self._rows: Ints = owner[order]
        self._weights: Floats = weights[order]
        self._starts = np.concatenate(([0], np.cumsum(frequency)))

    def _bm25(self, owner: Ints, terms: Ints, counts: Floats) -> Floats:
        length = np.bincount(owner, counts, self.size)
        norm = _K1 * (1 - _B + _B * length / max(float(length.mean()) if self.size else 1.0, 1e-6))
        return np.asarray(self.idf[terms] * counts * (_K1 + 1) / (counts + norm[owner]), np.float32)

    def _cosine(self, owner: Ints, terms: Ints, counts: Floats) -> Floats:
        weights = np.maximum(1 + np.log(np.maximum(counts, 0.1)), 0.1) * self.idf[terms]
        norms = np.sqrt(np.bincount(owner, weights * weights, self.size))
        return np.asarray(weights / np.maximum(norms[owner], 1e-9), np.float32)

    def _places(self, terms: Collection[str]) -> Ints:
        """Each term's position in the vocabulary; -1 where no row has it."""
        keys = np.fromiter(map(hash, terms), np.int64, len(terms))
        if not len(self._vocabulary):
            return np.full(len(terms), -1, np.int32)
        at = self._vocabulary.searchsorted(keys).clip(max=len(self._vocabulary) - 1)
        return np.where(self._vocabulary[at] == keys, at, -1).astype(np.int32)

    def score(self, query: Mapping[str, float]) -> Floats:
        """For each row the sum of the query terms' weights, each times its count in the query."""
        scores = np.zeros(self.size, np.float32)
        for at, count in zip(self._places(query).tolist(), query.values(), strict=True):
            if at >= 0:
                span = slice(self._starts[at], self._starts[at + 1])
                scores[self._rows[span]] += self._weights[span] * np.float32(count)
        return scores

    def rows_with(self, term: str) -> Ints | None:
        at = self._places((term,))[0]
        return None if at < 0 else self._rows[self._starts[at] : self._starts[at + 1]]

    def weights(self, terms: Collection[str]) -> Floats:
        """Each term's inverse document frequency."""
        if not len(self._vocabulary):
            return np.full(len(terms), self.unknown, np.float32)
        at = self._places(terms)
        return np.where(at < 0, np.float32(self.unknown), self.idf[at])

    def weight(self, term: str) -> float:
        return float(self.weights((term,))[0])


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sentence vectors of one model, each with the row of its chunk or document."""

    chunk_rows: Ints
    chunk_matrix: Floats
    document_rows: Ints
    document_matrix: Floats
    has_vector: NDArray[np.bool_]
    """By row; the vectors of a new document may not be made yet."""


class Index:
    """All chunks of one space and language, ready to be scored."""

    def __init__(self, language: str, documents: Mapping[str, DocumentTerms]) -> None:
        self.language = language
        distinct = _distinct(documents)
        self.documents = list(distinct)
        analysed = list(distinct.values())
        self.chunk_ids = np.array([c for d in analysed for c in d.chunk_ids], np.int64)
        """The chunk of each row."""
        numbers = np.arange(len(analysed), dtype=np.int32)
        self.document_of = np.repeat(numbers, [len(d.chunk_ids) for d in analysed])
        """The position in `documents` of each row's document."""
        self.stems = Postings([row for d in analysed for row in d.stems])
        self.grams = Postings([row for d in analysed for row in d.grams])
        self.concepts = Postings([row for d in analysed for row in d.concepts])
        self.variants = Postings([row for d in analysed for row in d.variants], normalise=True)
        self.variant_concepts = Postings(
            [row for d in analysed for row in d.variant_concepts], normalise=True
        )
        self.variant_of = np.repeat(numbers, [len(d.variants) for d in analysed])
        self.vectors: Vectors | None = None

    def __len__(self) -> int:
        return len(self.chunk_ids)

    def with_vectors(self, vectors: Vectors | None) -> "Index":
        """A copy with other vectors; running searches keep the old one."""
        other = copy(self)
        other.vectors = vectors
        return other
