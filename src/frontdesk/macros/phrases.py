"""Sentences that a person may be about to write: of macros, of what was said before, of articles. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.kit.findable import findable
from frontdesk.kit.words import sentences

SHORTEST, LONGEST = 12, 220
MOST_PHRASES = 400
LEAST_CONVERSATIONS = 2
"""What was said in fewer is one customer's matter, and nobody else's words."""


class PhraseSource(StrEnum):
    MACRO = "macro"
    REPLY = "reply"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str
    source: PhraseSource


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """A reply of a person in a matter that is settled."""

    conversation_id: str
    content: str
    customer_name: str | None


def phrases(
    macro_texts: Iterable[str], replies: Iterable[SaidBefore], passages: Iterable[str]
) -> list[Phrase]:
    """Each sentence once: the desk's own texts first, then what is said most often, then articles."""
    chosen: dict[str, Phrase] = {}
    for source, texts in (
        (PhraseSource.MACRO, _usable(macro_texts)),
        (PhraseSource.REPLY, _repeated(replies)),
        (PhraseSource.ARTICLE, _usable(passages)),
    ):
        for text in texts:
            chosen.setdefault(text.lower(), Phrase(text, source))
    return list(chosen.values())[:MOST_PHRASES]


def _usable(texts: Iterable[str]) -> list[str]:
    """Whole sentences without a gap that nobody could fill."""
    return [
        sentence
        for text in texts
        for sentence in sentences(text)
        if SHORTEST <= len(sentence) <= LONGEST and "{{" not in sentence
    ]


def _repeated(replies: Iterable[SaidBefore]) -> list[str]:
    """Sentences of several conversations, without figures, addresses and the customer's name."""
    conversations: dict[str, set[str]] = {}
    for reply in replies:
        names = findable(reply.customer_name).split() if reply.customer_name else []
        for sentence in _usable([reply.content]):
            if _is_anyones(sentence, names):
                conversations.setdefault(sentence, set()).add(reply.conversation_id)
    often = [text for text, where in conversations.items() if len(where) >= LEAST_CONVERSATIONS]
    return sorted(often, key=lambda text: (-len(conversations[text]), text))


def _is_anyones(sentence: str, names: Sequence[str]) -> bool:
    if "@" in sentence or any(letter.isdigit() for letter in sentence):
        return False
    words = set(findable(sentence).split())
    return not any(name in words for name in names)
