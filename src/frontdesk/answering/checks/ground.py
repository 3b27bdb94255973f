"""Does a reply state only what its sources say? Figures, dates, links, quotes and strong claims."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from frontdesk.kit import figures
from frontdesk.kit.figures import Day, Figures, Number
from frontdesk.kit.plain import plain
from frontdesk.kit.units import agree
from frontdesk.kit.words import fold, sentences

_QUOTE = re.compile(r"[«“\"]([^«»“”\"]{8,})[»”\"]")
_MIN_QUOTED_WORDS = 4

_CLAIMS: dict[str, re.Pattern[str]] = {
    # Written as `fold` leaves them: lower case, Kazakh letters as their plain neighbours.
    name: re.compile(stems)
    for name, stems in {
        "free of charge": r"(?<!feel )(?<!-)\bfree\b|no charge|бесплатн|безвозмездн|\bтегин\b|акысыз",
        "guarantee": r"guarante|warrant|гаранти|кепилдик",
        "discount": r"discount|\bскидк|женилдик|промокод|promo code|cashback|кэшбэк|бонус",
        "compensation": r"compensat|компенс|отемакы|voucher|ваучер",
        "refund": r"refund|money back|возврат\w* (?:денег|средств|деньг)|верн\w+ (?:вам )?(?:деньг|средств)"
        r"|акша\w* (?:\w+ )?кайтар|reimburs|возмест",
        "in stock": r"in stock|в наличии|есть на складе|коймада бар|колда бар",
        "instalments": r"instal?ment|рассрочк|болип тол",
        "always": r"в любое время|at any time|кез келген уакытта|круглосуточно|around the clock|тэулик бойы",
    }.items()
}

_TOMORROW = re.compile(r"\btomorrow\b|(?<!после)\bзавтра\b|\bертен\b")
_DAY_AFTER = re.compile(r"day after tomorrow|\bпослезавтра\b|\bбурсигуни\b")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a reply may rest on: its sources, and what the customer wrote for numbers and names of theirs."""

    folded: str
    own_words_folded: str
    figures: Figures
    own_words: Figures

    @classmethod
    def of(cls, sources: Iterable[str], own_words: str = "") -> "Basis":
        text = plain("\n".join(sources), markup=False).text
        own = plain(own_words).text
        return cls(_flat(text), _flat(own), figures.read(text), figures.read(own))


def unsupported(
    reply: str, basis: Basis, *, today: date | None = None, asks: bool = False
) -> tuple[str, ...]:
    """What the reply states and its basis does not hold, in plain text.

    `asks`: a question back claims nothing; figures in it are checked all the same.
    """
    reply = plain(reply, markup=False).text
    stated = figures.read(reply)
    missing = chain(
        (
            address
            for address in sorted(stated.addresses)
            if not _is_known(address, basis.figures.addresses | basis.own_words.addresses)
        ),
        (day.shown for day in stated.days if not _dated(day, basis)),
        (time for time in sorted(stated.times) if time not in basis.figures.times),
        (number.shown.strip() for number in stated.numbers if not _counted(number, basis)),
        _quotes(reply, basis),
        _relative_days(reply, basis, today) if today is not None else (),
        () if asks else _claims(reply, basis),
    )
    return tuple(dict.fromkeys(missing))


def _is_known(address: str, known: frozenset[str]) -> bool:
    """Whether it is one of them, or the site of one."""
    return address in known or any(other.startswith(f"{address}/") for other in known)


def _dated(day: Day, basis: Basis) -> bool:
    return any(day.same(known) for known in basis.figures.days)


def _counted(number: Number, basis: Basis) -> bool:
    if _among(number, basis.figures.numbers):
        return True
    if not number.measured and _among(number, basis.own_words.numbers):
        return True
    # `23.11` is a date without its year, `10.00` and a bare `10` are hours.
    shown = number.shown.strip()
    match = re.fullmatch(r"(\d{1,2})\.(\d{2})", shown)
    if match is not None and _dated(Day(int(match[1]), int(match[2]), None), basis):
        return True
    hour = re.fullmatch(r"(\d{1,2})(?:\.([0-5]\d))?", shown)
    return hour is not None and f"{hour[1].zfill(2)}:{hour[2] or '00'}" in basis.figures.times


def _among(number: Number, known: tuple[Number, ...]) -> bool:
    if any(_bears(other, number) for other in known):
        return True
    # "15 128" may be one number or two beside each other.
    values = {value for other in known for value in other.values}
    parts = number.shown.split()
    digits = [part for part in parts if part.isdigit()]
    return len(digits) > 1 and not number.measured and all(Decimal(part) in values for part in digits)


def _bears(known: Number, stated: Number) -> bool:
    """The same number, of the same thing, and of the same matter where both sentences name one."""
    if not known.values & stated.values or not agree(stated.unit, known.unit):
        return False
    apart = known.topics and stated.topics and not known.topics & stated.topics
    return not (apart and stated.measured)


def _quotes(reply: str, basis: Basis) -> Iterable[str]:
    for quote in _QUOTE.finditer(reply):
        quoted = _flat(quote.group(1)).strip(" .,!?…")
        if len(quoted.split()) < _MIN_QUOTED_WORDS:
            continue
        if quoted not in basis.folded and quoted not in basis.own_words_folded:
            yield quote.group()


def _relative_days(reply: str, basis: Basis, today: date) -> Iterable[str]:
    folded = fold(reply)
    for pattern, ahead in ((_DAY_AFTER, 2), (_TOMORROW, 1)):
        match = pattern.search(folded)
        if match is None or pattern.search(basis.folded):
            continue
        meant = today + timedelta(days=ahead)
        if not _dated(Day(meant.day, meant.month, meant.year), basis):
            yield reply[match.start() : match.end()]
        folded = pattern.sub(" ", folded)


def _claims(reply: str, basis: Basis) -> Iterable[str]:
    # A question asserts nothing.
    asserted = _flat(" ".join(sentence for sentence in sentences(reply) if not sentence.endswith("?")))
    for name, pattern in _CLAIMS.items():
        if pattern.search(asserted) and not pattern.search(basis.folded):
            yield name


def _flat(text: str) -> str:
    return " ".join(fold(text).replace("ё", "е").split())
