"""A Kazakh stemmer: takes endings off words whose Kazakh letters are already folded to plain Cyrillic.

Kazakh puts one ending after another (тапсырыс-тар-ым-ыз-дан), each in up to six forms by the sounds
before it. The forms are listed by kind, in the order in which they are taken off, from the end of the
word inwards; what is left keeps at least three letters. It serves for comparing words, not for showing.
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
"""Before a vowel the last sound softens: кітап, кітабы; тілек, тілегі; тарақ, тарағы (folded)."""

_ORDER = tuple(
    tuple(sorted(group.split(), key=lambda ending: (-len(ending), ending)))
    for group in (_QUESTION, _PERSON, _CASE, _OWNER, _PLURAL, _VERB, _WORDS)
)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The beginning that the inflections of a folded Kazakh word share, roughly."""
    for group in _ORDER:
        for ending in group:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
                word = word[: -len(ending)]
                break
    return word[:-1] + _UNVOICED.get(word[-1:], word[-1:])
