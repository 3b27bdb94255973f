"""Who can read which files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class File:
    filename: str
    content_type: str
    data: bytes


class Perceiver(Protocol):
    """Makes text of one kind of file: a transcript, a description, the text of a document."""

    content_types: tuple[str, ...]
    """Such as `image/png`, or `audio/*`."""

    async def read(self, file: File) -> str:
        """What stands in it; empty where nothing does.

        Raises `TemporaryError` where a later try may help, `PermanentError` where none will.
        """
        ...


PERCEIVERS: tuple[Perceiver, ...] = ()
"""The readers of the house."""


class Perceivers:
    """The readers of a desk, asked in their order."""

    def __init__(self, perceivers: Sequence[Perceiver]) -> None:
        self._perceivers = perceivers

    def of(self, content_type: str) -> Perceiver | None:
        """The first that reads such files; None where nobody does."""
        return next((p for p in self._perceivers if _reads(p, content_type)), None)


def _reads(perceiver: Perceiver, content_type: str) -> bool:
    plain = content_type.partition(";")[0].strip().lower()
    return any(
        plain.startswith(known.removesuffix("*")) if known.endswith("*") else plain == known
        for known in perceiver.content_types
    )
