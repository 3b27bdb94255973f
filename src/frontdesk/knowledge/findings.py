"""What the owner of the knowledge should look at."""

from dataclasses import dataclass

from frontdesk.terms import DocumentId, Term


class FindingKind(Term):
    EQUAL = "equal"
    """The same text twice; the older article is the source."""
    NEAR_EQUAL = "near_equal"
    NUMBERS = "numbers"
    """One subject, other numbers or times."""
    DATES = "dates"
    CONDITIONS = "conditions"
    """One allows what the other denies, or gives for money what the other gives for nothing."""
    TRANSLATION = "translation"
    """One article whose languages have other numbers."""
    EXPIRED = "expired"
    """No answer comes from it any more."""
    EXPIRES_SOON = "expires_soon"
    REVIEW_DUE = "review_due"


@dataclass(frozen=True, slots=True)
class FindingPlace:
    document_id: DocumentId
    doc_key: str
    title: str
    language: str
    version: int
    quote: str = ""
    """What it says there; empty where the whole article is meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    kind: FindingKind
    places: tuple[FindingPlace, ...]
    detail: str = ""
    """The figures that differ, or the date."""
