"""How well each chunk of an index answers a query: words, n-grams, question variants and vectors, fused.

Every part is scaled to 0..1 by what the best possible text would get, so that queries can be compared.
The fused value orders the chunks; the score turns it into the chance that the best one holds the
answer, by how it matches and by how far it stands above the next document. The constants were fitted on
labelled questions in the three languages, those of the chance with a half of the articles taken away and
with questions of other subjects (docs/decisions/0003-retrieval.md tells how).
"""

import math
from collections import Counter
from dataclasses import astuple, dataclass

import numpy as np

from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts, shop_words
from frontdesk.knowledge.index import Floats, Index, Postings, Vectors, damped, variant_terms

_SATURATED = 1.6
"""What a stem adds at most, in units of its rarity, in a text that is all about it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Weights of the parts in the value that orders chunks.

    `exact` counts what a variant's likeness exceeds `_EXACT` by; `alike` is the likeness of its concepts.
    """

    words: float
    grams: float
    exact: float
    concepts: float
    alike: float
    vector: float
    bias: float


@dataclass(frozen=True, slots=True)
class Chance:
    """A logistic model of "the best chunk answers".

    `grams` counts times the logarithm of the query's length: of a long question a large share is harder to
    match by accident. `coverage` counts as far as the query is not shop talk, of which every article has.
    """

    alike: float
    grams: float
    coverage: float
    vector: float
    margin: float
    bias: float


LEXICAL = Order(5.4, 7.1, exact=12.0, concepts=5.9, alike=4.7, vector=0.0, bias=0.0)
WITH_VECTORS = Order(2.9, 4.2, exact=12.0, concepts=3.6, alike=2.5, vector=9.8, bias=-3.0)
LEXICAL_CHANCE = Chance(alike=4.0, grams=2.1, coverage=2.25, vector=0.0, margin=1.25, bias=-4.45)
VECTOR_CHANCE = Chance(alike=2.0, grams=0.0, coverage=3.2, vector=4.65, margin=1.8, bias=-5.2)
_OWN_VECTOR = 0.35
"""The part of a chunk's own vector in its nearness."""
_EXACT = 0.7
"""What a variant's likeness must exceed to count as the question itself."""


_TONGUES = {"en": ("en",), "ru": ("ru",), "kk": ("kk", "ru")}
"""Whose words of the shop are listened for: Kazakh is often spoken with Russian ones."""


USUAL = 0.03
"""How alike any two texts are to the model for which the weights were fitted (MiniLM)."""
_SQUEEZED = 0.25
"""A model to which any two texts are more alike than this has its cosines spread first (E5, GTE, BGE)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Parallel arrays, one place a chunk."""

    score: Floats
    lexical: Floats
    vector: Floats
    coverage: Floats


@dataclass(frozen=True, slots=True)
class Parts:
    """What each chunk has of each part, one place a chunk."""

    words: Floats
    grams: Floats
    variant: Floats
    concepts: Floats
    alike: Floats
    coverage: Floats
    vector: Floats
    known: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Where the vector is known; elsewhere it is 0 and not asked."""
    shop: float
    """How much of the query is shop talk, 0..1; concepts count so far."""
    length: int
    """Different stems of the query."""


def score(
    index: Index,
    query: str,
    vector: Floats | None = None,
    spoken: str | None = None,
    background: float = USUAL,
) -> Scored:
    """Score every chunk; `vector` is the query's, of the model whose vectors the index has.

    `spoken` is the query's language where it is not the index's: concepts reach across languages. `background`
    is the cosine of any two texts with that model.
    """
    parts = parts_of(index, query, vector, spoken or index.language, background)
    fused = np.where(parts.known, fuse(WITH_VECTORS, parts), fuse(LEXICAL, parts))
    return Scored(
        score=_chances(index, parts, fused),
        lexical=_lexical(parts),
        vector=parts.vector,
        coverage=parts.coverage,
    )


def parts_of(
    index: Index, query: str, vector: Floats | None, spoken: str, background: float = USUAL
) -> Parts:
    """What the chunks have of the query; see `score`."""
    stems = set(analysis.stems(query, index.language))
    pieces = Counter(piece for word in analysis.words(query) for piece in analysis.grams(word))
    meant = {
        concept: 1.0 for tongue in _TONGUES.get(spoken, (spoken,)) for concept in concepts(query, tongue)
    }
    shop = _shop_talk(index, query, spoken)
    near = np.zeros(len(index), np.float32)
    known = np.zeros(len(index), np.bool_)
    if vector is not None and index.vectors is not None:
        near, known = _nearness(index, index.vectors, vector, background), index.vectors.known
    stem_ideal = _SATURATED * float(index.stems.weights(stems).sum())
    gram_ideal = float(index.grams.weights(pieces) @ np.fromiter(pieces.values(), np.float32, len(pieces)))
    concept_ideal = _SATURATED * float(index.concepts.weights(meant).sum())
    return Parts(
        words=_share(index.stems.score(dict.fromkeys(stems, 1.0)), stem_ideal),
        grams=_share(index.grams.score(pieces), gram_ideal),
        variant=_best_variant(index, index.variants, variant_terms(query, index.language)),
        concepts=_share(index.concepts.score(meant), concept_ideal) * np.float32(shop),
        alike=_best_variant(index, index.variant_concepts, meant) * np.float32(shop),
        coverage=_coverage(index, stems),
        vector=near,
        known=known,
        shop=shop,
        length=len(stems),
    )


def columns(parts: Parts) -> Floats:
    """A row a chunk, a column a weight of `Order`."""
    exact = np.maximum(parts.variant - _EXACT, 0)
    held = (parts.words, parts.grams, exact, parts.concepts, parts.alike, parts.vector)
    return np.stack((*held, np.ones_like(exact)), axis=1)


def fuse(order: Order, parts: Parts) -> Floats:
    """The value by which chunks are ordered."""
    return columns(parts) @ np.array(astuple(order), np.float32)


def _lexical(parts: Parts) -> Floats:
    variant = np.maximum(parts.variant, 0.5 * parts.alike)
    return np.asarray((parts.words + parts.grams + variant) / 3, np.float32).clip(0, 1)


def _chances(index: Index, parts: Parts, fused: Floats) -> Floats:
    """The best chunk's chance by the model; the others' odds fall off with their distance from it."""
    if not len(fused):
        return fused
    top = int(fused.argmax())
    use = VECTOR_CHANCE if parts.known[top] else LEXICAL_CHANCE
    logit = float(np.dot(astuple(use), evidence(index, parts, fused)))
    return np.asarray(1 / (1 + np.exp(fused[top] - fused - logit)), np.float32)


def evidence(index: Index, parts: Parts, fused: Floats) -> tuple[float, ...]:
    """What speaks for the chunk of the highest value, in the order of the weights of `Chance`."""
    top = int(fused.argmax())
    others = fused[index.document_of != index.document_of[top]]
    next_best = max(float(others.max()) if len(others) else 0.0, 0.0)
    return (
        float(parts.alike[top]),
        float(parts.grams[top]) * math.log1p(parts.length),
        float(parts.coverage[top]) * (1 - parts.shop),
        float(parts.vector[top]),
        math.log1p(max(float(fused[top]) - next_best, 0.0)),
        1.0,
    )


def _shop_talk(index: Index, query: str, spoken: str) -> float:
    """The share of the query's meaning, by rarity, that lies in words with a concept, 0..1.

    In a question about something else the few words of the shop's language must not decide.
    """
    asked = list(dict.fromkeys(analysis.content(query, spoken)))
    weights = index.stems.weights([analysis.stem(word, spoken) for word in asked])
    shop = {word for tongue in _TONGUES.get(spoken, (spoken,)) for word in shop_words(query, tongue)}
    known = np.array([word in shop for word in asked], np.bool_)
    return float(weights[known].sum()) / max(float(weights.sum()), 1e-6)


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
    weighed = postings.weights(terms) * np.array([damped(count) for count in terms.values()], np.float32)
    weighed /= np.float32(math.sqrt(float(weighed @ weighed)) or 1.0)
    likeness = postings.score(dict(zip(terms, weighed.tolist(), strict=True)))
    best = np.zeros(len(index.documents), np.float32)
    np.maximum.at(best, index.variant_of, likeness)
    return best.clip(0, 1)[index.document_of]


def _nearness(index: Index, held: Vectors, query: Floats, background: float) -> Floats:
    """Per chunk the nearest of its own vector and its document's title and questions.

    The chunk's own vector counts beside: it tells the chunks of a document apart, and its title from a text
    that only has the same name.
    """
    own = np.zeros(len(index), np.float32)
    own[held.chunk_rows] = _unsqueezed(held.chunk_matrix @ query, background)
    by_document = np.zeros(len(index.documents), np.float32)
    if len(held.document_rows):
        near = _unsqueezed(held.document_matrix @ query, background)
        np.maximum.at(by_document, held.document_rows, near)
    best = np.maximum(own, by_document[index.document_of])
    blended = np.float32(1 - _OWN_VECTOR) * best + np.float32(_OWN_VECTOR) * own
    return np.asarray(np.where(held.known, blended, 0), np.float32)


def _unsqueezed(cosines: Floats, background: float) -> Floats:
    """Cosines as the weights expect them, of a model to which any two texts are alike; the same text stays 1."""
    if background <= _SQUEEZED:
        return cosines
    scale = (1 - USUAL) / max(1 - background, 1e-3)
    return np.asarray(USUAL + (cosines - np.float32(background)) * np.float32(scale), np.float32)


def _share(scores: Floats, ideal: float) -> Floats:
    """Above 1 where a text is about nothing else; bounded, lest one rare word decide alone."""
    return np.asarray(np.minimum(scores / np.float32(max(ideal, 1e-6)), 1.2), np.float32)
