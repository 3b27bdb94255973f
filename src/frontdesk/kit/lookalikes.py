"""Letters that look like those of another alphabet, put right within a word: `зaкaз`, `дocтaвкa`, `dеlivery`."""

import re

_LATIN = "aceopxyijhkABCEHIKMOPTXYƏəɵƟëË"
_CYRILLIC = "асеорхуіјһкАВСЕНІКМОРТХУӘәөӨёЁ"
_GREEK = "αορκχυιΑΒΕΗΙΚΜΝΟΡΤΥΧΖ"
_AS_LATIN = "aopkxyiABEHIKMNOPTYXZ"
_AS_CYRILLIC = "аоркхуіАВЕНІКМNОРТУХZ"
TO_CYRILLIC = {ord(a): b for a, b in zip(_LATIN + _GREEK, _CYRILLIC + _AS_CYRILLIC, strict=True)}
TO_LATIN = {ord(a): b for a, b in zip(_CYRILLIC + _GREEK, _LATIN + _AS_LATIN, strict=True)}

MIXED = re.compile(r"[A-Za-zƏəɵƟëËͰ-Ͽ][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-zƏəɵƟëËͰ-Ͽ]|[A-Za-z][Ͱ-Ͽ]|[Ͱ-Ͽ][A-Za-z]")
"""Part of every word of two alphabets."""
STRAY = re.compile(r"(?<![\w'.-])(?:[aceoyxk]|(?!pc)[aceopxy]{2}|[ABCKOY](?= [а-я]))(?![\w'.-])")
"""A word of one or two letters that may be Latin only by its look."""
WORD = re.compile(r"[^\W\d_]+")
_ONLY_LATIN = re.compile(r"(?![aceopxyijhkABCEHIKMOPTXYƏəɵƟ])[A-Za-z]")
_ONLY_CYRILLIC = re.compile(r"(?![асеорхуіјһкАВСЕНІКМОРТХУӘәөӨ])[Ѐ-ӿ]")
_NAME_WITH_ENDING = re.compile(r"[A-Z]{3,}[Ѐ-ӿ]{1,5}")
"""`OPPOны`: a Latin name with an ending."""


def settled(word: str, in_cyrillic_text: bool) -> str:
    """A word of two alphabets in the one it means; unchanged where it truly has parts of both."""
    latin, cyrillic = _ONLY_LATIN.search(word), _ONLY_CYRILLIC.search(word)
    if (latin and cyrillic) or _NAME_WITH_ENDING.fullmatch(word):
        return word
    meant_cyrillic = bool(cyrillic) or (not latin and in_cyrillic_text)
    return word.translate(TO_CYRILLIC if meant_cyrillic else TO_LATIN)


def leaning(text: str) -> float:
    """How many of the letters that only one alphabet has are Cyrillic: 0..1, and 1 where there are none."""
    cyrillic, latin = len(_ONLY_CYRILLIC.findall(text)), len(_ONLY_LATIN.findall(text))
    return cyrillic / (cyrillic + latin) if latin else 1.0
