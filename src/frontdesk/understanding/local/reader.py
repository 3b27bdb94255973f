"""The reader that needs no key, no download and no network."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from frontdesk.llm.embedding.minilm import MiniLM
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.learning.classifier import Seen
from frontdesk.understanding.learning.in_use import InUse, Taught
from frontdesk.understanding.local import judge, neighbours
from frontdesk.understanding.local import language as languages
from frontdesk.understanding.local.classify import Classes, Signs, classify, is_out_of_scope, wants_status
from frontdesk.understanding.local.entities import find_entities
from frontdesk.understanding.local.explain import explain as explained
from frontdesk.understanding.local.features import Bag, bag, forms_of
from frontdesk.understanding.local.linear import Floats
from frontdesk.understanding.local.model import MEANING_HEADS, Chances, knows, shipped
from frontdesk.understanding.local.sentiment import feel, tones
from frontdesk.understanding.local.signals import find_signals
from frontdesk.understanding.local.small_talk import small_talk
from frontdesk.understanding.local.summary import summarise
from frontdesk.understanding.local.text import View, view

_LONG = 4_000
"""Texts longer than this are read in a thread, so that the event loop stays free."""
_FRAGMENT = 3
"""So few words are understood together with what was said before."""
_OURS = frozenset({"ru", "kk", "en"})
_EMBEDDED = 2_000
"""Characters whose meaning is asked for; sentence models read hardly more."""
_FAMILIAR = 0.4
"""Customers' texts of any kind share more of their words than this with the training text; nonsense shares less."""
_SURE = 0.8
"""Where the words alone give category and intent such a chance, the meaning hardly ever turns them."""


class ReadRequest(NamedTuple):
    """A customer's text, and what is known around it (`understanding.reader.Reader`)."""

    text: str
    subject: str = ""
    language_hint: str | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A text as its words alone show it."""

    said: ReadRequest
    whole: View
    """With the subject."""
    language: str
    language_sure: float
    forms: list[str]
    felt: list[str]
    signs: Signs
    bag: Bag
    chances: Chances


class LocalReader:
    """Implements `understanding.reader.Reader`; with `sentences`, English is read by its meaning too.

    `in_use` are the classifiers that the desk taught itself.
    """

    def __init__(
        self,
        default_language: str = "ru",
        today: Callable[[], date] | None = None,
        sentences: MiniLM | None = None,
        in_use: InUse | None = None,
    ) -> None:
        self._default = default_language
        self._today = today or (lambda: datetime.now(UTC).date())
        self._sentences = sentences
        self._in_use = in_use

    def warm(self) -> None:
        """Load the models now (about two seconds) rather than with the first message."""
        languages.warm()
        neighbours.warm()
        self.analyse("Where is my order 54321? +7 701 000 00 00")
        if self._sentences is not None:
            self._sentences.embed_now(["Where is my order?"])

    async def read(
        self, text: str, *, subject: str = "", language_hint: str | None = None, earlier: tuple[str, ...] = ()
    ) -> Reading:
        said = ReadRequest(text, subject, language_hint, earlier)
        if self._in_use is not None:
            await self._in_use.refresh()
        if len(text) > _LONG:
            return (await asyncio.to_thread(self.analyse_many, [said], explain=True))[0]
        seen = self._see(said)
        if self._sentences is None or not _leaves_doubt(seen):
            return self._reading(seen, None, explain=True)
        meaning = await self._sentences.embed([_sentence(seen)], "query")
        return self._reading(seen, meaning[0], explain=True)

    def analyse(
        self,
        text: str,
        *,
        subject: str = "",
        language_hint: str | None = None,
        earlier: tuple[str, ...] = (),
        meaning: Floats | None = None,
        explain: bool = True,
    ) -> Reading:
        """The same without a loop; `meaning` is the vector of an English text, none is made here.

        Entities are sought in `text` alone; the subject helps with the rest.
        """
        return self._reading(self._see(ReadRequest(text, subject, language_hint, earlier)), meaning, explain)

    def analyse_many(self, said: Sequence[ReadRequest], *, explain: bool = False) -> list[Reading]:
        """One reading a text, in order; the meanings of the English ones are found together, on this thread."""
        seen = [self._see(one) for one in said]
        meanings: dict[int, Floats] = {}
        if self._sentences is not None:
            doubtful = [at for at, one in enumerate(seen) if _leaves_doubt(one)]
            vectors = self._sentences.embed_now([_sentence(seen[at]) for at in doubtful])
            meanings = dict(zip(doubtful, vectors, strict=True))
        return [self._reading(one, meanings.get(at), explain) for at, one in enumerate(seen)]

    def _see(self, said: ReadRequest) -> _Seen:
        body = view(said.text)
        whole = view(f"{said.subject[:500]}\n{said.text}") if said.subject.strip() else body
        language, sure = languages.detect(whole.clean, whole.words, said.language_hint, self._default)
        forms = forms_of(whole.words, language)
        told = tones(forms, language)
        feeling = feel(whole, forms, told, language)
        signs = Signs(
            signals=find_signals(_as_compared(whole, forms)),
            entities=find_entities(body, self._today()),
            words=len(forms),
            feeling=feeling.score,
            small_talk=small_talk(forms),
            asks="?" in whole.clean,
            known=language in _OURS,
        )
        features = bag(whole.clean, _with_earlier(forms, said.earlier, language), told)
        chances = shipped().words.probabilities(features)
        return _Seen(said, whole, language, sure, forms, feeling.words, signs, features, chances)

    def _reading(self, seen: _Seen, meaning: Floats | None, explain: bool) -> Reading:
        signs, chances = seen.signs, seen.chances
        if meaning is not None:
            chances = chances | shipped().meaning.probabilities(seen.bag, meaning)
        taught = self._in_use.taught if self._in_use is not None else Taught()
        learned = Seen(seen.bag, seen.language, meaning)
        classes = classify(chances | taught.chances(learned), signs)
        facts = judge.Facts(
            classes.category,
            classes.intent,
            _score(classes, signs),
            signs.signals,
            classes.reasons,
            signs.entities,
            signs.words,
        )
        reason = judge.reason_of(facts)
        priority = judge.priority_of(facts, reason)
        return Reading(
            language=seen.language,
            category=classes.category,
            intent=classes.intent,
            priority=priority,
            sentiment_score=round(facts.feeling, 3),
            risk=judge.risk_of(facts, reason, priority),
            difficulty=judge.difficulty_of(facts, reason),
            confidence=_confidence(classes.probability, seen),
            summary=summarise(seen.whole.clean, classes.category),
            tags=(*judge.tags_of(facts, wants_status(classes, signs)), *taught.tags(learned)),
            entities=signs.entities,
            escalate=reason is not None,
            escalation_reason=reason,
            out_of_scope=reason is None and is_out_of_scope(classes, signs),
            small_talk=signs.small_talk,
            explanation=explained(classes, seen.forms, seen.felt, signs.signals, reason) if explain else {},
        )


def _leaves_doubt(seen: _Seen) -> bool:
    """Whether the meaning of an English text should be asked for."""
    if seen.language != "en" or seen.signs.small_talk:
        return False
    return any(max(seen.chances[name].values()) < _SURE for name in MEANING_HEADS)


def _sentence(seen: _Seen) -> str:
    """What the meaning is asked of: the text, after what was said before where it is but a fragment of that."""
    text = seen.whole.clean[:_EMBEDDED]
    if seen.said.earlier and len(seen.forms) <= _FRAGMENT:
        return f"{seen.said.earlier[-1][:500]}\n{text}"
    return text


def _with_earlier(forms: list[str], earlier: tuple[str, ...], language: str) -> list[str]:
    if not earlier or len(forms) > _FRAGMENT or small_talk(forms):
        return forms
    return forms_of(view(earlier[-1][:500]).words, language) + forms


def _as_compared(whole: View, forms: list[str]) -> str:
    """The text that patterns are sought in: transliterated words are added in Cyrillic."""
    if any(word.form != form for word, form in zip(whole.words, forms, strict=False)):
        return f"{whole.clean}\n{' '.join(forms)}"
    return whole.clean


def _score(classes: Classes, signs: Signs) -> float:
    """How the text reads as a whole, moved by its words of feeling and by abuse and threats."""
    if signs.small_talk:
        return signs.feeling if signs.small_talk == "noise" else max(signs.feeling, 0.5)
    if not signs.known:
        return signs.feeling
    calm = classes.moods["neutral"]
    moved = 0.34 * classes.moods["negative"] + 0.5 * calm + 0.8 * classes.moods["positive"]
    # A question that names a trouble ("late", "wrong") is not yet anger: words count where the whole is not calm.
    moved += 0.4 * (signs.feeling - 0.5) * (1.0 - calm)
    moved -= sum(drop for name, drop in judge.DROPS.items() if name in signs.signals) * (1.0 - 0.5 * calm)
    return min(0.99, max(0.01, moved))


def _confidence(probability: float, seen: _Seen) -> float:
    """The category's probability, less where there is little to read, of other languages, or made of no known words."""
    signs = seen.signs
    if signs.small_talk == "noise" or not signs.words:
        return 0.2
    if not signs.small_talk and not signs.entities and signs.known:
        probability *= min(1.0, 0.1 + _familiar(seen.forms) / _FAMILIAR)
    return round(
        min(0.99, probability * (1.0 if signs.known else 0.5) * (0.85 + 0.15 * seen.language_sure)), 3
    )


def _familiar(forms: list[str]) -> float:
    """The share of the words that training has met."""
    words = {form for form in forms if form[0].isalpha()}
    return sum(map(knows, words)) / max(1, len(words))
