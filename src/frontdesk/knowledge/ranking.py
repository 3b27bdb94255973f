"""Scores each chunk of an index for a query: words, n-grams, question variants and vectors, fused.

Every part is scaled to 0..1 by the value of an ideal text, so that queries are comparable. The fused value
orders the chunks; the score is the probability that the best one has the answer, from how it matches and how
far it is above the next document. The constants were fitted on labelled questions in the three languages,
those of the probability with half of the articles removed and with questions about other subjects
(see docs/decisions/0003-retrieval.md).
"""

import math
from collections import Counter
from dataclasses import astuple, dataclass

import numpy as np

from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts, shop_words
from frontdesk.knowledge.index import Floats, Index, Postings, Vectors, damped, variant_terms

_SATURATED = 1.6
"""The most that a stem adds, in units of its rarity, in a text that is only about it."""


@dataclass(frozen=True, slots=True)
class OrderWeights:
    """Weights of the parts in the value that orders chunks.

    `exact` is for the excess of a variant's similarity over `_EXACT`, `alike` for the similarity of its concepts.
    """

    words: float
    grams: float
    exact: float
    concepts: float
    alike: float
    vector: float
    bias: float


@dataclass(frozen=True, slots=True)
class AnswerWeights:
    """A logistic model of "the best chunk has the answer".

    The part of `grams` is multiplied by the logarithm of the query's length, because a large share of a long
    question rarely matches by accident; that of `coverage` by the share of the query that is not shop terms,
    because every article has some of those.
    """

    alike: float
    grams: float
    coverage: float
    vector: float
    margin: float
    bias: float


LEXICAL = OrderWeights(5.4, 7.1, exact=12.0, concepts=5.9, alike=4.7, vector=0.0, bias=0.0)
WITH_VECTORS = OrderWeights(2.9, 4.2, exact=12.0, concepts=3.6, alike=2.5, vector=9.8, bias=-3.0)
LEXICAL_ANSWER = AnswerWeights(alike=4.0, grams=2.1, coverage=2.25, vector=0.0, margin=1.25, bias=-4.45)
VECTOR_ANSWER = AnswerWeights(alike=2.0, grams=0.0, coverage=3.2, vector=4.65, margin=1.8, bias=-5.2)
_OWN_VECTOR = 0.35
"""The share of a chunk's own vector in its similarity."""
_EXACT = 0.7
"""A variant more similar than this counts as the question itself."""


_CONCEPT_LANGUAGES = {"en": ("en",), "ru": ("ru",), "kk": ("kk", "ru")}
"""The languages of the concepts in a query: Kazakh is often mixed with Russian words."""


BACKGROUND = 0.03
"""The mean cosine of unrelated texts with MiniLM, for which the weights were fitted."""
_SPREAD_ABOVE = 0.25
"""The cosines of a model with a higher mean (E5, GTE, BGE) are spread first."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Parallel arrays with one value for each chunk."""

    score: Floats
    lexical: Floats
    vector: Floats
    coverage: Floats


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the score, one value for each chunk."""

    words: Floats
    grams: Floats
    variant: Floats
    concepts: Floats
    alike: Floats
    coverage: Floats
    vector: Floats
    has_vector: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Where False, `vector` is 0 and not used."""
    shop: float
    """The share of the query that is shop terms, 0..1; the factor on the concept parts."""
    length: int
    """How many distinct stems the query has."""


def score(
    index: Index,
    query: str,
    vector: Floats | None = None,
    query_language: str | None = None,
    background: float = BACKGROUND,
) -> Scored:
    """Score every chunk; `vector` is the query's, by the model of the index's vectors.

    `query_language` may differ from the index's: concepts are shared by all languages. `background` is the mean
    cosine of unrelated texts with that model.
    """
    parts = parts_of(index, query, vector, query_language or index.language, background)
    fused = np.where(parts.has_vector, fuse(WITH_VECTORS, parts), fuse(LEXICAL, parts))
    return Scored(
        score=_probabilities(index, parts, fused),
        lexical=_lexical(parts),
        vector=parts.vector,
        coverage=parts.coverage,
    )


def parts_of(
    index: Index, query: str, vector: Floats | None, query_language: str, background: float = BACKGROUND
) -> Parts:
    """The parts of every chunk's score; the parameters are those of `score`."""
    stems = set(analysis.stems(query, index.language))
    pieces = Counter(piece for word in analysis.words(query) for piece in analysis.grams(word))
    languages = _CONCEPT_LANGUAGES.get(query_language, (query_language,))
    mentioned = {concept: 1.0 for language in languages for concept in concepts(query, language)}
    shop = _shop_share(index, query, query_language)
    similarity = np.zeros(len(index), np.float32)
    has_vector = np.zeros(len(index), np.bool_)
    if vector is not None and index.vectors is not None:
        similarity = _similarity(index, index.vectors, vector, background)
        has_vector = index.vectors.has_vector
    stem_ideal = _SATURATED * float(index.stems.weights(stems).sum())
    gram_ideal = float(index.grams.weights(pieces) @ np.fromiter(pieces.values(), np.float32, len(pieces)))
    concept_ideal = _SATURATED * float(index.concepts.weights(mentioned).sum())
    return Parts(
        words=_share(index.stems.score(dict.fromkeys(stems, 1.0)), stem_ideal),
        grams=_share(index.grams.score(pieces), gram_ideal),
        variant=_best_variant(index, index.variants, variant_terms(query, index.language)),
        concepts=_share(index.concepts.score(mentioned), concept_ideal) * np.float32(shop),
        alike=_best_variant(index, index.variant_concepts, mentioned) * np.float32(shop),
        coverage=_coverage(index, stems),
        vector=similarity,
        has_vector=has_vector,
        shop=shop,
        length=len(stems),
    )


def columns(parts: Parts) -> Floats:
    """A row for each chunk, a column for each weight of `OrderWeights`."""
    exact = np.maximum(parts.variant - _EXACT, 0)
    values = (parts.words, parts.grams, exact, parts.concepts, parts.alike, parts.vector)
    return np.stack((*values, np.ones_like(exact)), axis=1)


def fuse(weights: OrderWeights, parts: Parts) -> Floats:
    """The value by which chunks are ordered."""
    return columns(parts) @ np.array(astuple(weights), np.float32)


def _lexical(parts: Parts) -> Floats:
    variant = np.maximum(parts.variant, 0.5 * parts.alike)
    return np.asarray((parts.words + parts.grams + variant) / 3, np.float32).clip(0, 1)


def _probabilities(index: Index, parts: Parts, fused: Floats) -> Floats:
    """The best chunk's probability by the model; the odds of the others fall with their distance from it."""
    if not len(fused):
        return fused
    top = int(fused.argmax())
    weights = VECTOR_ANSWER if parts.has_vector[top] else LEXICAL_ANSWER
    logit = float(np.dot(astuple(weights), evidence(index, parts, fused)))
    return np.asarray(1 / (1 + np.exp(fused[top] - fused - logit)), np.float32)


def evidence(index: Index, parts: Parts, fused: Floats) -> tuple[float, ...]:
    """The inputs of the logistic model for the best chunk, in the order of the weights of `AnswerWeights`."""
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


def _shop_share(index: Index, query: str, query_language: str) -> float:
    """The share of the query, weighted by rarity, that is words with a concept, 0..1.

    In a question about another subject its few shop terms must not decide.
    """
    asked = list(dict.fromkeys(analysis.content_words(query, query_language)))
    weights = index.stems.weights([analysis.stem(word, query_language) for word in asked])
    languages = _CONCEPT_LANGUAGES.get(query_language, (query_language,))
    shop = {word for language in languages for word in shop_words(query, language)}
    is_shop = np.array([word in shop for word in asked], np.bool_)
    return float(weights[is_shop].sum()) / max(float(weights.sum()), 1e-6)


def _coverage(index: Index, stems: set[str]) -> Floats:
    """The share of the query's stems, weighted by rarity, that each chunk has."""
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
    """For each chunk the similarity of the query to the nearest variant of its document."""
    weighted = postings.weights(terms) * np.array([damped(count) for count in terms.values()], np.float32)
    weighted /= np.float32(math.sqrt(float(weighted @ weighted)) or 1.0)
    similarity = postings.score(dict(zip(terms, weighted.tolist(), strict=True)))
    best = np.zeros(len(index.documents), np.float32)
    np.maximum.at(best, index.variant_of, similarity)
    return best.clip(0, 1)[index.document_of]


def _similarity(index: Index, vectors: Vectors, query: Floats, background: float) -> Floats:
    """For each chunk the best similarity of its own vector and those of its document's title and questions.

    The chunk's own vector also has a share of its own, which separates the chunks of a document.
    """
    own = np.zeros(len(index), np.float32)
    own[vectors.chunk_rows] = _spread(vectors.chunk_matrix @ query, background)
    by_document = np.zeros(len(index.documents), np.float32)
    if len(vectors.document_rows):
        of_title = _spread(vectors.document_matrix @ query, background)
        np.maximum.at(by_document, vectors.document_rows, of_title)
    best = np.maximum(own, by_document[index.document_of])
    blended = np.float32(1 - _OWN_VECTOR) * best + np.float32(_OWN_VECTOR) * own
    return np.asarray(np.where(vectors.has_vector, blended, 0), np.float32)


def _spread(cosines: Floats, background: float) -> Floats:
    """The cosines of a model with a high background, spread to the range that the weights expect; 1 stays 1."""
    if background <= _SPREAD_ABOVE:
        return cosines
    scale = (1 - BACKGROUND) / max(1 - background, 1e-3)
    return np.asarray(BACKGROUND + (cosines - np.float32(background)) * np.float32(scale), np.float32)


def _share(scores: Floats, ideal: float) -> Floats:
    """May exceed 1 for a text about nothing else; bounded, so that one rare word does not decide alone."""
    return np.asarray(np.minimum(scores / np.float32(max(ideal, 1e-6)), 1.2), np.float32)
