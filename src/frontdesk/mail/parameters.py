"""Headers of the form `value; name=value`, with the continuations and charsets of RFC 2231."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from frontdesk.mail.charsets import decoded
from frontdesk.mail.words import decode_words

_MOST = 50
_PARAMETER = re.compile(
    r"""[;\s]*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.){0,8000})"?|([^;]{0,8000}))""", re.DOTALL
)
_NUMBERED = re.compile(r"^(.+?)\*(?:(\d{1,3})(\*)?)?$")
_EXTENDED = re.compile(r"^([^']{0,40})'([^']{0,40})'(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parameters:
    value: str
    """What stands before the first semicolon, in lower case."""
    named: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.named.get(name, "")


@dataclass(slots=True)
class _Pieces:
    numbered: dict[int, tuple[str, bool]] = field(default_factory=dict)
    """By their numbers; whether each is percent-encoded."""


def read(text: str) -> Parameters:
    value, _, rest = text.partition(";")
    plain: dict[str, str] = {}
    split: dict[str, _Pieces] = {}
    place = 0
    for _ in range(_MOST):
        match = _PARAMETER.match(rest, place)
        if match is None or match.end() == place:
            break
        place = match.end()
        _note(match, plain, split)
        following = rest.find(";", place)
        place = following if following >= 0 and rest[place:following].strip() == "" else place
    named = {name: decode_words(text) for name, text in plain.items()}
    named |= {name: _assembled(pieces) for name, pieces in split.items()}
    return Parameters(value.strip().lower(), named)


def _note(match: re.Match[str], plain: dict[str, str], split: dict[str, _Pieces]) -> None:
    name = match[1].lower()
    text = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3].strip()
    numbered = _NUMBERED.match(name)
    if numbered is None:
        plain.setdefault(name, text)
        return
    number = int(numbered[2]) if numbered[2] else 0
    encoded = numbered[2] is None or numbered[3] is not None
    split.setdefault(numbered[1], _Pieces()).numbered.setdefault(number, (text, encoded))


def _assembled(pieces: _Pieces) -> str:
    charset = ""
    data: list[bytes] = []
    for number, (text, encoded) in sorted(pieces.numbered.items()):
        payload = text
        if encoded and number == min(pieces.numbered) and (extended := _EXTENDED.match(text)):
            charset, payload = extended[1], extended[3]
        data.append(unquote_to_bytes(payload) if encoded else payload.encode("utf-8", "surrogatepass"))
    joined = b"".join(data)
    text = decoded(joined, charset)[0]
    return decode_words(text)
