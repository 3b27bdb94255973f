"""What a message asks, taken apart: its several questions, and which of two topics a reply means."""

import re

from frontdesk.kit.words import fold, words
from frontdesk.knowledge import analysis
from frontdesk.knowledge.concepts import concepts
from frontdesk.knowledge.stopwords import STOP_WORDS

_MOST_PARTS = 4
_BORDER = re.compile(  # begun at no space within spaces: a text of nothing else would take its square
    r"[?!;\n]+\s*|\.\s+|(?<!\s),?\s+(?:and also|and|а также|а еще|и еще|и также|и|жане|тагы да|тагы|сондай-ак)\s+|,\s+"
)
_ASKS = {
    "en": re.compile(
        r"(?:^|:\s)\W*(?:(?:and|also|so|then|please|but|or|if so|from|for|to|in|by|at|with|until)\W+)*"
        r"(?:how|what|when|where|who|why|which|can|could|do|does|did|is|are|may|will|would|should|have)\b"
    ),
    "ru": re.compile(
        r"\b(?:как|каки[ем]|как(?:ой|ая|ую|ое)|сколь?ко|когда|где|куда|откуда|кто|что|почему|зачем|чем|можно|могу"
        r"|можете|есть|нужно|надо|ли|почем|во сколько|принимаете|работаете|доставляете|продаете)\b"
    ),
    "kk": re.compile(
        r"\b(?:калай|канша|кашан|кайда|кайдан|неше|ким|не|неге|кандай|кай|неден|ма|ме|ба|бе|па|пе|болады)\b"
    ),
}
"""Of a folded text: it asks, rather than tells."""
_ASKING = """
как что когда где не делать теперь how what when where why who do қалай қашан қайда істеу
"""
_QUESTION_WORDS = frozenset(fold(_ASKING).split())
_ASKS_HOW = re.compile(
    r"\b(?:how (?:do|can|to|should)|can i|could i|may i|is it possible|am i able|what if|do i)\b"
    r"|\b(?:как|(?<!сколько )можно|могу|можем|нельзя|нужно ли|надо ли|что (?:делать|если))\b"
    r"|\b(?:калай|бола ма|болады ма|мумкин бе|аламын ба|алам ба|не истеу)"
)
_ADDS = re.compile(
    r"^\W*(?:also|besides|another thing|one more|secondly|(?:and )?i also|(?:и )?еще|а еще|также|кроме того|во-вторых"
    r"|тагы|сонымен катар|сосын)\b"
)
_WISHES = re.compile(
    r"\b(?:i (?:want|need|would like|have to)|i'd like|please|let me)\b|\b(?:хочу|хотел\w*|нужно|надо|пожалуйста)\b"
    r"|\b(?:керек|\w+(?:гым|гим|кым|ким) келе\w*|\w+ш[ыи]?)\b"
)
_SAYS_NOTHING = """
help question questions problem issue assistance помощь помогите помочь помоги вопрос вопросы вопросик проблема
проблемы проблемка консультация көмек көмектесіңіз көмектесіңізші көмектесіңіздер сұрақ сұрағым сұрағымыз мәселе
"""
_VAGUE = frozenset(fold(_SAYS_NOTHING).split())
_TOPIC = re.compile(r"[«“]([^«»“”]+)[»”]")
_FIRST = re.compile(r"^\W*(?:1|перв\w*|the first|first|former|бириншиси|биринши\w*)\b")
_SECOND = re.compile(r"^\W*(?:2|втор\w*|the second|second|latter|екиншиси|екинши\w*)\b")
_SHORT_REPLY = 8


def parts_of(text: str, language: str) -> list[str]:
    """The questions of a message in order, at most four; what only tells something belongs to its neighbour."""
    parts: list[str] = []
    statement = ""
    for piece in _pieces(text):
        if (asks(piece, language) or _adds(piece)) and _has_subject(piece, language):
            if _adds(piece) and statement and not parts:
                parts.append(statement)
                statement = ""
            parts.append(f"{statement} {piece}".strip())
            statement = ""
        elif parts:
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            statement = f"{statement} {piece}".strip()
    return parts if 1 < len(parts) <= _MOST_PARTS else [text]


def _adds(piece: str) -> bool:
    """Whether it begins a further matter ("I also want ...")."""
    return bool(_ADDS.search(fold(piece)))


def asks(text: str, language: str) -> bool:
    """Whether it asks in whole words, rather than tells or names a subject."""
    return bool(_ASKS[language].search(fold(text)))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for border in _BORDER.finditer(fold(text)):
        pieces.append(
            text[start : border.end()].strip() if "?" in border.group() else text[start : border.start()]
        )
        start = border.end()
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if any(map(str.isalnum, piece))]


def _has_subject(piece: str, language: str) -> bool:
    """Whether anything but stop words and question words is in it."""
    content = set(analysis.content_words(piece, language)) - STOP_WORDS[language] - _QUESTION_WORDS
    return bool(content) and (len(content) > 1 or bool(concepts(piece, language)))


def asked_how(text: str) -> str:
    """What of a message asks for a rule or a way of doing something, not for how one thing stands; may be empty."""
    return " ".join(piece for piece in _pieces(text) if _ASKS_HOW.search(fold(piece)))


def asks_how_first(text: str) -> bool:
    """Whether a message begins with that."""
    return any(_ASKS_HOW.search(fold(piece)) for piece in _pieces(text)[:1])


def wishes(text: str) -> bool:
    """Whether it says that the customer wants or has to do something."""
    return bool(_WISHES.search(fold(text)))


def is_vague(text: str, language: str) -> bool:
    """Whether it only says that there is something to say ("I have a question")."""
    content = set(analysis.words(text)) - STOP_WORDS[language]
    return bool(content) and content <= _VAGUE


def topics_offered(asked_back: str) -> list[str]:
    """The titles that a question back quoted: its last paragraph that quotes any."""
    topics = map(_TOPIC.findall, reversed(asked_back.split("\n\n")))
    return next(filter(None, topics), [])


def topic_meant(reply: str, offered: list[str], language: str) -> str | None:
    """Which of the titles that were offered a short reply means; None where it does not tell."""
    if len(offered) < 2 or len(words(reply)) > _SHORT_REPLY:
        return None
    folded = fold(reply)
    exact = [title for title in offered if fold(title).strip() == folded.strip()]
    if exact or _FIRST.search(folded):
        return next(iter(exact), offered[0])
    if _SECOND.search(folded):
        return offered[1]
    stems = set(analysis.stems(reply, language))
    shared = [len(stems & set(analysis.stems(title, language))) for title in offered]
    return None if shared.count(max(shared)) > 1 else offered[shared.index(max(shared))]
