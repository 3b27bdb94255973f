"""The classifiers that the desk trained and uses, as every process holds them."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from prometheus_client import Gauge

from frontdesk.db.pool import Database
from frontdesk.errors import PermanentError, TemporaryError
from frontdesk.understanding.learning import versions
from frontdesk.understanding.learning.classifier import Classifier, Seen
from frontdesk.understanding.learning.corrections import FIELDS

_EVERY = 3.0
_TAGGED_ABOVE = 0.6
"""A label is worth a tag from this confidence on."""

_log = structlog.get_logger("frontdesk.learning")
_version = Gauge("support_classifier_version", "The version in use; 0 is what ships", ["task"])


@dataclass(frozen=True, slots=True)
class Taught:
    """What the promoted classifiers say of a text."""

    classifiers: Mapping[str, Classifier] = field(default_factory=dict)

    def chances(self, seen: Seen) -> dict[str, dict[str, float]]:
        """Those of the fields that the reading has of its own; they stand in place of the package's."""
        return {
            name: self.classifiers[name].probabilities(seen) for name in FIELDS if name in self.classifiers
        }

    def tags(self, seen: Seen) -> tuple[str, ...]:
        """The labels of the desk's own tasks, where they are sure and the text is none too strange."""
        found = [
            classifier.predict([seen])[0]
            for task, classifier in sorted(self.classifiers.items())
            if task not in FIELDS
        ]
        return tuple(
            one.label
            for one in found
            if one.label == one.best and one.in_scope >= 0.5 and one.confidence >= _TAGGED_ABOVE
        )


class InUse:
    """Follows what is promoted; a change in one process is known to all within seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[str, int] = {}
        self._looked = float("-inf")
        self._lock = asyncio.Lock()
        self.taught = Taught()

    async def refresh(self) -> Taught:
        """Where the database is away, what was known last."""
        if time.monotonic() - self._looked < _EVERY:
            return self.taught
        async with self._lock:
            if time.monotonic() - self._looked >= _EVERY:
                self._looked = time.monotonic()
                try:
                    await self._look()
                except TemporaryError as error:
                    _log.warning("classifiers_not_refreshed", error=error.message)
        return self.taught

    async def _look(self) -> None:
        async with self._database.connection() as conn:
            numbers = await versions.promoted(conn)
            if numbers == self._numbers:
                return
            changed = {task: number for task, number in numbers.items() if self._numbers.get(task) != number}
            stored = {task: await versions.weights(conn, task, number) for task, number in changed.items()}
        kept = {
            task: one
            for task, one in self.taught.classifiers.items()
            if task in numbers and task not in changed
        }
        for task, data in stored.items():
            try:
                kept[task] = await asyncio.to_thread(Classifier.from_bytes, data)
            except PermanentError:
                _log.exception("classifier_unreadable", task=task, version=changed[task])
        for task in {*numbers, *self._numbers}:
            _version.labels(task).set(numbers.get(task, 0))
        self.taught, self._numbers = Taught(kept), numbers
        _log.info("classifiers_in_use", **{task: number for task, number in sorted(numbers.items())})
