"""Replaces personal numbers and addresses by placeholders for models, and restores them in replies."""

import re
from collections.abc import Callable

PLACEHOLDER = re.compile(r"\[(?:card|iban|email|phone|person_number|text)_\d+\]")

# Each starts at a word border and is bounded, so that very long words cost no time.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w+])\d(?:[ -]?\d){12,18}(?!\w)")
_PERSON_NUMBER = re.compile(r"(?<![\w+])\d{12}(?!\w)")
_PHONE = re.compile(r"(?<![\w+])(?:\+\d{1,3}|8)(?:[ (.-]{0,2}\d{2,4}[ ).-]{0,2}){2,5}(?!\w)")


def _luhn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    doubled = [d if at % 2 == 0 else (d * 2 - 9 if d > 4 else d * 2) for at, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


def _iban(text: str) -> bool:
    plain = text.replace(" ", "").upper()
    turned = "".join(str(int(c, 36)) for c in plain[4:] + plain[:4])
    return 15 <= len(plain) <= 34 and int(turned) % 97 == 1


def _person_number(text: str) -> bool:
    """Kazakhstan's IIN: a date of birth, a digit for the century and sex, and a check digit."""
    digits = [int(c) for c in text]
    if not (1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:6]) <= 31 and 0 <= digits[6] <= 6):
        return False
    check = sum(weight * digit for weight, digit in enumerate(digits[:11], 1)) % 11
    if check == 10:
        check = sum(w * d for w, d in zip((3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), digits[:11], strict=True)) % 11
    return check == digits[11]


def _phone(text: str) -> bool:
    return 10 <= sum(c.isdigit() for c in text) <= 15


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    # A typed placeholder is hidden too, so that a customer cannot refer to a hidden value.
    ("text", PLACEHOLDER, lambda _: True),
    ("email", _EMAIL, lambda _: True),
    ("iban", _IBAN, _iban),
    ("card", _CARD, _luhn),
    ("person_number", _PERSON_NUMBER, _person_number),
    ("phone", _PHONE, _phone),
)


class Redactor:
    """For one conversation: the same value gets the same placeholder in every text.

    `restore(redact(text)) == text` for any text. Order and tracking numbers stay readable.
    """

    def __init__(self) -> None:
        self._placeholder_of: dict[str, str] = {}
        self._value_of: dict[str, str] = {}

    def redact(self, text: str) -> str:
        for kind, pattern, is_real in _KINDS:
            text = self._hide(kind, pattern, is_real, text)
        return text

    def restore(self, text: str) -> str:
        """The text with the values restored; an unknown placeholder stays."""
        return PLACEHOLDER.sub(lambda match: self._value_of.get(match.group(), match.group()), text)

    def _hide(self, kind: str, pattern: re.Pattern[str], is_real: Callable[[str], bool], text: str) -> str:
        def replacement(match: re.Match[str]) -> str:
            # Blanks and full stops at the ends of a match belong to the sentence, not to the number.
            value = match.group().strip().rstrip(".-")
            if not is_real(value):
                return match.group()
            before, _, after = match.group().partition(value)
            return before + self._placeholder(kind, value) + after

        return pattern.sub(replacement, text)

    def _placeholder(self, kind: str, value: str) -> str:
        if value not in self._placeholder_of:
            name = f"[{kind}_{len(self._placeholder_of) + 1}]"
            self._placeholder_of[value] = name
            self._value_of[name] = value
        return self._placeholder_of[value]


def hold_back(text: str) -> str:
    """A text that is still streaming, without an unfinished placeholder at its end."""
    cut = text.rfind("[")
    if cut == -1 or "]" in text[cut:] or len(text) - cut > 30:
        return text
    return text[:cut]
