"""Why the AI decided as it did, by code: every reader gets it in their own language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class RationaleCode(StrEnum):
    ARTICLE = "article"
    ARTICLES = "articles"
    NO_ARTICLE = "no_article"
    TWO_ARTICLES = "two_articles"
    UNSURE_ARTICLE = "unsure_article"
    VAGUE = "vague"
    OWN_ORDER = "own_order"
    ORDER_RULE = "order_rule"
    NO_ORDERS = "no_orders"
    ORDER_NOT_FOUND = "order_not_found"
    IDENTITY_NEEDED = "identity_needed"
    PRAISE = "praise"
    SMALL_TALK = "small_talk"
    NOISE = "noise"
    NEEDS_PERSON = "needs_person"
    DOES_NOT_FIT = "does_not_fit"
    FAILED_OFTEN = "failed_often"
    NO_ANSWER_IN_TIME = "no_answer_in_time"


_ENGLISH: Mapping[RationaleCode, str] = {
    RationaleCode.ARTICLE: "From the article “{title}”.",
    RationaleCode.ARTICLES: "Several questions, from the articles {titles}.",
    RationaleCode.NO_ARTICLE: "No article is about this.",
    RationaleCode.TWO_ARTICLES: "Two articles compete.",
    RationaleCode.UNSURE_ARTICLE: "Unsure: the best article is “{title}”.",
    RationaleCode.VAGUE: "It does not say what it is about.",
    RationaleCode.OWN_ORDER: "Told from the customer's own order.",
    RationaleCode.ORDER_RULE: "The rule is from the article “{title}”.",
    RationaleCode.NO_ORDERS: "The customer has no orders here.",
    RationaleCode.ORDER_NOT_FOUND: "No order of this customer has that number.",
    RationaleCode.IDENTITY_NEEDED: "Orders are told only to a customer whose identity is proven.",
    RationaleCode.PRAISE: "Praise that asks for nothing.",
    RationaleCode.SMALL_TALK: "Small talk.",
    RationaleCode.NOISE: "There is nothing to understand in it.",
    RationaleCode.NEEDS_PERSON: "What was written needs a person.",
    RationaleCode.DOES_NOT_FIT: "No whole sentence of it fits the channel.",
    RationaleCode.FAILED_OFTEN: "It failed too often.",
    RationaleCode.NO_ANSWER_IN_TIME: "No answer came in time.",
}


@dataclass(frozen=True, slots=True)
class Rationale:
    """One sentence for staff; `values` are what it names (`title`, or `titles` in quotation marks)."""

    code: RationaleCode
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """In English, for logs and for readers without words of their own."""
        return _ENGLISH[self.code].format(**self.values)

    def record(self) -> dict[str, Any]:
        return {"code": self.code.value, "values": dict(self.values)}


def in_english(rationale: Iterable[Rationale]) -> str:
    return " ".join(map(str, rationale))
