"""The chance that what an article says is right: one number, by a logistic model for each language.

The weights are fitted to questions of several trades, each with its article, without it, and asked of a knowledge
base that is about something else: `python -m bench.confidence`.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("chance.json")
Weights = dict[str, list[float]]
"""By language: one for each field of `Match`, then the bias."""
_FEWEST, _MOST = 0.002, 0.998
_FARTHEST = 6.0
"""What is further above the next article is as far as can be."""
_ALONE = 2.0
"""What an article counts as, of which no other tells how far it stands out."""


class Match(NamedTuple):
    """What is known of the best article before its sentences are read."""

    score: float
    """The search's own chance, as a logarithm of odds."""
    margin: float
    """How far above the next article it is, in the same unit."""
    disagrees: float
    """How sure the message's category is, where the article is of another one."""
    length: float
    """The logarithm of how many content words the question has."""


def odds(score: float) -> float:
    """The logarithm of a chance's odds, bounded."""
    bounded = min(_MOST, max(_FEWEST, score))
    return math.log(bounded / (1 - bounded))


def match(score: float, margin: float | None, disagrees: float, words: int) -> Match:
    """`margin` is None where there is no other article."""
    above = _ALONE if margin is None else min(_FARTHEST, max(0.0, margin))
    return Match(odds(score), above, disagrees, math.log1p(words))


def chance(evidence: Match, language: str, weights: Weights | None = None) -> float:
    """0..1; by the shipped weights, or by others."""
    *slopes, bias = (weights or _shipped())[language]
    value = bias + sum(slope * part for slope, part in zip(slopes, evidence, strict=True))
    return round(1 / (1 + math.exp(-value)), 3)


@cache
def _shipped() -> Weights:
    weights: Weights = json.loads(FILE.read_text(encoding="utf-8"))
    return weights
