"""Codes, passwords and card data: the desk never asks a customer for them."""

import re

from frontdesk.answering.proof.lexicon import flat
from frontdesk.answering.proof.patterns import Patterns
from frontdesk.kit.plain import plain

_PATTERNS = Patterns("secrets.txt")
_SECRET = _PATTERNS.any_of("card", "code", "identity")
_CARD = _PATTERNS.any_of("card")
_PERSONAL = _PATTERNS.any_of("card", "code")
_IDENTITY = _PATTERNS.any_of("identity")
"""Asked for by banks and couriers, as articles say, but not by the desk."""
_TELLING = _PATTERNS.word("tell")
_ENTERING = _PATTERNS.word("entering")
_ELSEWHERE = _PATTERNS.word("elsewhere")
_HERE = _PATTERNS.word("here")
_HARMLESS = _PATTERNS.word("harmless")
_FORBIDS = _PATTERNS.any_of("forbids")
_URGES = _PATTERNS.any_of("urges")
_QUOTED = re.compile(r"[«“\"][^«»“”\"]*[»”\"]")
_GIFT = re.compile(r"gift|подароч|сыйлык")
_TO_COURIER = re.compile(r"courier|pick-?up|курьер|пункт|жеткиз")
_OF_CARD = re.compile(r"\bcards?\b|cvv|cvc|\bpin\b|\bкарт|\bпин\b")
_US = re.compile(r"\b(?:here|us|me|нам|мне|бизге|маган|сюда|осында)\b")
_CLAUSES = re.compile(r"(?<!\d)[,;:](?!\d)|\s[-–—]\s|\.\s")
_WHICH = re.compile(r"\b(?:what|which|как(?:ой|ая|ие|ов|ое)|кандай|кай)\b")
_PLEASE = re.compile(r"\bplease\b|пожалуйста|отинемин")


def asks_secret(text: str) -> bool:
    """Whether a sentence asks the customer for what nobody may be told."""
    folded = " ".join(flat(plain(text, markup=False).text).split())
    if not _SECRET.search(folded):
        return False
    if folded.rstrip(" »”\"')").endswith("?"):
        tells = _TELLING.search(_SECRET.sub(" ", _allowed_out(folded)))
        return bool(tells or _WHICH.search(folded)) or not _HARMLESS.search(folded)
    if _PLEASE.search(folded) and not _FORBIDS.search(folded) and _PERSONAL.search(folded):
        return True
    if _GIFT.search(folded) and not _HERE.search(folded):
        return False
    clauses = [folded] if _HERE.search(folded) else _CLAUSES.split(_QUOTED.sub(" ", folded))
    return any(_clause_asks(clause) for clause in clauses)


def _allowed_out(text: str) -> str:
    """Without what forbids telling a secret, which asks for none."""
    return text if _URGES.search(text) else _FORBIDS.sub(" ", text)


def _clause_asks(clause: str) -> bool:
    if not _SECRET.search(clause) or not _TELLING.search(_SECRET.sub(" ", _allowed_out(clause))):
        return False
    if not _PERSONAL.search(clause):
        return bool(_HERE.search(clause)) and bool(_IDENTITY.search(clause))
    if _TO_COURIER.search(clause) and not _OF_CARD.search(clause) and not _US.search(clause):
        return False
    if _CARD.search(clause):
        return True
    return bool(_HERE.search(clause) or not _ELSEWHERE.search(clause) or not _ENTERING.search(clause))
