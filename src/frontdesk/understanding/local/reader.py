"""The reader that works without an API key, a download or a network."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from frontdesk.llm.embedding.minilm import MiniLM
from frontdesk.terms import EscalationReason
from frontdesk.tickets.reading import Reading, ShortReply
from frontdesk.understanding.learning.classifier import ClassifierInput
from frontdesk.understanding.learning.in_use import InUse, PromotedClassifiers
from frontdesk.understanding.local import judge, neighbours
from frontdesk.understanding.local import language as languages
from frontdesk.understanding.local.classify import Classes, Signs, classify, is_out_of_scope, wants_status
from frontdesk.understanding.local.entities import find_entities
from frontdesk.understanding.local.explain import explain as explained
from frontdesk.understanding.local.features import Bag, bag, forms_of
from frontdesk.understanding.local.linear import Floats
from frontdesk.understanding.local.model import MEANING_HEADS, Chances, is_known, shipped
from frontdesk.understanding.local.sentiment import score_sentiment, sentiment_words
from frontdesk.understanding.local.short_reply import short_reply
from frontdesk.understanding.local.signals import find_signals
from frontdesk.understanding.local.small_talk import small_talk
from frontdesk.understanding.local.summary import summarise
from frontdesk.understanding.local.text import View, view

_LONG = 4_000
"""Texts longer than this are read in a thread, so that they do not block the event loop."""
_FRAGMENT = 3
"""A message of so few words is read together with the one before it."""
_OURS = frozenset({"ru", "kk", "en"})
_EMBEDDED = 2_000
"""Characters given to the sentence model, which reads hardly more."""
_FAMILIAR = 0.4
"""Customers' texts share more than this part of their words with the training text, nonsense less."""
_CONFIDENT = 0.8
"""Where the words give category and intent this probability, sentence vectors hardly ever change them."""


class ReadRequest(NamedTuple):
    """A text to read, with its context (as in `understanding.reader.Reader`)."""

    text: str
    subject: str = ""
    language_hint: str | None = None
    earlier: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _TextFeatures:
    """What a text's words give, before any sentence vector."""

    request: ReadRequest
    whole: View
    """With the subject."""
    language: str
    language_confidence: float
    forms: list[str]
    sentiment_words: list[str]
    """Strongest first."""
    signs: Signs
    bag: Bag
    chances: Chances
    short_reply: ShortReply | None


class LocalReader:
    """Implements `understanding.reader.Reader`; with `sentences`, English is read by sentence vectors too.

    `in_use` are the classifiers that the desk trained itself.
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
        self._loading = threading.Lock()
        self._is_warm = False

    def warm(self) -> None:
        """Load the models, once, on this thread (some seconds); who comes meanwhile waits for the same."""
        with self._loading:
            if self._is_warm:
                return
            languages.warm()
            neighbours.warm()
            self.analyse("Where is my order 54321? +7 701 000 00 00")
            if self._sentences is not None:
                self._sentences.embed_now(["Where is my order?"])
            self._is_warm = True

    async def read(
        self,
        text: str,
        *,
        subject: str = "",
        language_hint: str | None = None,
        earlier: tuple[str, ...] = (),
        at: datetime | None = None,
    ) -> Reading:
        request = ReadRequest(text, subject, language_hint, earlier, at)
        if not self._is_warm:
            await asyncio.to_thread(self.warm)
        if self._in_use is not None:
            await self._in_use.refresh()
        if len(text) > _LONG:
            return (await asyncio.to_thread(self.analyse_many, [request], explain=True))[0]
        features = self._extract(request)
        if self._sentences is None or not _needs_meaning(features):
            return self._reading(features, None, explain=True)
        meaning = await self._sentences.embed([_sentence(features)], "query")
        return self._reading(features, meaning[0], explain=True)

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
        """The same without an event loop. `meaning` is the sentence vector of an English text; none is computed here.

        Entities are taken from `text` only; the other fields read the subject too.
        """
        return self._reading(
            self._extract(ReadRequest(text, subject, language_hint, earlier)), meaning, explain
        )

    def analyse_many(self, requests: Sequence[ReadRequest], *, explain: bool = False) -> list[Reading]:
        """One reading for each request, in order; sentence vectors are computed in one batch, on this thread."""
        texts = [self._extract(request) for request in requests]
        meanings: dict[int, Floats] = {}
        if self._sentences is not None:
            doubtful = [at for at, features in enumerate(texts) if _needs_meaning(features)]
            vectors = self._sentences.embed_now([_sentence(texts[at]) for at in doubtful])
            meanings = dict(zip(doubtful, vectors, strict=True))
        return [self._reading(features, meanings.get(at), explain) for at, features in enumerate(texts)]

    def _extract(self, request: ReadRequest) -> _TextFeatures:
        body = view(request.text)
        whole = view(f"{request.subject[:500]}\n{request.text}") if request.subject.strip() else body
        language, confidence = languages.detect(
            whole.clean, whole.words, request.language_hint, self._default
        )
        forms = forms_of(whole.words, language)
        valued = sentiment_words(forms, language)
        sentiment = score_sentiment(whole, forms, valued, language)
        signs = Signs(
            signals=find_signals(_with_cyrillic(whole, forms)),
            entities=find_entities(body, request.at.date() if request.at else self._today()),
            words=len(forms),
            sentiment=sentiment.score,
            small_talk=small_talk(forms),
            asks="?" in whole.clean,
            known=language in _OURS,
        )
        text_bag = bag(whole.clean, _with_earlier(forms, request.earlier, language), valued)
        chances = shipped().words.probabilities(text_bag)
        reply = short_reply(body.clean) if signs.small_talk in {None, "noise"} else None
        return _TextFeatures(
            request, whole, language, confidence, forms, sentiment.words, signs, text_bag, chances, reply
        )

    def _reading(self, features: _TextFeatures, meaning: Floats | None, explain: bool) -> Reading:
        signs, chances = features.signs, features.chances
        if meaning is not None:
            chances = chances | shipped().meaning.probabilities(features.bag, meaning)
        promoted = self._in_use.promoted if self._in_use is not None else PromotedClassifiers()
        text = ClassifierInput(features.bag, features.language, meaning)
        classes = classify(chances | promoted.chances(text), signs)
        facts = judge.ReadingFacts(
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
            language=features.language,
            category=classes.category,
            intent=classes.intent,
            priority=priority,
            sentiment_score=round(facts.sentiment, 3),
            risk=judge.risk_of(facts, reason, priority),
            difficulty=judge.difficulty_of(facts, reason),
            confidence=_confidence(classes.probability, features),
            summary=summarise(features.whole.clean, classes.category),
            tags=(*judge.tags_of(facts, wants_status(classes, signs)), *promoted.tags(text)),
            entities=signs.entities,
            escalate=reason is not None,
            escalation_reason=reason,
            out_of_scope=reason is None and is_out_of_scope(classes, signs),
            small_talk=signs.small_talk,
            short_reply=features.short_reply,
            explanation=_explained(features, classes, reason) if explain else {},
        )


def _needs_meaning(features: _TextFeatures) -> bool:
    """Whether the sentence vector of an English text may change its category or intent."""
    if features.language != "en" or features.signs.small_talk:
        return False
    return any(max(features.chances[name].values()) < _CONFIDENT for name in MEANING_HEADS)


def _sentence(features: _TextFeatures) -> str:
    """The text for the sentence model; a short one comes after the message before it."""
    text = features.whole.clean[:_EMBEDDED]
    if features.request.earlier and len(features.forms) <= _FRAGMENT:
        return f"{features.request.earlier[-1][:500]}\n{text}"
    return text


def _with_earlier(forms: list[str], earlier: tuple[str, ...], language: str) -> list[str]:
    if not earlier or len(forms) > _FRAGMENT or small_talk(forms):
        return forms
    return forms_of(view(earlier[-1][:500]).words, language) + forms


def _with_cyrillic(whole: View, forms: list[str]) -> str:
    """The text that signals are looked for in: transliterated words are added in Cyrillic."""
    if any(word.form != form for word, form in zip(whole.words, forms, strict=False)):
        return f"{whole.clean}\n{' '.join(forms)}"
    return whole.clean


def _score(classes: Classes, signs: Signs) -> float:
    """The sentiment score: the text as a whole by its mood, moved by its words of sentiment and by signals."""
    if signs.small_talk:
        return signs.sentiment if signs.small_talk == "noise" else max(signs.sentiment, 0.5)
    if not signs.known:
        return signs.sentiment
    calm = classes.moods["neutral"]
    moved = 0.34 * classes.moods["negative"] + 0.5 * calm + 0.8 * classes.moods["positive"]
    # A calm question that names a trouble ("late", "wrong") is no anger: words count less the calmer the text.
    moved += 0.4 * (signs.sentiment - 0.5) * (1.0 - calm)
    dropped = sum(drop for name, drop in judge.SENTIMENT_DROPS.items() if name in signs.signals)
    moved -= dropped * (1.0 - 0.5 * calm)
    return min(0.99, max(0.01, moved))


def _confidence(probability: float, features: _TextFeatures) -> float:
    """The category's probability, lower for few or unknown words and for other languages."""
    signs = features.signs
    if signs.small_talk == "noise" or not signs.words:
        return 0.2
    if not signs.small_talk and not signs.entities and signs.known:
        probability *= min(1.0, 0.1 + _familiar(features.forms) / _FAMILIAR)
    return round(
        min(0.99, probability * (1.0 if signs.known else 0.5) * (0.85 + 0.15 * features.language_confidence)),
        3,
    )


def _familiar(forms: list[str]) -> float:
    """The share of words that occurred in the training text."""
    words = {form for form in forms if form[0].isalpha()}
    return sum(map(is_known, words)) / max(1, len(words))


def _explained(
    features: _TextFeatures, classes: Classes, reason: EscalationReason | None
) -> dict[str, list[str]]:
    signals = features.signs.signals
    return explained(classes, features.whole, features.forms, features.sentiment_words, signals, reason)
