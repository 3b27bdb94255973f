"""What a question asks for, taken apart once, and what a line of an article has of it."""

import re
from dataclasses import dataclass

from frontdesk.kit.words import fold
from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts

_HEAD = re.compile(r"(?<!\s)\s*[-*•–—]\s+([^:;.]{2,40}):\s|[^:;.]{2,40}:\s([^:;]{2,40});\s")
"""Of a line of a list, and of a row of a table, whose columns are named."""
_EARLIER = 0.4
"""What a word of an earlier message counts, of one of the present message."""
_CONCEPT = 0.6
_NEAR = 0.7
"""What a concept, and a word that is only alike, count of a shared word."""
_ALIKE = 0.5
_FORGIVEN = 30
"""Questions of more words have enough that are spelled right."""

_PRICE = re.compile(r"\d\s?(?:₸|тг|%)|тенге|теңге|tenge|KZT|бесплатн|тегін|\bfree\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\d\s?(?:рабоч\w+ |календарн\w+ )?(?:дн|день|час|мин|мес|нед|год|лет)|\d{1,2}:\d\d"
    r"|\d\s?(?:жұмыс күн|күн|сағат|апта|ай|жыл|минут)"
    r"|\d\s?(?:(?:working |business |calendar )?day|minute|hour|week|month|year)",
    re.IGNORECASE,
)
_ASKS_PRICE = re.compile(
    r"сколь?ко (?:будет )?сто|почем|какая цена|стоимост|во сколь?ко обойд|how much|what .{0,20}(?:cost|price|fee)"
    r"|(?:канша|кандай) (?:турады|бага)|канша (?:толе|болады)|баганы|куны кан"
)
_ASKS_SPAN = re.compile(
    r"сколь?ко (?:дн|времен|ид|жда|ехат|по времени|едет|хран|занима|действ)|как долго|за сколь?ко|через сколь?ко"
    r"|как(?:ой|ие|ая) (?:срок|гаранти)|когда|до скольки|во сколь?ко (?:закр|откр|приед)|сколь?ко ждать"
    r"|how (?:long|many days|soon)|when |неше кун|канша (?:кун|уакыт)|кашан"
)
_KINDS_OF_QUESTION = ((_ASKS_PRICE, _PRICE), (_ASKS_SPAN, _SPAN))
"""What is asked for, by the question's words, and what an answer to it must hold."""

_WHETHER = re.compile(  # of a folded text
    r"^\W*(?:(?:and|so|but|hi|hello|please)\W+)*(?:can|could|may|do|does|is|are|am|will|would|should)\b"
    r"|\b(?:можно|нельзя|могу|могут|можете|сможе\w+|разреша\w+|ли|дадите|прим(?:ете|ут)|принимаете|пустят|обязательно)\b"
    r"|\b(?:ма|ме|ба|бе|па|пе|можно)\W*$|\b(?:бола|болады|аламын|алам|мумкин)\b"
)
RULE = re.compile(  # of a folded text
    r"\b(?:can|cannot|can't|may|must|not?|never|only|unless|without|allowed|possible|free)\b"
    r"|\b(?:можно|нельзя|не|нет|только|без|кроме|нужно|нужны|нужен|обязател\w+|разреша\w+|может|могут|если|старше)\b"
    r"|\b(?:болады|болмайды|мумкин|тек|керек|емес|жок|жарамайды|бермейми\w*|тегин)\b|(?:май|мей|пай|пей)(?:ды|ди|мыз|миз)\b"
)
"""Allows, forbids, or limits."""


def expected(question: str) -> re.Pattern[str] | None:
    """What an answer to the question must hold: a price, a span of time, or nothing of the kind."""
    folded = fold(question)
    return next((answer for asked, answer in _KINDS_OF_QUESTION if asked.search(folded)), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart once, to be held against every line."""

    language: str
    stems: dict[str, float]
    """What each word counts."""
    concepts: dict[str, float]
    kind: re.Pattern[str] | None
    whether: bool
    """Whether it is answered by yes or no."""

    @classmethod
    def of(cls, question: str, earlier: str, language: str) -> "Asked":
        stems = dict.fromkeys(analysis.stems(earlier, language), _EARLIER) if earlier else {}
        meant = dict.fromkeys(concepts(earlier, language), _EARLIER) if earlier else {}
        stems |= dict.fromkeys(analysis.stems(question, language), 1.0)
        meant |= dict.fromkeys(concepts(question, language), 1.0)
        kind = expected(question) or expected(earlier)
        return cls(language, stems, meant, kind, kind is None and bool(_WHETHER.search(fold(question))))

    def names(self, line: str) -> bool:
        """Whether it is a line of a list that begins with a name out of the question."""
        head = _HEAD.match(line)
        named = analysis.stems(head[1] or head[2], self.language) if head else []
        return bool(named) and all(
            any(stem == word or _alike(stem, word) for word in self.stems) for stem in named
        )

    def shared(self, line: str) -> dict[str, float]:
        """What a line has of the question, by word or concept, and how fully."""
        own = set(analysis.stems(line, self.language))
        shared = {stem: count for stem, count in self.stems.items() if stem in own}
        for stem, count in self.stems.items() if len(self.stems) <= _FORGIVEN else ():
            if stem not in shared and any(_alike(stem, other) for other in own):
                shared[stem] = _NEAR * count
        meant = set(concepts(line, self.language))
        return shared | {
            f"concept {name}": _CONCEPT * count for name, count in self.concepts.items() if name in meant
        }


def _alike(stem: str, other: str) -> bool:
    """Forgives typos and endings."""
    if min(len(stem), len(other)) < 4 or stem.isdigit() or other.isdigit():
        return False
    mine, theirs = set(analysis.grams(stem)), set(analysis.grams(other))
    return 2 * len(mine & theirs) > (len(mine) + len(theirs)) * _ALIKE
