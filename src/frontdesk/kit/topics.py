"""What a sentence is about, where a word of it says so plainly: a warranty's months bear no instalment's."""

import re

from frontdesk.kit.words import fold

_TOPICS = {
    # Written as `fold` leaves them: lower case, Kazakh letters as their plain neighbours.
    "delivery": r"достав|курьер|deliver|shipping|courier|жеткиз",
    "return": r"возврат|вернуть|вернете|обмен|return|refund|exchange|кайтар|айырбаст",
    "warranty": r"гаранти|warrant|guarante|кепил",
    "instalments": r"рассроч|кредит|instal|credit|болип тол|несие",
    "discount": r"скидк|discount|женилд|промокод|promo|бонус|cashback|кэшбэк",
    "repair": r"ремонт|repair|жонде",
    "storage": r"хран|storage|сактал",
}
_WORDS = {name: re.compile(stems) for name, stems in _TOPICS.items()}


def topics_of(sentence: str) -> frozenset[str]:
    """May be empty: then the sentence may be about anything."""
    folded = fold(sentence)
    return frozenset(name for name, words in _WORDS.items() if words.search(folded))
