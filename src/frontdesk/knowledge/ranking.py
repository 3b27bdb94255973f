"""How well each chunk of an index answers a query: words, n-grams, question variants and vectors, fused.

Every part is scaled to 0..1 by what the best possible text would get, so that queries can be compared.
The fused value orders the chunks; the score turns it into the chance that the best one holds the
answer, by how it matches and by how far it stands above the next document. The constants were fitted on
labelled questions in the three languages, a half of which had their article taken away
(docs/decisions/0003-retrieval.md).
"""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts
from frontdesk.knowledge.index import Floats, Index, Postings, Vectors, damped, variant_terms

_SATURATED = 1.6
"""What a stem adds at most, in units of its rarity, in a text that is all about it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Weights of the parts in the value that orders chunks.

    `exact` counts what a variant's likeness exceeds 0.7 by; `alike` is the likeness of its concepts.
    """

    words: float
    grams: float
    variant: float
    exact: float
    concepts: float
    alike: float
    vector: float
    bias: float


@dataclass(frozen=True, slots=True)
class Chance:
    """A logistic model of "the best chunk answers"."""

    words: float
    grams: float
    variant: float
    exact: float
    alike: float
    coverage: float
    vector: float
    margin: float
    bias: float


LEXICAL = Order(5.0, 6.0, 1.5, exact=12.0, concepts=0.7, alike=1.2, vector=0.0, bias=0.0)
WITH_VECTORS = Order(3.0, 4.0, 0.0, exact=12.0, concepts=0.4, alike=0.6, vector=11.0, bias=-2.5)
LEXICAL_CHANCE = Chance(0.0, 1.85, 0.5, 1.5, 0.6, -0.9, 0.0, 0.87, -2.53)
VECTOR_CHANCE = Chance(-0.3, 1.2, -0.7, 0.45, 0.0, 0.1, 3.6, 0.89, -4.17)
_WIDEST_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Scored:
    """Parallel arrays, one place a chunk."""

    score: Floats
    lexical: Floats
    vector: Floats
    coverage: Floats


@dataclass(frozen=True, slots=True)
class _Parts:
    words: Floats
    grams: Floats
    variant: Floats
    concepts: Floats
    alike: Floats
    coverage: Floats
    vector: Floats
    known: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Where the vector is known; elsewhere it is 0 and not asked."""


def score(index: Index, query: str, vector: Floats | None = None, spoken: str | None = None) -> Scored:
    """Score every chunk; `vector` is the query's, of the model whose vectors the index has.

    `spoken` is the query's language where it is not the index's: concepts reach across languages.
    """
    parts = _parts(index, query, vector, spoken or index.language)
    fused = np.where(parts.known, _fuse(WITH_VECTORS, parts), _fuse(LEXICAL, parts))
    return Scored(
        score=_chances(index, parts, fused),
        lexical=_lexical(parts),
        vector=parts.vector,
        coverage=parts.coverage,
    )


def _parts(index: Index, query: str, vector: Floats | None, spoken: str) -> _Parts:
    stems = set(analysis.stems(query, index.language))
    pieces = Counter(piece for word in analysis.words(query) for piece in analysis.grams(word))
    meant = dict.fromkeys(concepts(query, spoken), 1.0)
    near = np.zeros(len(index), np.float32)
    known = np.zeros(len(index), np.bool_)
    if vector is not None and index.vectors is not None:
        near, known = _nearness(index, index.vectors, vector), index.vectors.known
    stem_ideal = _SATURATED * sum(index.stems.weight(stem) for stem in stems)
    gram_ideal = sum(count * index.grams.weight(piece) for piece, count in pieces.items())
    concept_ideal = _SATURATED * sum(index.concepts.weight(name) for name in meant)
    return _Parts(
        words=_share(index.stems.score(dict.fromkeys(stems, 1.0)), stem_ideal),
        grams=_share(index.grams.score(pieces), gram_ideal),
        variant=_best_variant(index, index.variants, variant_terms(query, index.language)),
        concepts=_share(index.concepts.score(meant), concept_ideal),
        alike=_best_variant(index, index.variant_concepts, meant),
        coverage=_coverage(index, stems),
        vector=near,
        known=known,
    )


def _fuse(order: Order, parts: _Parts) -> Floats:
    fused = order.words * parts.words + order.grams * parts.grams + order.variant * parts.variant
    fused += order.exact * np.maximum(parts.variant - 0.7, 0) + order.vector * parts.vector
    return np.asarray(
        fused + order.concepts * parts.concepts + order.alike * parts.alike + order.bias, np.float32
    )


def _lexical(parts: _Parts) -> Floats:
    variant = np.maximum(parts.variant, 0.5 * parts.alike)
    return np.asarray((parts.words + parts.grams + variant) / 3, np.float32).clip(0, 1)


def _chances(index: Index, parts: _Parts, fused: Floats) -> Floats:
    """The best chunk's chance by the model; the others' odds fall off with their distance from it."""
    if not len(fused):
        return fused
    top = int(fused.argmax())
    others = fused[index.document_of != index.document_of[top]]
    next_best = max(float(others.max()) if len(others) else 0.0, 0.0)
    margin = min(max(float(fused[top]) - next_best, 0.0), _WIDEST_MARGIN)
    use = VECTOR_CHANCE if parts.known[top] else LEXICAL_CHANCE
    logit = (
        use.words * float(parts.words[top])
        + use.grams * float(parts.grams[top])
        + use.variant * float(parts.variant[top])
        + use.exact * max(0.0, float(parts.variant[top]) - 0.7)
        + use.alike * float(parts.alike[top])
        + use.coverage * float(parts.coverage[top])
        + use.vector * float(parts.vector[top])
        + use.margin * margin
        + use.bias
    )
    return np.asarray(1 / (1 + np.exp(fused[top] - fused - logit)), np.float32)


def _coverage(index: Index, stems: set[str]) -> Floats:
    """The share of the query's weight-carrying stems that each chunk has, by rarity."""
    covered = np.zeros(len(index), np.float32)
    total = 0.0
    for stem in stems:
        weight = index.stems.weight(stem)
        total += weight
        rows = index.stems.rows_with(stem)
        if rows is not None:
            covered[rows] += np.float32(weight)
    return covered / np.float32(max(total, 1e-6))


def _best_variant(index: Index, postings: Postings, terms: dict[str, float]) -> Floats:
    """For each chunk the likeness of its document's title or nearest question variant to the query."""
    weighed = {term: damped(count) * postings.weight(term) for term, count in terms.items()}
    norm = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    likeness = postings.score({term: weight / norm for term, weight in weighed.items()})
    best = np.zeros(len(index.documents), np.float32)
    np.maximum.at(best, index.variant_of, likeness)
    return best.clip(0, 1)[index.document_of]


def _nearness(index: Index, held: Vectors, query: Floats) -> Floats:
    """Per chunk the nearest of its own vector and its document's title and questions."""
    near = np.zeros(len(index), np.float32)
    near[held.chunk_rows] = held.chunk_matrix @ query
    by_document = np.zeros(len(index.documents), np.float32)
    if len(held.document_rows):
        np.maximum.at(by_document, held.document_rows, held.document_matrix @ query)
    # The chunk's own vector breaks the tie between chunks of a document whose title says it all.
    best = np.maximum(near, by_document[index.document_of]) + np.float32(0.02) * near
    return np.asarray(np.where(held.known, best, 0), np.float32)


def _share(scores: Floats, ideal: float) -> Floats:
    """Above 1 where a text is about nothing else; bounded, lest one rare word decide alone."""
    return np.asarray(np.minimum(scores / np.float32(max(ideal, 1e-6)), 1.2), np.float32)
