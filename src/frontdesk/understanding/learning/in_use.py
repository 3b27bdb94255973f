"""The desk's own promoted classifiers, kept up to date in every process."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from prometheus_client import Gauge

from frontdesk.db.pool import Database
from frontdesk.errors import PermanentError, TemporaryError
from frontdesk.understanding.learning import versions
from frontdesk.understanding.learning.classifier import Classifier, ClassifierInput
from frontdesk.understanding.learning.corrections import FIELDS

_REFRESH_SECONDS = 3.0
_TAGGED_ABOVE = 0.6
"""A label becomes a tag from this confidence on."""

_log = structlog.get_logger("frontdesk.learning")
_version = Gauge("support_classifier_version", "The version in use; 0 is what ships", ["task"])


@dataclass(frozen=True, slots=True)
class PromotedClassifiers:
    """The promoted classifiers by task."""

    classifiers: Mapping[str, Classifier] = field(default_factory=dict)

    def chances(self, text: ClassifierInput) -> dict[str, dict[str, float]]:
        """For the reading's own fields; they replace what the shipped classifiers say."""
        return {
            name: self.classifiers[name].probabilities(text) for name in FIELDS if name in self.classifiers
        }

    def tags(self, text: ClassifierInput) -> tuple[str, ...]:
        """The labels of the desk's own tasks that are confident and in scope."""
        predictions = [
            classifier.predict([text])[0]
            for task, classifier in sorted(self.classifiers.items())
            if task not in FIELDS
        ]
        return tuple(
            prediction.label
            for prediction in predictions
            if prediction.label == prediction.best
            and prediction.in_scope >= 0.5
            and prediction.confidence >= _TAGGED_ABOVE
        )


class InUse:
    """Loads the promoted classifiers; a change made by any process is loaded within seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[str, int] = {}
        self._checked = float("-inf")
        self._lock = asyncio.Lock()
        self.promoted = PromotedClassifiers()

    async def refresh(self) -> PromotedClassifiers:
        """The promoted classifiers; where the database cannot be reached, the last known ones."""
        if time.monotonic() - self._checked < _REFRESH_SECONDS:
            return self.promoted
        async with self._lock:
            if time.monotonic() - self._checked >= _REFRESH_SECONDS:
                self._checked = time.monotonic()
                try:
                    await self._load_changes()
                except TemporaryError as error:
                    _log.warning("classifiers_not_refreshed", error=error.message)
        return self.promoted

    async def _load_changes(self) -> None:
        async with self._database.connection() as conn:
            numbers = await versions.promoted(conn)
            if numbers == self._numbers:
                return
            changed = {task: number for task, number in numbers.items() if self._numbers.get(task) != number}
            stored = {task: await versions.weights(conn, task, number) for task, number in changed.items()}
        kept = {
            task: classifier
            for task, classifier in self.promoted.classifiers.items()
            if task in numbers and task not in changed
        }
        for task, data in stored.items():
            try:
                kept[task] = await asyncio.to_thread(Classifier.from_bytes, data)
            except PermanentError:
                _log.exception("classifier_unreadable", task=task, version=changed[task])
        for task in {*numbers, *self._numbers}:
            _version.labels(task).set(numbers.get(task, 0))
        self.promoted, self._numbers = PromotedClassifiers(kept), numbers
        _log.info("classifiers_in_use", **{task: number for task, number in sorted(numbers.items())})
