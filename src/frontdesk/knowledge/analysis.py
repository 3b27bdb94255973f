"""Words, stems and character n-grams of ru, kk and en texts, for retrieval."""

import re
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from frontdesk.kit.plain import plain
from frontdesk.kit.words import fold
from frontdesk.knowledge import kazakh
from frontdesk.knowledge.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

LANGUAGES = ("ru", "kk", "en")

_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[ ,]\d{3})+)(?![\w]|[.,]\d| ?(?:гб|gb|тб|tb|мб|mb|гбайт)\b)", re.IGNORECASE
)
"""The parts of one number; not `S24 128`, and not `15 256 ГБ`."""
_CAPACITY = re.compile(r"\d{1,2} (?:128|256|512)")
"""After a model's number: `iPhone 15 256`; a sum only where its currency stands behind it."""
_CURRENCY = re.compile(r" ?(?:[₸₽$€]|(?:тг|тнг|тенге|теңге|руб|р|kzt|rub|usd|eur|tenge)\b)", re.IGNORECASE)
_FLEETING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])ь?[ое](?=[клр]$)|(?<=л)ь(?=к$)")
"""`чехол` and `чехл`, `кошелек` and `кошельк`: the vowel that a Russian noun has in some of its forms."""
_SHORTEST_FLEETING = 5
_LONGEST_WORD = 40
_GRAMS = (3, 4, 5)


def words(text: str) -> list[str]:
    """Lower-case words and numbers, Kazakh letters folded, `15 000` and `15,000` as one number."""
    meant = plain(text, markup=False).text.replace("'s ", " ")
    joined = _THOUSANDS.sub(_as_one, meant)
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(joined))]


def _as_one(number: re.Match[str]) -> str:
    if _CAPACITY.fullmatch(number.group()) and not _CURRENCY.match(number.string, number.end()):
        return number.group()
    return re.sub("[ ,]", "", number.group())


def content_words(text: str, language: str) -> list[str]:
    """The words that are not stop words, in order; all words where there is no other."""
    all_words = words(text)
    stop = STOP_WORDS.get(language, frozenset())
    return [word for word in all_words if word not in stop and (len(word) > 1 or word.isdigit())] or all_words


def stems(text: str, language: str) -> list[str]:
    """The stems of the content words, in order."""
    return [stem(word, language) for word in content_words(text, language)]


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; Latin words are stemmed as English in every language."""
    if word.isdigit():
        return word
    if word.isascii():
        return _snowball(word, "english")
    if language == "kk":
        return kazakh.stem(word)[:6]
    return _without_fleeting(_snowball(word, "russian"))


def _without_fleeting(stem: str) -> str:
    return _FLEETING.sub("", stem) if len(stem) >= _SHORTEST_FLEETING else stem


@lru_cache(maxsize=32_768)
def grams(word: str) -> tuple[str, ...]:
    """The character n-grams of a word with its borders; they tolerate typos and endings."""
    framed = f"_{word}_"
    return tuple(framed[at : at + size] for size in _GRAMS for at in range(len(framed) - size + 1)) or (
        framed,
    )


_stemmers = threading.local()


def _snowball(word: str, language: str) -> str:
    """Each thread has its own stemmer, because a stemmer stores its current word."""
    stemmer: BaseStemmer | None = getattr(_stemmers, language, None)
    if stemmer is None:
        import snowballstemmer

        stemmer = snowballstemmer.stemmer(language)
        setattr(_stemmers, language, stemmer)
    return str(stemmer.stemWord(word))
