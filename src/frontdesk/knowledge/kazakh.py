"""A Kazakh stemmer for words whose Kazakh letters are already folded to plain Cyrillic.

Kazakh appends one ending after another (тапсырыс-тар-ым-ыз-дан), each in up to six forms that depend on the
sounds before it. The forms are listed by kind, in the order of removal from the end of the word; the stem
keeps at least three letters. Stems are for comparing words, not for showing.
"""

from functools import lru_cache

_LEAST = 3

_QUESTION = "мысыз мисиз бысыз бисиз пысыз писиз"
_PERSON = """
    мын мин бын бин пын пин сын син сыз сиз мыз миз быз биз пыз пиз сыздар сиздер сындар синдер
"""
_CASE = """
    нын нин дын дин тын тин га ге ка ке на не ны ни ды ди ты ти да де та те нда нде дан ден тан тен
    нан нен мен бен пен дагы деги тагы теги ндагы ндеги дай дей тай тей
"""
_OWNER = "ымыз имиз мыз миз ыныз иниз ныз низ ым им ын ин сы си ы и"
_PLURAL = "лар лер дар дер тар тер"
_VERB = """
    уге уга атын етин йтын йтин ган ген кан кен ады еди йды йди амыз емиз аман емен аймын ейми ып ип
    са се сам сем айык ейик дым дим тым тим дык дик тык тик дыныз диниз тыныз тиниз магын меген
    маган баган беген паган пеген май мей бай бей пай пей у ма ме ба бе па пе
"""
_WORDS = "лык лик дык дик тык тик шы ши лы ли сыз сиз"

_UNVOICED = {"б": "п", "г": "к"}
"""Undoes the softening before a vowel: кітап, кітабы; тілек, тілегі; тарақ, тарағы (folded)."""

_ORDER = tuple(
    tuple(sorted(group.split(), key=lambda ending: (-len(ending), ending)))
    for group in (_QUESTION, _PERSON, _CASE, _OWNER, _PLURAL, _VERB, _WORDS)
)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The approximate stem of a folded Kazakh word."""
    for group in _ORDER:
        for ending in group:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
                word = word[: -len(ending)]
                break
    return word[:-1] + _UNVOICED.get(word[-1:], word[-1:])
