"""Articles that say the same, nearly the same, or different things of one subject. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

from frontdesk.kit import figures
from frontdesk.kit.figures import Number
from frontdesk.knowledge import analysis
from frontdesk.knowledge.chunks import Chunk
from frontdesk.knowledge.findings import FindingKind
from frontdesk.knowledge.statements import Statement, statements

_NEARLY = 0.8
"""The share of words that two nearly equal articles have in common."""
_UNSHARED = 0.5
"""How much of what is made more may weigh, of all that both statements are about."""
_MOST_ALIKE = 4
"""So many articles may say one thing; more are made after one form, each about its own thing."""
_KEYS = 4
"""So many of the rarest words lead from one article, or statement, to another."""
_MOST_BESIDE = 40
"""Of those that share a word are looked at."""
MOST_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Compared:
    """An article as it is compared; those of other languages are compared by figures alone."""

    name: str
    """The same for what is one article in several languages."""
    title: str
    language: str
    chunks: list[Chunk]

    @property
    def text(self) -> str:
        return "\n".join(f"{chunk.heading}\n{chunk.text}" for chunk in self.chunks)


@dataclass(frozen=True, slots=True)
class Difference:
    kind: FindingKind
    first: int
    second: int
    first_quote: str = ""
    second_quote: str = ""
    detail: str = ""


def differences(articles: Sequence[Compared]) -> list[Difference]:
    """At most `MOST_FINDINGS`; equal articles are told once, and compared with others as one."""
    return list(islice(_differences(articles), MOST_FINDINGS))


def _differences(articles: Sequence[Compared]) -> Iterator[Difference]:
    distinct: list[int] = []
    first_of: dict[Hashable, int] = {}
    for at, article in enumerate(articles):
        key = (article.language, *map(tuple, (analysis.words(article.title), analysis.words(article.text))))
        same = first_of.setdefault(key, at)
        if same == at:
            distinct.append(at)
        else:
            yield Difference(FindingKind.EQUAL, same, at)
    yield from _translations(articles, distinct)
    for language in analysis.LANGUAGES:
        among = [at for at in distinct if articles[at].language == language]
        yield from _near_equal(articles, among)
        yield from _contradictions(articles, among, language)


def _near_equal(articles: Sequence[Compared], among: list[int]) -> Iterator[Difference]:
    words = {at: frozenset(analysis.words(articles[at].text)) for at in among}
    for first, second in _neighbours(words):
        common = len(words[first] & words[second])
        if common and common >= _NEARLY * len(words[first] | words[second]):
            yield Difference(FindingKind.NEAR_EQUAL, first, second)


def _contradictions(articles: Sequence[Compared], among: list[int], language: str) -> Iterator[Difference]:
    made = [
        statement
        for at in among
        for statement in statements(at, articles[at].title, language, articles[at].chunks)
    ]
    made = _without_forms(made)
    weights = _weights(statement.subject for statement in made)
    seen: set[tuple[int, int, FindingKind, str]] = set()
    for first, second in _neighbours({at: statement.subject for at, statement in enumerate(made)}):
        former, later = sorted((made[first], made[second]), key=lambda statement: statement.article)
        if former.article == later.article or not _same_subject(former, later, weights):
            continue
        for kind, detail in _differ(former, later):
            key = (former.article, later.article, kind, detail)
            if key not in seen:
                seen.add(key)
                yield Difference(kind, former.article, later.article, former.text, later.text, detail)


def _without_forms(made: list[Statement]) -> list[Statement]:
    articles: dict[frozenset[str], set[int]] = defaultdict(set)
    for statement in made:
        articles[statement.subject].add(statement.article)
    return [statement for statement in made if len(articles[statement.subject]) <= _MOST_ALIKE]


def _same_subject(first: Statement, other: Statement, weights: dict[str, float]) -> bool:
    """All of one's subject is in the other, or above it; and what the other says more is little."""
    both = first.subject | other.subject
    if len(first.subject & other.subject) < 2 or _of_two_things(first, other, both):
        return False
    only_one = first.subject - other.subject - other.around
    only_other = other.subject - first.subject - first.around
    if only_one and only_other:
        return False
    more = sum(weights[stem] for stem in only_one | only_other)
    return more <= _UNSHARED * sum(weights[stem] for stem in both)


def _of_two_things(first: Statement, other: Statement, both: frozenset[str]) -> bool:
    """Below titles of one family (`Delivery to Almaty`, `Delivery to Aktau`), or where only the title says of what."""
    if not (first.around - other.around - both and other.around - first.around - both):
        return False
    return bool(first.around & other.around) or first.of_title or other.of_title


def _differ(first: Statement, other: Statement) -> Iterator[tuple[FindingKind, str]]:
    for unit in first.numbers.keys() & other.numbers.keys():
        if not first.numbers[unit] & other.numbers[unit]:
            name = unit.removeprefix("other ")
            yield (
                FindingKind.NUMBERS,
                f"{name}: {_listed(first.numbers[unit])} / {_listed(other.numbers[unit])}",
            )
    if first.times and other.times and not first.times & other.times:
        yield FindingKind.NUMBERS, f"{', '.join(sorted(first.times))} / {', '.join(sorted(other.times))}"
    if first.days and other.days and not first.days & other.days:
        yield FindingKind.DATES, f"{_days(first.days)} / {_days(other.days)}"
    if first.denies != other.denies or (first.free and _costs(other)) or (other.free and _costs(first)):
        yield FindingKind.CONDITIONS, ""


def _costs(statement: Statement) -> bool:
    return not statement.free and any(unit.isupper() for unit in statement.numbers)


def _listed(values: frozenset[Decimal]) -> str:
    return ", ".join(f"{value:f}" for value in sorted(values))


def _days(days: frozenset[tuple[int, int]]) -> str:
    return ", ".join(f"{day:02}.{month:02}" for day, month in sorted(days))


def _translations(articles: Sequence[Compared], distinct: list[int]) -> Iterator[Difference]:
    """One article in two languages: each has a measured number that the other lacks."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for at in distinct:
        by_name[articles[at].name].append(at)
    for same in by_name.values():
        for first, second in combinations(same[: len(analysis.LANGUAGES)], 2):
            ours, theirs = _measured(articles[first].text), _measured(articles[second].text)
            only = _lacking(ours, theirs), _lacking(theirs, ours)
            if articles[first].language != articles[second].language and all(only):
                yield Difference(FindingKind.TRANSLATION, first, second, detail=" / ".join(only))


def _measured(text: str) -> list[Number]:
    return [number for number in figures.read(text).numbers if number.measured]


def _lacking(ours: list[Number], theirs: list[Number]) -> str:
    """Our numbers that the others do not have."""
    lacking = [
        f"{number.unit}: {max(number.values):f}"
        for number in ours
        if not any(number.unit == other.unit and number.values & other.values for other in theirs)
    ]
    return ", ".join(sorted(set(lacking))[:5])


def _weights(subjects: Iterable[frozenset[str]]) -> dict[str, float]:
    counts = Counter(stem for subject in subjects for stem in subject)
    total = sum(counts.values())
    return {stem: math.log1p(total / count) for stem, count in counts.items()}


def _neighbours(terms: dict[int, frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share one of their rarest terms; a term that many share leads to some of them only."""
    counts = Counter(term for own in terms.values() for term in own)
    beside: dict[str, list[int]] = defaultdict(list)
    for at, own in terms.items():
        near: set[int] = set()
        rarest = sorted((term for term in own if counts[term] > 1), key=lambda term: (counts[term], term))
        for term in rarest[:_KEYS]:
            near.update(beside[term][-_MOST_BESIDE:])
            beside[term].append(at)
        yield from ((other, at) for other in sorted(near))
