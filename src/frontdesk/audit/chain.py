"""The chain of the audit log: what is hashed of an entry, and the rules by which a change is found. Pure."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from frontdesk.kit.canonical import canonical

MOST_FAULTS = 20
"""More are not told: the chain must be looked at anyway."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A row of the log, with its place in the chain."""

    entry_id: int
    at: datetime
    actor_kind: str
    actor_id: str
    action: str
    object_kind: str
    object_id: str
    changes: list[dict[str, Any]]
    personal: dict[str, Any] | None
    mark: bytes
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain reaches (`number`, `hash`), and from where (`base_number`, `base_hash`)."""

    number: int
    hash: bytes
    base_number: int
    base_hash: bytes
    seal: bytes | None = None

    def seal_by(self, key: bytes) -> bytes:
        """The signature: without the key nobody makes a shorter or another chain pass."""
        head = [self.number, self.hash.hex(), self.base_number, self.base_hash.hex()]
        return hmac.digest(key, canonical(head).encode(), "sha256")

    def is_sealed_by(self, key: bytes) -> bool:
        """A head of an empty log, as the migration makes it, needs no seal."""
        if self.seal is None:
            return self.number == self.base_number == 0
        return hmac.compare_digest(self.seal, self.seal_by(key))

    def __str__(self) -> str:
        return f"{self.number}:{self.hash.hex()}"


def personal_with_mark(
    name: str, network: str | None, request_id: str | None
) -> tuple[dict[str, Any], bytes]:
    """What stands beside the hashed fields, and the digest that is hashed for it.

    The digest's key is the entry's own and stands with the values: emptied together, they cannot be guessed.
    """
    personal = {
        "name": name,
        "network": network,
        "request_id": request_id,
        "key": secrets.token_hex(16),
    }
    return personal, mark_of(personal)


def mark_of(personal: dict[str, Any]) -> bytes:
    key = bytes.fromhex(str(personal.get("key", "")))
    return hmac.digest(key, canonical({**personal, "key": None}).encode(), "sha256")


def hash_of(previous: bytes, number: int, entry: Sealed) -> bytes:
    """Of everything before and of this entry in its place; names and addresses go in as their mark alone."""
    hashed = canonical(
        {
            "number": number,
            "entry_id": entry.entry_id,
            "at": entry.at,
            "actor_kind": entry.actor_kind,
            "actor_id": entry.actor_id,
            "action": entry.action,
            "object_kind": entry.object_kind,
            "object_id": entry.object_id,
            "changes": entry.changes,
            "mark": entry.mark.hex(),
        }
    )
    return hashlib.sha256(previous + hashed.encode()).digest()


@dataclass(frozen=True, slots=True)
class Fault:
    number: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.number}: {self.what}" if self.number else self.what


@dataclass(slots=True)
class ChainCheck:
    """Give it the entries by number, then `end` it. `outside`: a head that was kept elsewhere."""

    head: Head
    outside: tuple[int, str] | None = None
    entries: int = 0
    faults: list[Fault] = field(default_factory=list)
    _last: int = 0
    _previous: bytes | None = None
    """None where it cannot be known, for what stands before is missing or was changed."""

    def __post_init__(self) -> None:
        self._last, self._previous = self.head.base_number, self.head.base_hash

    @property
    def is_hopeless(self) -> bool:
        return len(self.faults) >= MOST_FAULTS

    def take(self, entry: Sealed) -> None:
        self.entries += 1
        if entry.number != self._last + 1:
            self._missing(self._last + 1, entry.number - 1)
            self._previous = None
        faults = list(self._faults_of(entry))
        self.faults += faults
        self._last, self._previous = entry.number, None if faults else entry.hash

    def end(self) -> list[Fault]:
        """Everything that is wrong, in the order of the chain."""
        if self._last < self.head.number:
            self._missing(self._last + 1, self.head.number)
        elif (
            self._previous is not None and self._last == self.head.number and self._previous != self.head.hash
        ):
            self.faults.append(Fault(self._last, "is not the one that the head was sealed with"))
        if self.outside is not None and self.outside[0] > self.head.number:
            self._missing(self.head.number + 1, self.outside[0])
        return self.faults

    def _faults_of(self, entry: Sealed) -> Iterator[Fault]:
        number = entry.number
        if number > self.head.number:
            yield Fault(number, "was not put there by the sealer")
        elif self._previous is not None and hash_of(self._previous, number, entry) != entry.hash:
            yield Fault(number, "was changed, or stands in the place of another")
        elif entry.personal is not None and mark_of(entry.personal) != entry.mark:
            yield Fault(number, "its name, address or request id was changed")
        elif self.outside is not None and self.outside == (number, entry.hash.hex()):
            self.outside = None
        elif self.outside is not None and self.outside[0] == number:
            self.outside = None
            yield Fault(number, "is not the one of the head that was kept elsewhere")

    def _missing(self, first: int, last: int) -> None:
        if last < first:
            self.faults.append(Fault(first, "does not belong there"))
        elif last == first:
            self.faults.append(Fault(first, "is missing"))
        else:
            self.faults.append(Fault(first, f"is missing, and so are all up to {last}"))
