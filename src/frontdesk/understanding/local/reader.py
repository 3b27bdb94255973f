"""The reader that needs no key, no download and no network."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

from frontdesk.terms import Category, EscalationReason, Intent
from frontdesk.tickets.reading import Reading
from frontdesk.understanding.local import judge
from frontdesk.understanding.local import language as languages
from frontdesk.understanding.local.classify import (
    Classes,
    Signs,
    classify,
    is_out_of_scope,
    pulling,
    wants_status,
)
from frontdesk.understanding.local.entities import find_entities
from frontdesk.understanding.local.features import forms_of, vector
from frontdesk.understanding.local.model import Model, shipped
from frontdesk.understanding.local.sentiment import Feeling, feel
from frontdesk.understanding.local.signals import find_signals
from frontdesk.understanding.local.small_talk import small_talk
from frontdesk.understanding.local.summary import summarise
from frontdesk.understanding.local.text import View, view

_LONG = 4_000
"""Texts longer than this are read in a thread, so that the event loop stays free."""
_FRAGMENT = 3
"""So few words are understood together with what was said before."""
_OURS = frozenset({"ru", "kk", "en"})
_SHOWN_BY = {
    EscalationReason.ANGER: ("abuse", "threat", "publicity"),
    EscalationReason.REFUND_ABOVE_POLICY: ("refund",),
}


class LocalReader:
    """Implements `understanding.reader.Reader`."""

    def __init__(self, default_language: str = "ru", today: Callable[[], date] | None = None) -> None:
        self._default = default_language
        self._today = today or (lambda: datetime.now(UTC).date())

    def warm(self) -> None:
        """Load the models now (about a second) rather than with the first message."""
        languages.warm()
        self.analyse("Where is my order 54321? +7 701 000 00 00")

    async def read(
        self, text: str, *, subject: str = "", language_hint: str | None = None, earlier: tuple[str, ...] = ()
    ) -> Reading:
        if len(text) <= _LONG:
            return self.analyse(text, subject=subject, language_hint=language_hint, earlier=earlier)
        return await asyncio.to_thread(
            self.analyse, text, subject=subject, language_hint=language_hint, earlier=earlier
        )

    def analyse(
        self, text: str, *, subject: str = "", language_hint: str | None = None, earlier: tuple[str, ...] = ()
    ) -> Reading:
        """The same without a loop. Entities are sought in `text` alone; the subject helps with the rest."""
        body = view(text)
        whole = view(f"{subject[:500]}\n{text}") if subject.strip() else body
        language, language_sure = languages.detect(whole.clean, whole.words, language_hint, self._default)
        forms = forms_of(whole.words, language)
        feeling = feel(whole, forms, language)
        signs = Signs(
            signals=find_signals(_as_compared(whole, forms)),
            entities=find_entities(body, self._today()),
            words=len(forms),
            feeling=feeling.score,
            small_talk=small_talk(forms),
            asks="?" in whole.clean,
            known=language in _OURS,
        )
        model = shipped()
        features = vector(_with_earlier(forms, earlier, language))
        classes = classify(model, features, signs)
        facts = judge.Facts(
            classes.category,
            classes.intent,
            _score(classes, signs),
            signs.signals,
            signs.entities,
            signs.words,
        )
        reason = judge.reason_of(facts)
        priority = judge.priority_of(facts, reason)
        return Reading(
            language=language,
            category=classes.category,
            intent=classes.intent,
            priority=priority,
            sentiment_score=round(facts.feeling, 3),
            risk=judge.risk_of(facts, reason, priority),
            difficulty=judge.difficulty_of(facts, reason),
            confidence=_confidence(classes.probability, signs, language_sure),
            summary=summarise(whole.clean, classes.category, classes.intent),
            tags=judge.tags_of(facts, wants_status(classes, signs)),
            entities=signs.entities,
            escalate=reason is not None,
            escalation_reason=reason,
            out_of_scope=reason is None and is_out_of_scope(model, features, classes, signs),
            small_talk=small_talk(forms),
            explanation=_explain(model, classes, forms, feeling) | _shown(signs.signals, reason),
        )


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
    """The words' score, moved by how much the whole text reads as a complaint, praise, or a threat."""
    if signs.small_talk:
        return signs.feeling if signs.small_talk == "noise" else max(signs.feeling, 0.5)
    if not signs.known:
        return signs.feeling
    moved = signs.feeling
    moved -= 0.22 * max(0.0, classes.complaint - 0.25)
    moved += 0.2 * max(0.0, classes.praise - 0.2)
    if classes.calm > 0.6 and moved > 0.25:
        # A question that names a trouble ("late", "wrong") is not yet anger, a wish for something
        # nice no praise.
        moved += 0.45 * (0.5 - moved) * classes.calm
    if classes.category is Category.FEATURE_REQUEST and classes.intent is not Intent.PRAISE:
        moved = min(moved, 0.58)
    moved -= sum(drop for name, drop in judge.DROPS.items() if name in signs.signals)
    return min(0.99, max(0.01, moved))


def _confidence(probability: float, signs: Signs, language_sure: float) -> float:
    """The category's probability, less where there is little to read or the language is not ours."""
    if signs.small_talk == "noise" or not signs.words:
        return 0.2
    return round(min(0.99, probability * (1.0 if signs.known else 0.5) * (0.85 + 0.15 * language_sure)), 3)


def _explain(model: Model, classes: Classes, forms: list[str], feeling: Feeling) -> dict[str, list[str]]:
    told = {
        "category": pulling(model.category, classes.category, forms),
        "intent": pulling(model.intent, classes.intent, forms),
        "sentiment": feeling.words,
    }
    return {field: shown for field, shown in told.items() if shown}


def _shown(signals: dict[str, str], reason: EscalationReason | None) -> dict[str, list[str]]:
    """The words that call for a person."""
    names = _SHOWN_BY.get(reason, (reason.value,)) if reason is not None else ()
    shown = [signals[name] for name in names if name in signals]
    return {"escalation_reason": shown} if shown else {}
